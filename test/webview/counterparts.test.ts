import { expect, it } from 'vitest';
import { doneReplicates } from '../../src/analysis/findings';
import type { Interval } from '../../src/protocol/results';
import { byLayer } from '../../webview/src/panels/counterparts';
import { counterpartsOverTraining } from '../../webview/src/panels/counterparts-over-training';
import type { View } from '../../webview/src/panel';
import { withCounterparts } from './support/with-counterparts';
import { synthetic } from './synthetic';

const results = withCounterparts(synthetic().results);
const [network] = results.networks;
if (!network) throw new Error('A network is needed.');
const layer = network.layers[0]?.name ?? '';
const done = doneReplicates(network, 0);

it('has what is alike on two sides by layer, with its interval, and nothing where there is none', () => {
  const { columns, rows } = byLayer(results).table;
  const row = rows.find((one) => one[0] === 'one' && one[2] === layer) ?? [];
  const at = (column: string): number => (row[columns.indexOf(column)] as Interval).mean ?? NaN;
  const [seeds, steps] = [done.map(({ seed }) => seed), done[0]?.checkpoints.length ?? 0];
  const mean = seeds.reduce((sum, seed) => sum + seed, 0) / seeds.length / 10;
  expect(at('cosine')).toBeCloseTo(steps / 10 + mean, 12);
  expect(at('told by the state')).toBeCloseTo(0.5 + steps / 20 + mean, 12);
  expect(at('RSA of shuffled items, 97.5 %')).toBeCloseTo(0.2 + mean, 12);
  expect(rows.some((one) => one[0] === 'other')).toBe(true);
});

it('has its course over training, replicate by replicate', () => {
  const view = { results, replicate: { source: network.name, point: 0, seed: 0 }, layer } as View;
  const found = counterpartsOverTraining(view, network);
  const { columns = [], rows = [] } = found?.table ?? {};
  const cosine = columns.indexOf('Cosine of the states');
  const [first] = done;
  expect(
    rows.filter(([label, seed]) => label === 'one' && seed === first?.seed).map((row) => row[cosine]),
  ).toEqual(first?.checkpoints.map((_, at) => at / 10 + first.seed / 10));
  expect(found?.chart).not.toBeNull();
  expect(counterpartsOverTraining({ ...view, layer: 'none' }, network)).toBeNull();
});
