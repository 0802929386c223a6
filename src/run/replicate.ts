import type { Network } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import { END, Values } from '../core/values';
import { pairMatrix } from '../analysis/pairs/pair-matrix';
import { layerPairMeasures, siteMeasures } from '../measures/measures';
import { SiteView } from '../measures/site-view';
import { layersOf } from '../protocol/layers';
import { whyOfPair } from '../protocol/pair-results';
import type { ReplicateResults } from '../protocol/results';
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
 * @param glance only what is quickly measured, for a replicate that still trains
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
  const values = new Values();
  const names = layerNames(network);
  let sites: SiteView[] = [];
  for (const [at, checkpoint] of trained.checkpoints.entries()) {
    const recording = await record(laboratory, engine, network, checkpoint.parameters);
    refuseOverflow(names, recording, checkpoint);
    sites = names.map((_, layer) => new SiteView(laboratory, recording.fit[layer], recording.test[layer]));
    const step = String(checkpoint.step);
    const places = at === trained.checkpoints.length - 1 ? [step, END] : [step];
    addBehaviour(values, places, laboratory, network, recording);
    for (const [layer, site] of names.entries()) addSite(values, places, site, sites[layer], glance);
  }
  if (!glance) await addLayerPairs(values, names, sites, laboratory);
  if (sites.length === 0) throw new Error('A trained replicate has at least its initial weights.');
  return {
    seed,
    status: 'done',
    epochs: trained.steps / network.training.stepsPerEpoch,
    steps: trained.steps,
    checkpoints: trained.checkpoints.map(({ step, epoch }) => ({ step, epoch })),
    values: values.columns,
    units: glance ? {} : Object.fromEntries(names.map((name, layer) => [name, sites[layer].units])),
  };
}

/** Loss and accuracy on the test set. */
function addBehaviour(
  values: Values,
  checkpoints: readonly string[],
  laboratory: Laboratory,
  network: Network,
  recording: Recording,
): void {
  const { loss, accuracy } = evaluate(
    network,
    laboratory.tasksOf(network),
    recording.test[layersOf(network.hidden.length).findIndex(({ role }) => role === 'readout')],
    laboratory.labelsOf(network, laboratory.sets.test),
  );
  for (const checkpoint of checkpoints) {
    values.add({ measure: 'loss', checkpoint }, Number.isFinite(loss) ? loss : null, 'It is not finite.');
    network.tasks.forEach((label, at) =>
      values.add({ measure: 'accuracy', checkpoint, label }, accuracy[at]),
    );
  }
}

/** @param checkpoints the step, and `end` where it is that */
function addSite(
  values: Values,
  checkpoints: readonly string[],
  site: string,
  view: SiteView,
  glance: boolean,
): void {
  for (const measure of siteMeasures) {
    const { name, when } = measure;
    const places = checkpoints.filter(
      (place) => when === 'always' || (place === END && (when === 'glance' || !glance)),
    );
    const found = places.length > 0 ? [...measure.measure(view)] : [];
    for (const checkpoint of places)
      for (const { label, part, value, why } of found)
        values.add({ measure: name, checkpoint, site, label, part }, value, why);
  }
}

/** Bytes of what is compared of a replicate's layers that are held at once. */
const layerRoom = 128e6;

/** Every two layers of the replicate, at its end: the later one as the other. */
async function addLayerPairs(
  values: Values,
  names: readonly string[],
  sites: readonly SiteView[],
  { analyses }: Laboratory,
): Promise<void> {
  for (const measure of layerPairMeasures(analyses.rdm)) {
    const { matrix, undefinedValues } = await pairMatrix(measure, sites.length, (at) => sites[at], layerRoom);
    for (const [later, other] of names.entries())
      for (const [earlier, site] of names.slice(0, later).entries()) {
        const place = { measure: measure.name, checkpoint: END, site, other };
        values.add(place, matrix[later][earlier], whyOfPair(undefinedValues, names, later, earlier));
      }
  }
}
