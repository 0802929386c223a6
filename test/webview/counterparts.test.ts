import { expect, it } from 'vitest';
import { Values } from '../../src/core/values';
import { counterpartsName } from '../../src/protocol/counterpart-words';
import type { Interval, Results } from '../../src/protocol/results';
import { byLayer } from '../../webview/src/panels/counterparts';
import { counterpartsOverTraining } from '../../webview/src/panels/counterparts-over-training';
import type { View } from '../../webview/src/panel';
import { synthetic } from './synthetic';

const { results } = synthetic();
const [network] = results.networks;
const layer = network?.layers[0]?.name ?? '';
const checkpoints = [0, 10].map((step) => ({ step, epoch: step / 10 }));

/** One network whose counterparts are the nearer the later it is, two replicates that differ by .1; of the second comparison nothing is known but at one layer. */
function measured(): Results {
  if (!network) throw new Error('A network is needed.');
  const values = new Values();
  for (const seed of [0, 1])
    for (const [checkpoint, at] of [
      ['0', 0],
      ['10', 0.5],
      ['end', 0.5],
    ] as const)
      for (const [label, part, value] of [
        ['one', 'cosine', at],
        ['one', 'others', 0],
        ['one', 'told', 0.5 + at / 2],
        ['one', 'rsa', at],
        ['one', 'rsa.nullHigh', 0.2],
        ['other', 'cosine', null],
      ] as const)
        values.add(
          {
            measure: counterpartsName(part),
            source: network.name,
            seed: String(seed),
            checkpoint,
            site: layer,
            label,
          },
          value === null ? null : value + seed / 10,
          'There are no items.',
        );
  const replicates = [0, 1].map((seed) => ({
    ...network.replicates[0],
    ...{ seed, status: 'done' as const, steps: 10, epochs: 1, checkpoints },
  }));
  return {
    ...results,
    values: values.columns,
    networks: [{ ...network, replicates }] as Results['networks'],
  };
}

it('has what is alike on two sides by layer, with its interval, and a reason where there is none', () => {
  const { columns, rows } = byLayer(measured()).table;
  const row = rows.find((one) => one[0] === 'one' && one[2] === layer) ?? [];
  const at = (column: string): number => (row[columns.indexOf(column)] as Interval).mean ?? NaN;
  expect(at('cosine')).toBeCloseTo(0.55, 12);
  expect(at('told by the state')).toBeCloseTo(0.8, 12);
  expect(at('RSA of shuffled items, 97.5 %')).toBeCloseTo(0.25, 12);
  expect(rows.filter((one) => one[0] === 'other').length).toBe(network?.layers.length);
});

it('has its course over training, replicate by replicate', () => {
  const all = measured();
  const [own] = all.networks;
  const view = { results: all, replicate: { source: network?.name ?? '', point: 0, seed: 0 }, layer } as View;
  if (!own) throw new Error('A network is needed.');
  const found = counterpartsOverTraining(view, own);
  const { columns = [], rows = [] } = found?.table ?? {};
  const cosine = columns.indexOf('Cosine of the states');
  expect(rows.filter(([label]) => label === 'one').map((row) => [row[1], row[2], row[cosine]])).toEqual([
    [0, 0, 0],
    [0, 10, 0.5],
    [1, 0, 0.1],
    [1, 10, 0.6],
  ]);
  expect(found?.chart).not.toBeNull();
  expect(counterpartsOverTraining({ ...view, layer: 'none' }, own)).toBeNull();
});
