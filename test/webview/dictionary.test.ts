import { expect, it } from 'vitest';
import type { Interval } from '../../src/protocol/results';
import { synthetic } from './synthetic';
import { shownLabels, verdict } from '../../webview/src/panels/dictionary';

const mean = (value: number) => ({ mean: value, low: null, high: null }) as Interval;
const label = (
  name: string,
  [dictionary, units, components, probe]: readonly [number, number, number, number],
) => ({
  name,
  means: {
    dictionary: mean(dictionary),
    units: mean(units),
    components: mean(components),
    probe: mean(probe),
  },
});

it('the verdict on a dictionary says what it recovers better, as well and worse than the layer itself', () => {
  const of = (labels: Parameters<typeof verdict>[0]['labels']) =>
    verdict({ network: 'both', layer: 'hidden2', labels });
  expect(of([label('easy', [0.75, 1, 0.9, 1]), label('hard', [0.9, 0.89, 0.6, 0.99])])).toBe(
    'both, hidden2: the best unit of the dictionary recovers no label better than the best unit or component of the layer. As well: hard (0.900, the layer’s 0.890, a probe 0.990). Worse: easy (0.750, the layer’s 1.000, a probe 1.000).',
  );
  expect(of([label('hard', [0.95, 0.7, 0.8, 1])])).toContain(
    'Better: hard (0.950, the layer’s 0.800, a probe 1.000).',
  );
  expect(of([])).toContain('nothing could be recovered');
});

it('a feature that is a task is told once, and single bits are told', () => {
  const { labels } = synthetic().results;
  const [first] = labels;
  if (!first) throw new Error('A label is needed.');
  const twin = { ...first, name: 'twin', sameAs: { label: first.name, reversed: false } };
  expect(shownLabels([first.name, 'twin', 'h[0]'], [{ ...first, source: 'task' }, twin])).toEqual([
    first.name,
    'h[0]',
  ]);
});
