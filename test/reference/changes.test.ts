import { describe, expect, it } from 'vitest';
import { replicateNamed } from '../../src/core/replicate';
import type { Matrix } from '../../src/core/matrix';
import type { Experiment } from '../../src/experiment/experiment';
import type { NetworkEntry } from '../../src/experiment/file';
import { readExperiment } from '../../src/sources/read-experiment';
import { Values } from '../../src/core/values';
import { addChange } from '../../src/run/change-replicate';
import { DrawnExperiment } from '../../src/run/drawn-experiment';
import type { KeptFiles, Recording } from '../../src/sources/source';
import { sourceOf } from '../../src/sources/sources';
import { filesOfTraining } from '../../src/sources/stored-training';
import { FusedEngine } from '../../src/training/fused/engine';
import { withSequences } from '../../src/training/graph/sequences';
import fixture from './fixtures/changes.json';

function experimentWith(changed: Record<string, NetworkEntry>, activation = 'leakyRelu'): Experiment {
  const text = JSON.stringify({
    stimuli: { enumerate: true, features: { h: { bits: 6 } } },
    tasks: { easy: 'h[0]', hard: 'xor(h[1], h[2])' },
    network: { hidden: fixture.hidden, activation },
    networks: { net: {}, ...changed },
    seeds: 1,
  });
  const { experiment, problems } = readExperiment(text);
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return experiment;
}

/** The fixture's weights, as if they had been trained. */
const kept: KeptFiles = {
  read: () => {
    const parameters = Float32Array.from(fixture.parameters);
    const files = filesOfTraining({
      ...{ steps: 0, phaseEnds: [0], curve: [] },
      checkpoints: [{ step: 0, epoch: 0, parameters }],
    });
    const joined = [...files].map(
      ([name, pieces]) => [name, new Uint8Array(Buffer.concat([pieces].flat() as Uint8Array[]))] as const,
    );
    return Promise.resolve(new Map(joined));
  },
  write: () => Promise.reject(new Error('Nothing is trained.')),
};

async function recordingOf(experiment: Experiment, source: string): Promise<Recording> {
  const context = { engine: withSequences(FusedEngine.create()), sets: new DrawnExperiment(experiment).sets };
  const of = sourceOf(experiment, { source });
  return (await of.make(replicateNamed(source, 0), context, kept, {})).recording;
}

async function layersOf(experiment: Experiment, source: string): Promise<Matrix<Float32Array>[]> {
  const recording = await recordingOf(experiment, source);
  return Promise.all(recording.sites.map(({ name }) => recording.activations(name, 'test', 0)));
}

function expectNear(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  const worst = wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - found[at])), 0);
  expect(worst).toBeLessThan(5e-6);
}

describe('a changed network', () => {
  const cases: Record<keyof (typeof fixture)['cases'], NetworkEntry> = {
    steer: { of: 'net', steer: { at: 'hidden2', along: 'easy', by: [0, 1.5] } },
    'steer to other': { of: 'net', steer: { at: 'hidden1', along: 'h[0]', by: 0.75, to: 'other' } },
    'ablate selective': { of: 'net', ablate: { at: 'hidden2', units: 2, for: 'easy' } },
    'ablate active': { of: 'net', ablate: { at: 'hidden1', units: 3, most: 'active', to: 'mean' } },
    rebuild: { of: 'net', rebuild: { at: 'hidden1', components: 2 } },
    'rebuild from none': { of: 'net', rebuild: { at: 'hidden1', components: 0 } },
  };
  const experiment = experimentWith(cases);

  it.each(Object.keys(cases))('continues from what is changed as torch does: %s', async (name) => {
    const layers = await layersOf(experiment, name);
    const wanted: Record<string, number[][]> = fixture.cases;
    layers.forEach(({ data }, at) => expectNear(data, wanted[name][at]));
  });

  it('measures of each dose what is left of a task, and which answers flip', async () => {
    const curves = experimentWith({
      steer: { of: 'net', steer: { at: 'hidden1', along: 'easy', by: [-2, 0, 1, 2, 4] } },
      rebuild: { of: 'net', rebuild: { at: 'hidden1', components: [0, 1, 2, 3, 4, 5, 6] } },
    });
    const wanted: Record<string, Record<string, Record<string, number[]>>> = fixture.curves;
    for (const [name, doses] of Object.entries(wanted)) {
      const values = new Values();
      await addChange(values, new DrawnExperiment(curves), await recordingOf(curves, name), undefined);
      const at = (measure: string, label: string, part?: string): number | null | undefined =>
        values.at({ measure, label, part, checkpoint: 'end' })?.value;
      for (const [dose, numbers] of Object.entries(doses))
        ['easy', 'hard'].forEach((label, task) => {
          expect(at('change.accuracy', label, dose)).toBeCloseTo(numbers.accuracy[task], 12);
          expect(at('change.flips', label, dose)).toBeCloseTo(numbers.flips[task], 12);
        });
      // Nothing is changed by a direction, or by all components, at random.
      const none = name === 'steer' ? '0' : '6';
      expect(at('change.flips.random', 'easy', none)).toBe(0);
      // All stimuli are in both sets.
      expect(values.at({ measure: 'change.distance', part: none, checkpoint: 'end' })?.why).toContain(
        'is one of a fit',
      );
      const kept = Object.keys(doses).find((dose) =>
        Object.entries(doses).every(([other, { flips }]) => Number(other) < Number(dose) || flips[1] <= 0.05),
      );
      if (name === 'rebuild') expect(at('change.threshold', 'hard')).toBe(Number(kept));
    }
  });

  it('is a change of a change, whose answers and numbers are of both', async () => {
    const twice = experimentWith({
      'without two': { of: 'steered', ablate: { at: 'hidden1', units: 6, most: 'active' } },
      steered: { of: 'net', steer: { at: 'hidden2', along: 'easy', by: 1.5 } },
    });
    const [first, second] = await layersOf(twice, 'without two');
    expect(first.data.every((value) => value === 0)).toBe(true);
    // Every stimulus has the same state, moved by the same direction.
    const rows = Array.from({ length: 64 }, (_, row) => String(second.data.slice(row * 5, row * 5 + 5)));
    expect(new Set(rows).size).toBe(1);
  });
});

describe('the same function in other weights', () => {
  const scale: [number, number] = [0.1, 10];
  const all = { scale, duplicate: 3, pad: 4, permute: true };
  const experiment = experimentWith({
    rewritten: { of: 'net', rewrite: all },
    'first layer': { of: 'net', rewrite: { at: 'hidden1', duplicate: 2 } },
    balanced: { of: 'net', balance: true },
    'balanced again': { of: 'rewritten', balance: true },
  });

  it('answers alike, by units that are scaled, copied, added and in another order', async () => {
    const [before, after] = [await layersOf(experiment, 'net'), await layersOf(experiment, 'rewritten')];
    expect(after.map(({ cols }) => cols)).toEqual([13, 12, 2]);
    expectNear(after[2].data, [...before[2].data]);
    // Each unit that was there is there, as a multiple.
    for (let unit = 0; unit < 6; unit++) {
      const column = (of: Matrix<Float32Array>, at: number): number[] =>
        Array.from({ length: 64 }, (_, row) => of.data[row * of.cols + at]);
      const same = Array.from({ length: 13 }, (_, at) =>
        cosine(column(before[0], unit), column(after[0], at)),
      );
      expect(Math.max(...same)).toBeGreaterThan(1 - 1e-9);
    }
    expect((await layersOf(experiment, 'first layer')).map(({ cols }) => cols)).toEqual([8, 5, 2]);
  });

  it('gives the range of what is measured over draws of the same function, and how far outputs change', async () => {
    const values = new Values();
    await addChange(
      values,
      new DrawnExperiment(experiment),
      await recordingOf(experiment, 'rewritten'),
      undefined,
    );
    const at = (measure: string, site?: string, label?: string): number =>
      values.at({ measure, site, label, checkpoint: 'end' })?.value ?? NaN;
    expect(at('change.outputs')).toBeLessThan(1e-5);
    for (const measure of ['varianceExplained', 'modelRsa']) {
      const [least, most] = ['least', 'most'].map((end) => at(`range.${measure}.${end}`, 'hidden1', 'easy'));
      expect(most - least).toBeGreaterThan(0.05);
    }
    expect(at('range.linearCka.most', 'hidden2')).toBeLessThan(1);
    expect(at('range.linearCka.least', 'output')).toBeNaN();
  });

  it('balances to the weights of least norm that scaling reaches, as scipy finds them, from whatever it was rewritten to', async () => {
    const balanced = await layersOf(experiment, 'balanced');
    balanced.slice(0, 2).forEach(({ data }, at) => {
      const wanted = fixture.balanced[at];
      const worst = wanted.reduce((most, value, k) => Math.max(most, Math.abs(value - data[k])), 0);
      expect(worst).toBeLessThan(2e-5);
    });
    const again = await layersOf(experiment, 'balanced again');
    expect(again.map(({ cols }) => cols)).toEqual([6, 5, 2]);
    expectNear(again[2].data, [...balanced[2].data]);
    // The same units, in another order: sums of squares of each.
    again.slice(0, 2).forEach((layer, at) => {
      const sorted = (of: Matrix<Float32Array>): number[] => squares(of).sort((a, b) => a - b);
      sorted(balanced[at]).forEach((value, unit) => expect(sorted(layer)[unit] / value).toBeCloseTo(1, 4));
    });
  });
});

function squares({ rows, cols, data }: Matrix<Float32Array>): number[] {
  return Array.from({ length: cols }, (_, unit) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * cols + unit] ** 2;
    return sum;
  });
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, at) => sum + value * y[at], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
