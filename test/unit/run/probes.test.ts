import { expect, it } from 'vitest';
import { Values } from '../../../src/core/values';
import type { ExperimentFile, ProbeSpec } from '../../../src/experiment/file';
import { experimentOf } from '../../support/run-experiment';
import { runHere } from '../../support/run-here';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const file = (probe: ProbeSpec | undefined, networks: ExperimentFile['networks']): ExperimentFile => ({
  ...tinyExperiment({ analyses: { selectivity: { permutations: 0 }, ...(probe ? { probe } : {}) } }),
  ...{ ...(networks ? { networks } : {}), seeds: 1 },
});

const one: ProbeSpec = { kinds: ['ridge'], labels: ['easy'] };

it('stand beside the same probe with initial weights, which is that of an untrained network and of step 0', async () => {
  const probe: ProbeSpec = { ...one, over: 'training', transfer: true, conflict: [['easy', 'hard']] };
  const built = { network: { circuit: { gates: ['e', 'h[0]'] } } };
  const networks = { both: {}, untrained: { training: { epochs: 0 } }, built };
  const { values: columns } = await runHere(experimentOf(file(probe, networks)), scratch());
  const values = Values.of(columns);
  const at = (
    source: string,
    measure: string,
    checkpoint = 'end',
    more: { label?: string; part?: string } = {},
  ) => values.at({ ...{ measure, source, seed: '0', checkpoint, site: 'hidden1', label: 'easy' }, ...more });
  expect(at('both', 'probe.ridge')).toEqual(at('both', 'probe.ridge', '32'));
  expect(at('both', 'probe.ridge.untrained')).toEqual(at('both', 'probe.ridge', '0'));
  expect(at('untrained', 'probe.ridge.untrained')).toEqual(at('untrained', 'probe.ridge'));
  expect(at('built', 'probe.ridge.untrained')).toEqual({ value: null, why: 'It has no initial weights.' });
  expect(at('built', 'probe.ridge')?.value).toBe(1);
  expect(at('built', 'probe.ridge.inputs')).toEqual(at('both', 'probe.ridge.inputs'));
  expect(at('both', 'probe.chance')).toEqual({ value: 0.5 });
  expect(at('both', 'probe.ridge.transfer', '32', { part: '32' })).toEqual(at('both', 'probe.ridge'));
  expect(at('built', 'probe.ridge.conflict', 'end', { part: 'hard' })?.value).toBe(1);
  expect(at('built', 'probe.ridge.conflict', 'end', { label: 'hard', part: 'easy' })?.value).toBe(0);
});

it('of a label that is drawn follow the circuit’s one feature that is there, from the layer as from nothing else', async () => {
  const probe: ProbeSpec = { ...one, conflict: [{ easy: [0.8, 1], hard: 0.9 }] };
  const built = { network: { circuit: { gates: ['e', 'h[0]'] } } };
  const file0 = file(probe, { built });
  const more = { ...file0, stimuli: { ...file0.stimuli, fit: 256, test: 256 } };
  const { values: columns } = await runHere(experimentOf(more), scratch());
  const values = Values.of(columns);
  const at = (label: string, part: string) =>
    values.at({
      ...{ measure: 'probe.ridge.conflict', source: 'built', seed: '0', checkpoint: 'end', site: 'hidden1' },
      ...{ label, part },
    })?.value;
  // The gates say the easy label, and of the parity no more than of chance.
  expect(at('easy', 'hard (0.8, 0.9)')).toBe(1);
  expect(at('hard', 'easy (0.9, 0.8)')).toBe(0);
  expect(at('easy', 'hard (1, 0.9)')).toBe(1);
  expect(at('easy', 'hard')).toBeUndefined();
});

it('are computed alone where they are new, and come out as with everything computed anew', async () => {
  const networks = { both: {} };
  const store = scratch();
  const without = await runHere(experimentOf(file(undefined, networks)), store);
  expect(Object.keys(without.measures).filter((name) => name.startsWith('probe'))).toEqual([]);
  await runHere(experimentOf(file(one, networks)), store);
  // What is not of probes has changed; these are taken as they are.
  const other = { ...file(one, networks) };
  other.analyses = { ...other.analyses, pca: { components: 2 } };
  const again = await runHere(experimentOf(other), store);
  expect(JSON.stringify(again)).toBe(JSON.stringify(await runHere(experimentOf(other), scratch())));
});
