import { expect, it } from 'vitest';
import type { DictionarySpec } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

function read(dictionary: DictionarySpec) {
  const { experiment, problems } = readExperiment(
    JSON.stringify(tinyExperiment({ analyses: { dictionary } })),
  );
  return { dictionary: experiment?.analyses.dictionary, problems: problems.map(({ code }) => code) };
}

it('of an empty wish is of the last hidden layer, of 128 units of which four are active', () => {
  expect(read({}).dictionary).toEqual({ size: 128, sparsity: { kind: 'topk', k: 4 } });
});

it.each([
  ['a layer that no network has', { at: 'hidden9' }, 'unknown-layer'],
  ['a price that nothing asks', { l1: 0.1 }, 'no-effect'],
  ['more active units than there are', { size: 3 }, 'too-large'],
] as const)('reports %s', (_, spec, code) => {
  expect(read(spec).problems).toContain(code);
});
