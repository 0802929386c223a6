import { describe, expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import type { Experiment } from '../../../src/experiment/experiment';
import { replicateCount, replicatesOf } from '../../../src/experiment/replicates';
import { suggest } from '../../../src/language/suggest';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import type { Recording } from '../../../src/sources/source';
import { sourceOf } from '../../../src/sources/sources';
import { FusedEngine } from '../../../src/training/fused/engine';
import { withSequences } from '../../../src/training/graph/sequences';
import { errors, pointed, valid } from '../experiment/files';
import { pointed as withPointer } from '../editor/experiment';

type Json = Record<string, unknown>;

const stimuli = {
  enumerate: true,
  features: {
    a: { values: ['no', 'yes'] },
    b: { values: ['no', 'yes'] },
    shape: { values: ['circle', 'square', 'star'] },
  },
};

function text(circuit: Json, changes: Json = {}): string {
  return JSON.stringify(
    {
      stimuli,
      tasks: { xor: 'xor(a, b)', shape: 'shape' },
      networks: { built: { network: { circuit } }, drawn: {} },
      seeds: 3,
      ...changes,
    },
    null,
    1,
  );
}

async function recording(experiment: Experiment): Promise<Recording> {
  const { sets } = new DrawnExperiment(experiment);
  const kept = { read: () => Promise.resolve(null), write: () => Promise.resolve() };
  const made = await sourceOf(experiment, { source: 'built' }).make(
    replicateNamed('built', 0),
    { engine: withSequences(FusedEngine.create()), sets },
    kept,
    {},
  );
  return made.recording;
}

describe('a circuit', () => {
  it('records 1 where the formula of a gate is true, else 0, layer by layer', async () => {
    const made = await recording(
      valid(
        text({
          gates: [
            ['a', 'b'],
            ['a and not b', 'not a and b', 'false'],
          ],
        }),
      ),
    );
    expect(made.sites).toEqual([
      { name: 'hidden1', role: 'hidden', units: 2 },
      { name: 'hidden2', role: 'hidden', units: 3 },
      { name: 'output', role: 'readout', units: 4 },
    ]);
    const rows = async (site: string): Promise<number[][]> => {
      const { rows: count, cols, data } = await made.activations(site, 'test', 0);
      return Array.from({ length: count }, (_, row) => [...data.subarray(row * cols, (row + 1) * cols)]);
    };
    const [first, second, output] = [await rows('hidden1'), await rows('hidden2'), await rows('output')];
    // Every combination of two truth values and three shapes.
    expect(new Set(first.map(String))).toEqual(new Set(['0,0', '0,1', '1,0', '1,1']));
    expect(first).toHaveLength(12);
    first.forEach(([a, b], row) => {
      expect(second[row]).toEqual([a && !b ? 1 : 0, b && !a ? 1 : 0, 0]);
      expect(output[row][0]).toBe(a === b ? 0 : 1);
      expect(output[row].slice(1).reduce((sum, value) => sum + value)).toBe(1);
    });
  });

  it('answers by its outputs, right or wrong, and has no loss', async () => {
    const right = await (await recording(valid(text({ gates: ['a'] })))).behaviour('test', 0);
    expect(right).toEqual({
      loss: null,
      accuracy: new Map([
        ['xor', 1],
        ['shape', 1],
      ]),
    });
    // "a or b" is wrong where both are true: of four combinations one.
    const out = ['a or b', 'shape'];
    const wrong = await (await recording(valid(text({ gates: ['a'], out })))).behaviour('test', 0);
    expect(wrong?.accuracy.get('xor')).toBe(0.75);
  });

  it('has one replicate, since nothing of it is drawn', () => {
    const experiment = valid(text({ gates: ['a'] }));
    expect(replicatesOf(experiment).map(({ source, seed }) => [source, seed])).toEqual([
      ['built', 0],
      ['drawn', 0],
      ['drawn', 1],
      ['drawn', 2],
    ]);
    expect(replicateCount(experiment)).toBe(4);
    expect(experiment.networks.map(({ kind, parameters }) => [kind, parameters > 0])).toEqual([
      ['circuit', false],
      ['hidden', true],
    ]);
  });

  it('is what all networks are where the default says so, but for those that say something else', () => {
    const networks = { one: {}, other: { network: { activation: 'tanh' } } };
    const experiment = valid(text({}, { network: { circuit: { gates: ['a'] } }, networks }));
    expect(experiment.networks.map(({ kind }) => kind)).toEqual(['circuit', 'hidden']);
  });

  it.each([
    ['a feature that is not there', { gates: ['a and c'] }, 'unknown-feature', 'c'],
    ['a formula that ends early', { gates: ['a and'] }, 'formula-syntax', null],
    ['formulas beside lists', { gates: ['a', ['b']] }, 'wrong-type', null],
    ['a layer without gates', { gates: [[]] }, 'empty', '[]'],
    ['fewer outputs than tasks', { gates: ['a'], out: ['a'] }, 'too-short', null],
    ['one unit for three classes', { gates: ['a'], out: ['a', 'b'] }, 'formula-type', '"b"'],
    [
      'an output of a feature that is not there',
      { gates: ['a'], out: ['c', 'shape'] },
      'unknown-feature',
      'c',
    ],
    ['no gates', {}, 'missing-key', null],
  ])('is refused with %s, once, at its place', (_, circuit, code, place) => {
    const written = text(circuit);
    const [problem, ...more] = errors(written);
    expect([problem?.code, more]).toEqual([code, []]);
    if (place !== null) expect(pointed(written, problem)).toBe(place);
  });

  it('is refused with a training of its own', () => {
    const networks = { built: { network: { circuit: { gates: ['a'] } }, training: { epochs: 3 } } };
    expect(errors(text({}, { networks })).map(({ code }) => code)).toEqual(['not-trained']);
  });

  it('has features completed in its formulas', () => {
    const { parsed, offset } = withPointer(text({ gates: ['a and |'] }));
    expect(suggest(parsed, offset).map(({ label }) => label)).toContain('shape');
  });
});
