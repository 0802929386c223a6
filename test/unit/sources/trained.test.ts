import { expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import type { Matrix } from '../../../src/core/matrix';
import type { Experiment } from '../../../src/experiment/experiment';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import type { Files, KeptFiles, Recording } from '../../../src/sources/source';
import { sourceOf, sourcesOf } from '../../../src/sources/sources';
import { FusedEngine } from '../../../src/training/fused/engine';
import { withSequences } from '../../../src/training/graph/sequences';
import { withNewestActivations } from '../../../src/training/newest-activations';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

const experiment = experimentOf(tinyExperiment());
const engine = withSequences(FusedEngine.create());
const { sets } = new DrawnExperiment(experiment);

/** Keeps in memory; of each file the pieces are joined, as a store has them. */
function memory(): KeptFiles {
  let kept: Map<string, Uint8Array> | null = null;
  const joined = (pieces: Uint8Array | readonly Uint8Array[]): Uint8Array =>
    pieces instanceof Uint8Array ? pieces : new Uint8Array(Buffer.concat(pieces));
  return {
    read: () => Promise.resolve(kept),
    write: (files: Files) => {
      kept = new Map([...files].map(([name, pieces]) => [name, joined(pieces)]));
      return Promise.resolve();
    },
  };
}

const make = (
  of: Experiment,
  kept: KeptFiles,
  steps: number[] = [],
): Promise<{ recording: Recording; reused: boolean }> =>
  sourceOf(of, { source: 'easy only' }).make(replicateNamed('easy only', 1), { engine, sets }, kept, {
    checkpoint: ({ step }) => void steps.push(step),
  });

it('has a source for each network, with its layers as sites', () => {
  expect(sourcesOf(experiment).map(({ name, sites }) => [name, sites])).toEqual(
    [
      ['both', 2],
      ['easy only', 1],
      ['untrained', 2],
    ].map(([name, outputs]) => [
      name,
      [
        { name: 'hidden1', role: 'hidden', units: 8 },
        { name: 'output', role: 'readout', units: outputs },
      ],
    ]),
  );
  expect(() => sourceOf(experiment, { source: 'other' })).toThrow('no source “other”');
});

it('trains once, and then recomputes the same activations from the weights that were kept', async () => {
  const kept = memory();
  const steps: number[] = [];
  const first = await make(experiment, kept, steps);
  expect(first.reused).toBe(false);
  expect(steps).toEqual(first.recording.checkpoints.map(({ step }) => step));
  const again = await make(experiment, kept, steps);
  expect(again.reused).toBe(true);
  expect(steps).toHaveLength(first.recording.checkpoints.length);
  expect(again.recording.checkpoints).toEqual(first.recording.checkpoints);
  for (const { name, units } of first.recording.sites)
    for (const [at] of steps.entries()) {
      const activations = await again.recording.activations(name, 'test', at);
      expect(activations).toEqual(await first.recording.activations(name, 'test', at));
      expect([activations.rows, activations.cols]).toEqual([64, units]);
    }
});

it('at its end alone holds the last weights, and answers as the whole does at its end', async () => {
  const { recording } = await make(experiment, memory());
  const last = recording.checkpoints.length - 1;
  const end = recording.end();
  expect(end.checkpoints).toEqual(recording.checkpoints.slice(-1));
  expect(end.bytes * recording.checkpoints.length).toBe(recording.bytes);
  expect(await end.activations('hidden1', 'fit', 0)).toEqual(
    await recording.activations('hidden1', 'fit', last),
  );
  expect(await end.behaviour('test', 0)).toEqual(await recording.behaviour('test', last));
});

it('says how its own tasks are answered, and refuses layers and checkpoints that it has not', async () => {
  const { recording } = await make(experiment, memory());
  const behaviour = await recording.behaviour('test', recording.checkpoints.length - 1);
  if (!behaviour) throw new Error('A network answers its tasks.');
  const { loss, accuracy } = behaviour;
  expect([...accuracy.keys()]).toEqual(['easy']);
  const logits = await recording.activations('output', 'test', recording.checkpoints.length - 1);
  const answers = Array.from(logits.data, (logit) => (logit > 0 ? 1 : 0));
  const { values } = sets.test.tasks.filter(({ name }) => name === 'easy')[0];
  const right = answers.filter((answer, at) => answer === values[at]).length;
  expect(accuracy.get('easy')).toBe(right / 64);
  expect(loss).toBeGreaterThan(0);
  await expect(recording.activations('hidden2', 'test', 0)).rejects.toThrow('no layer hidden2');
  await expect(recording.activations('hidden1', 'test', 99)).rejects.toThrow('checkpoint 99');
});

it('computes the layers of a checkpoint in one pass, however they are asked for', async () => {
  let passes = 0;
  const counted = withNewestActivations({
    info: engine.info,
    sequences: engine.sequences,
    train: (job, observer) => engine.train(job, observer),
    gradients: (...asked) => engine.gradients(...asked),
    activations: (...asked) => {
      passes++;
      return engine.activations(...asked);
    },
  });
  const source = sourcesOf(experiment)[0];
  const context = { engine: counted, sets };
  const { recording } = await source.make(replicateNamed('both', 0), context, memory(), {});
  for (const site of ['hidden1', 'output'])
    for (const set of ['fit', 'test'] as const) await recording.activations(site, set, 0);
  expect(passes).toBe(2);
  await recording.activations('output', 'test', 1);
  expect(await recording.activations('output', 'test', 0)).not.toEqual(
    await recording.activations('output', 'test', 1),
  );
  expect(passes).toBe(5);
});

it('records the gradient of each stimulus, with the weights of a network without: of a changed network, too', async () => {
  const sites = ['output.gradient', 'hidden1.gradient'];
  const networks = { both: {}, balanced: { of: 'both', balance: true as const } };
  const of = experimentOf(tinyExperiment({ networks, analyses: { sites } }));
  const found = async (source: string, seen: number[]): Promise<Recording> => {
    const made = await sourceOf(of, { source }).make(
      ...([replicateNamed(source, 1), { engine, sets }, kept] as const),
      { checkpoint: ({ step }) => void seen.push(step) },
    );
    return made.recording;
  };
  const kept = memory();
  const trained: number[] = [];
  const plain = await sourceOf(experimentOf(tinyExperiment({ networks })), { source: 'both' }).make(
    ...([replicateNamed('both', 1), { engine, sets }, kept, {}] as const),
  );
  const recording = await found('both', trained);
  expect(trained).toEqual([]);
  expect(recording.sites.map(({ name }) => name)).toEqual([
    ...['hidden1', 'output', 'hidden1.gradient', 'output.gradient'],
  ]);
  const last = recording.checkpoints.length - 1;
  const at = (one: Recording, site: string): Promise<Matrix<Float32Array>> =>
    one.activations(site, 'test', last);
  for (const site of ['hidden1', 'output'])
    expect(await at(recording, site)).toEqual(await at(plain.recording, site));
  // Of two tasks of equal weights, each with a sigmoid: half of its answer less what is right.
  const [logits, slopes] = [await at(recording, 'output'), await at(recording, 'output.gradient')];
  slopes.data.forEach((slope, i) => {
    const right = sets.test.tasks[i % 2].values[i >> 1];
    expect(slope).toBeCloseTo((1 / (1 + Math.exp(-logits.data[i])) - right) / 2, 6);
  });
  const hidden = await at(recording, 'hidden1.gradient');
  expect([hidden.rows, hidden.cols]).toEqual([64, 8]);
  expect(hidden.data.some((slope) => slope !== 0)).toBe(true);
  // The same function by other weights: of its answers the same gradient, of its units another.
  const balanced = await found('balanced', []);
  const same = await at(balanced, 'output.gradient');
  same.data.forEach((slope, i) => expect(slope).toBeCloseTo(slopes.data[i], 4));
  expect((await at(balanced, 'hidden1.gradient')).data).not.toEqual(hidden.data);
});

it('has other keys where gradients are asked for, and keeps the same weights', () => {
  const [asked, not] = [{ sites: ['hidden1.gradient'] }, {}].map((analyses) => {
    const source = sourceOf(experimentOf(tinyExperiment({ analyses })), { source: 'both' });
    const replicate = replicateNamed('both', 1);
    return [source.keptKey?.(replicate, engine.info), source.key(replicate, engine.info)];
  });
  expect(asked[0]).toEqual(not[0]);
  expect(not[1]).toEqual(not[0]);
  expect(asked[1]).toEqual({ ...not[1], sites: ['hidden1.gradient'] });
});
