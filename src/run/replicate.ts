import { participationRatio } from '../analysis/participation-ratio';
import { type LayerVariance, layerVariances } from '../analysis/variance-explained-layers';
import type { Network } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import { layersOf } from '../protocol/layers';
import type { CheckpointResults, ReplicateResults } from '../protocol/results';
import {
  type Checkpoint,
  type Engine,
  OverflowError,
  type Parameters,
  type Trained,
  type TrainingObserver,
} from '../training/engine';
import { evaluate } from '../training/evaluate';
import { outputUnits } from '../training/layout';
import type { Laboratory } from './laboratory';
import { glanceAtLayer, measureLayer } from './measure-layer';

/** Trains one replicate. */
export function trainReplicate(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  seed: number,
  observer: TrainingObserver,
): Promise<Trained> {
  const { train } = laboratory.sets;
  const job = {
    network,
    seed,
    tasks: laboratory.tasksOf(network),
    inputs: train.inputs,
    labels: laboratory.labelsOf(network, train),
  };
  return engine.train(job, observer);
}

/** Activations of every layer on the fit and the test stimuli. */
export interface Recording {
  readonly fit: Matrix<Float32Array>[];
  readonly test: Matrix<Float32Array>[];
}

export async function record(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  parameters: Parameters,
): Promise<Recording> {
  const outputs = outputUnits(laboratory.tasksOf(network));
  const { fit, test } = laboratory.sets;
  return {
    fit: await engine.activations(network, outputs, parameters, fit.inputs),
    test: await engine.activations(network, outputs, parameters, test.inputs),
  };
}

/** @throws OverflowError where an activation is not finite */
function refuseOverflow(
  names: readonly string[],
  { fit, test }: Recording,
  { step, epoch }: Checkpoint,
): void {
  for (const [at, name] of names.entries())
    for (const { data } of [fit[at], test[at]]) {
      // Finite numbers of single precision have a finite sum in double precision.
      let sum = 0;
      for (let k = 0; k < data.length; k++) sum += data[k];
      if (!Number.isFinite(sum)) throw new OverflowError(name, step, epoch);
    }
}

/** The names of a network's layers, in order. */
export function layerNames({ hidden }: Network): string[] {
  return layersOf(hidden.length).map(({ name }) => name);
}

/**
 * Everything that the results say of one trained replicate.
 *
 * @param glance only what `glanceAtLayer` gives, for a replicate that still trains
 * @throws OverflowError where an activation is not finite at one of its checkpoints
 */
export async function analyseReplicate(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  seed: number,
  trained: Trained,
  glance = false,
): Promise<ReplicateResults> {
  const names = layerNames(network);
  const checkpoints: CheckpointResults[] = [];
  let last: { recording: Recording; variances: LayerVariance[] } | undefined;
  for (const checkpoint of trained.checkpoints) {
    const { step, epoch } = checkpoint;
    const recording = await record(laboratory, engine, network, checkpoint.parameters);
    refuseOverflow(names, recording, checkpoint);
    const variances = layerVariances(laboratory.designs, recording.fit, recording.test);
    last = { recording, variances };
    checkpoints.push({
      step,
      epoch,
      ...performance(laboratory, network, recording),
      layers: names.map((name, at) => ({
        name,
        varianceExplained: variances[at].varianceExplained,
        participationRatio: participationRatio(recording.test[at]),
      })),
    });
  }
  if (!last) throw new Error('A trained replicate has at least its initial weights.');
  const { recording, variances } = last;
  const { loss, accuracy, layers } = checkpoints[checkpoints.length - 1];
  return {
    seed,
    status: 'done',
    epochs: trained.steps / network.training.stepsPerEpoch,
    steps: trained.steps,
    loss,
    accuracy,
    layers: names.map((name, at) => {
      const known = { variance: variances[at], participationRatio: layers[at].participationRatio };
      return glance
        ? glanceAtLayer(name, recording.test[at], known)
        : measureLayer(laboratory, name, recording.test[at], known);
    }),
    checkpoints,
  };
}

/** Loss and accuracy on the test set. */
function performance(
  laboratory: Laboratory,
  network: Network,
  recording: Recording,
): { loss: number | null; accuracy: Record<string, number> } {
  const { loss, accuracy } = evaluate(
    network,
    laboratory.tasksOf(network),
    recording.test[layersOf(network.hidden.length).findIndex(({ role }) => role === 'readout')],
    laboratory.labelsOf(network, laboratory.sets.test),
  );
  return {
    loss: Number.isFinite(loss) ? loss : null,
    accuracy: Object.fromEntries(network.tasks.map((task, at) => [task, accuracy[at]])),
  };
}
