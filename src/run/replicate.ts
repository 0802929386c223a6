import type { Network } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import { END, Values } from '../core/values';
import { pairMatrix } from '../analysis/pairs/pair-matrix';
import type { PairMeasure, SiteMeasure } from '../measures/measure';
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
import type { KnownAnalysis } from './known-analysis';
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

/** The activations of a checkpoint. @throws OverflowError where one is not finite */
async function recordAt(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  checkpoint: Checkpoint,
): Promise<Recording> {
  const recording = await record(laboratory, engine, network, checkpoint.parameters);
  refuseOverflow(layerNames(network), recording, checkpoint);
  return recording;
}

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

/** How much of a replicate is measured. */
interface AnalysisOptions {
  /** Only what is quickly measured, for a replicate that still trains. */
  readonly glance?: boolean;
  /** What was measured of it before: it is taken as it is. */
  readonly known?: KnownAnalysis | undefined;
  /** Of its layers. */
  readonly measures?: readonly SiteMeasure[];
  /** Of every two of them. */
  readonly pairs?: readonly PairMeasure[];
}

/**
 * Everything that the results say of one trained replicate.
 *
 * @throws OverflowError where an activation is not finite at one of its checkpoints
 */
export async function analyseReplicate(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  seed: number,
  trained: Trained,
  { glance = false, known, measures = siteMeasures, pairs = pairsOf(laboratory) }: AnalysisOptions = {},
): Promise<ReplicateResults> {
  const values = new Values();
  const names = layerNames(network);
  if (trained.checkpoints.length === 0)
    throw new Error('A trained replicate has at least its initial weights.');
  let units = glance ? {} : known?.units;
  for (const [at, checkpoint] of trained.checkpoints.entries()) {
    const isLast = at === trained.checkpoints.length - 1;
    const step = String(checkpoint.step);
    const places = isLast ? [step, END] : [step];
    const due = dueAt(places, measures, glance);
    const wanted = [...due.map(({ measure }) => measure), ...(isLast && !glance ? pairs : [])];
    const isKnown = wanted.every(({ name }) => known?.has(name)) && !(isLast && !units);
    // Activations are made for what is to be measured alone.
    const recording = known && isKnown ? null : await recordAt(laboratory, engine, network, checkpoint);
    const sites = recording
      ? names.map((_, layer) => new SiteView(laboratory, recording.fit[layer], recording.test[layer]))
      : [];
    if (known) copyBehaviour(values, places, known);
    else if (recording) addBehaviour(values, places, laboratory, network, recording);
    for (const [layer, site] of names.entries()) addSite(values, due, site, sites[layer], known);
    if (!isLast) continue;
    if (!glance) await addLayerPairs(values, pairs, names, sites, known);
    units ??= Object.fromEntries(names.map((name, layer) => [name, sites[layer].units]));
  }
  return {
    seed,
    status: 'done',
    epochs: trained.steps / network.training.stepsPerEpoch,
    steps: trained.steps,
    checkpoints: trained.checkpoints.map(({ step, epoch }) => ({ step, epoch })),
    values: values.columns,
    units: units ?? {},
  };
}

function pairsOf({ analyses }: Laboratory): PairMeasure[] {
  return layerPairMeasures(analyses.rdm);
}

/** A measure, and the checkpoints of one moment that its numbers are of: the step, and `end` where it is that. */
interface Due {
  readonly measure: SiteMeasure;
  readonly places: readonly string[];
}

/** What is measured at a moment. */
function dueAt(places: readonly string[], measures: readonly SiteMeasure[], glance: boolean): Due[] {
  return measures.flatMap((measure) => {
    const { when } = measure;
    const own = places.filter(
      (place) => when === 'always' || (place === END && (when === 'glance' || !glance)),
    );
    return own.length > 0 ? [{ measure, places: own }] : [];
  });
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

function copyBehaviour(values: Values, checkpoints: readonly string[], known: KnownAnalysis): void {
  for (const checkpoint of checkpoints)
    for (const measure of ['loss', 'accuracy'])
      for (const { value, why, ...place } of known.rows(measure, checkpoint)) values.add(place, value, why);
}

/** @param view where something is to be measured */
function addSite(
  values: Values,
  due: readonly Due[],
  site: string,
  view: SiteView | undefined,
  known: KnownAnalysis | undefined,
): void {
  for (const { measure, places } of due) {
    const { name } = measure;
    const taken = known?.has(name) ? known : undefined;
    const found = taken || !view ? [] : [...measure.measure(view)];
    for (const checkpoint of places)
      for (const { label, part, value, why } of taken?.rows(name, checkpoint, site) ?? found)
        values.add({ measure: name, checkpoint, site, label, part }, value, why);
  }
}

/** Bytes of what is compared of a replicate's layers that are held at once. */
const layerRoom = 128e6;

/** Every two layers of the replicate, at its end: the later one as the other. */
async function addLayerPairs(
  values: Values,
  measures: readonly PairMeasure[],
  names: readonly string[],
  sites: readonly SiteView[],
  known: KnownAnalysis | undefined,
): Promise<void> {
  for (const measure of measures) {
    const { name } = measure;
    const found = known?.has(name)
      ? null
      : await pairMatrix(measure, sites.length, (at) => sites[at], layerRoom);
    for (const [later, other] of names.entries())
      for (const [earlier, site] of names.slice(0, later).entries()) {
        const place = { measure: name, checkpoint: END, site, other };
        if (found) {
          const { matrix, undefinedValues } = found;
          values.add(place, matrix[later][earlier], whyOfPair(undefinedValues, names, later, earlier));
        } else
          for (const { value, why } of known?.rows(name, END, site, other) ?? [])
            values.add(place, value, why);
      }
  }
}
