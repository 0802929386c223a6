import { type Pca, pca, project } from '../analysis/pca';
import { NumericalError } from '../numerics/numerical-error';
import { pcaCorrelations } from '../analysis/pca-correlation';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { conditionModelRdm, modelRdm } from '../analysis/rdm/model-rdm';
import { rdm, squareRdm } from '../analysis/rdm/rdm';
import { labelPermutations } from '../analysis/selectivity/label-permutations';
import { selectivity } from '../analysis/selectivity/selectivity';
import { varyingUnits } from '../analysis/selectivity/unit-columns';
import type { Network } from '../experiment/experiment';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type {
  DetailPart,
  LabelRdm,
  LayerDetail,
  Picture,
  ReplicateDetail,
  StimuliDetail,
} from '../protocol/detail';
import { metricNames } from '../protocol/measure-names';
import type { RdmMetric } from '../protocol/rdm-words';
import { own } from '../protocol/own';
import type { ReplicateResults, SelectivityResults } from '../protocol/results';
import type { Engine, Trained } from '../training/engine';
import { outputUnits } from '../training/layout';
import { clusterConditions, clusterUnits } from './cluster-units';
import { labelInfos } from './label-info';
import type { Laboratory } from './laboratory';
import { deadUnits } from '../measures/site-view';
import { pictureOf } from './picture';
import { layerNames } from './replicate';

/** Components that pictures offer. */
const pictured = 10;

/** Single stimuli of a pictured RDM: more would not be told apart on a screen. */
const picturedStimuli = 128;

/** Labels of the test stimuli, for colours and orders. */
export function stimuliDetail(laboratory: Laboratory): StimuliDetail {
  return {
    count: laboratory.sets.test.inputs.rows,
    labels: labelInfos(laboratory).map((info, at) => ({ ...info, values: laboratory.testLabels[at].values })),
    conditions: laboratory.conditions,
    models: labelRdms(laboratory),
  };
}

function labelRdms(laboratory: Laboratory): LabelRdm[] {
  const stimuli = chosenStimuli(laboratory);
  const { of, counts } = laboratory.conditions;
  return laboratory.testLabels.map((label) => {
    const conditions = conditionModelRdm(label, of, counts.length);
    return {
      label: label.name,
      ...(conditions ? { conditions: squareRdm(conditions).data } : {}),
      single: squareRdm(modelRdm(labelOf(label, stimuli))).data,
    };
  });
}

function labelOf(label: Label, stimuli: Uint32Array): Label {
  const { width, values } = label;
  return {
    ...label,
    values: rowsOf({ rows: values.length / width, cols: width, data: values }, stimuli).data,
  };
}

/** What is wanted of a replicate. */
interface DetailWish {
  /** A step of one of its checkpoints; null for the final one. */
  step: number | null;
  /** Which layer, for which picture; the rest is left out or empty. */
  only?: DetailPart | undefined;
  /** Statistics of units where they have been computed before (the final checkpoint). */
  known?: ReplicateResults['units'] | undefined;
}

/**
 * What the pictures of one replicate at one checkpoint are drawn from.
 *
 * @throws RangeError where there is no checkpoint at the step
 */
export async function replicateDetail(
  laboratory: Laboratory,
  engine: Engine,
  { network, seed, trained }: { network: Network; seed: number; trained: Trained },
  { step, only, known }: DetailWish,
): Promise<ReplicateDetail> {
  const at =
    step === null
      ? trained.checkpoints.length - 1
      : trained.checkpoints.findIndex((checkpoint) => checkpoint.step === step);
  if (at < 0) throw new RangeError(`There is no checkpoint at step ${step}.`);
  const checkpoint = trained.checkpoints[at];
  const activations = await testActivations(laboratory, engine, network, trained, at);
  const final = at === trained.checkpoints.length - 1;
  const ends = await endsOf(laboratory, engine, network, trained);
  const names = layerNames(network);
  const asked = names
    .map((_, layer) => layer)
    .filter((layer) => only === undefined || only.layer === names[layer]);
  return {
    network: network.name,
    seed,
    step: checkpoint.step,
    epoch: checkpoint.epoch,
    layers: asked.map((layer) =>
      layerDetail(laboratory, names[layer], activations[layer], {
        frame: () => frameOf(ends, layer),
        isFinal: final,
        known: own(known ?? {}, names[layer])?.selectivity,
        picture: only?.picture,
      }),
    ),
  };
}

/**
 * The activation of one unit at one checkpoint, for every test stimulus.
 *
 * @throws RangeError where there is no such checkpoint, layer or unit
 */
export async function unitActivations(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  trained: Trained,
  { step, layer, unit }: { step: number | null; layer: string; unit: number },
): Promise<Float32Array> {
  const at =
    step === null
      ? trained.checkpoints.length - 1
      : trained.checkpoints.findIndex((checkpoint) => checkpoint.step === step);
  if (at < 0) throw new RangeError(`There is no checkpoint at step ${step}.`);
  const layers = await testActivations(laboratory, engine, network, trained, at);
  const found = layers[layerNames(network).indexOf(layer)] as Matrix<Float32Array> | undefined;
  if (!found || !(unit >= 0 && unit < found.cols))
    throw new RangeError(`There is no unit ${unit} in ${layer}.`);
  return Float32Array.from({ length: found.rows }, (_, i) => found.data[i * found.cols + unit]);
}

/** Test stimuli × units of each layer at one checkpoint. */
export function testActivations(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  trained: Trained,
  checkpoint: number,
): Promise<Matrix<Float32Array>[]> {
  const outputs = outputUnits(laboratory.tasksOf(network));
  const { parameters } = trained.checkpoints[checkpoint];
  return engine.activations(network, outputs, parameters, laboratory.sets.test.inputs);
}

/** The final components of a layer, and how far the scores of the initial and the final checkpoint reach on them. */
interface Frame {
  final: Pca;
  axes: { low: number[]; high: number[] };
}

/** The activations of all layers at the initial and the final checkpoint, and what was made of them by layer. */
interface Ends {
  readonly first: readonly Matrix<Float32Array>[];
  readonly last: readonly Matrix<Float32Array>[];
  readonly frames: (Frame | undefined)[];
}

/** Made once for as long as somebody holds the training. */
const knownEnds = new WeakMap<Trained, Promise<Ends>>();

function endsOf(laboratory: Laboratory, engine: Engine, network: Network, trained: Trained): Promise<Ends> {
  const known = knownEnds.get(trained);
  if (known) return known;
  const of = (checkpoint: number): Promise<Matrix<Float32Array>[]> =>
    testActivations(laboratory, engine, network, trained, checkpoint);
  const ends = Promise.all([of(0), of(trained.checkpoints.length - 1)]).then(([first, last]): Ends => ({
    first,
    last,
    frames: [],
  }));
  knownEnds.set(trained, ends);
  return ends;
}

function frameOf({ first, last, frames }: Ends, layer: number): Frame {
  return (frames[layer] ??= makeFrame(first[layer], last[layer]));
}

function makeFrame(first: Matrix<Float32Array>, last: Matrix<Float32Array>): Frame {
  const final = pca(last, pictured);
  const both = [final.scores, project(final, first)];
  const reach = (of: (...values: number[]) => number): number[] =>
    Array.from({ length: final.components }, (_, k) =>
      both.reduce((far, { rows, cols, data }) => {
        for (let i = 0; i < rows; i++) far = of(far, data[i * cols + k]);
        return far;
      }, final.scores.data[k]),
    );
  return { final, axes: { low: reach(Math.min), high: reach(Math.max) } };
}

function layerDetail(
  laboratory: Laboratory,
  name: string,
  activations: Matrix<Float32Array>,
  {
    frame,
    isFinal,
    known,
    picture,
  }: {
    frame: () => Frame;
    isFinal: boolean;
    known: Record<string, SelectivityResults> | undefined;
    picture: Picture | undefined;
  },
): LayerDetail {
  const draws = (which: Picture): boolean => picture === undefined || picture === which;
  const { metric } = laboratory.experiment.analyses.rdm;
  const missing: Record<string, string> = {};
  const components = pictureOf('pca', missing, () => {
    const { final, axes } = frame();
    const own = isFinal ? final : pca(activations, draws('pca') ? pictured : 0);
    return componentsDetail(laboratory, own, isFinal ? null : projected(final, activations), axes);
  });
  const { of, counts } = laboratory.conditions;
  const means = conditionMeans(activations, of, counts.length);
  const stimuli = chosenStimuli(laboratory);
  const varying = new Set(varyingUnits(activations));
  const constantUnits = Array.from({ length: activations.cols }, (_, unit) => unit).filter(
    (unit) => !varying.has(unit),
  );
  // Earlier checkpoints are looked through quickly: a thousand permutations would take a second each.
  const permutations = isFinal ? laboratory.permutations : labelPermutations(0, activations.rows);
  const units = {
    name,
    units: activations.cols,
    constantUnits,
    deadUnits: deadUnits(activations, constantUnits),
    selectivity: !draws('units')
      ? {}
      : (known ?? selectivity(activations, laboratory.classLabels.labels, permutations).selectivity),
    conditionMeans: Float32Array.from(means.data),
  };
  const tree = <T>(of: string, make: () => T): T | null =>
    draws('units') ? pictureOf(of, missing, make) : null;
  const clusters = tree('clusters', () => clusterUnits(units));
  const conditionTree = tree('conditionTree', () => clusterConditions(units.conditionMeans, units.units));
  const single = draws('rdm') ? rowsOf(activations, stimuli) : { rows: 0, cols: 0, data: new Float32Array() };
  return {
    ...units,
    missing,
    ...(clusters ? { clusters } : {}),
    ...(conditionTree ? { conditionTree } : {}),
    pca: components ?? noComponents(),
    rdm: {
      metric,
      conditions: pictureOfRdm('rdm.conditions', means, metric, missing),
      stimuli,
      single: pictureOfRdm('rdm.single', single, metric, missing),
    },
  };
}

/** @throws NumericalError where there is no component to be shown */
function componentsDetail(
  laboratory: Laboratory,
  own: Pca,
  onFinal: LayerDetail['pca']['projected'] | null,
  axes: Frame['axes'],
): LayerDetail['pca'] {
  if (own.components > 0 && own.rank === 0 && (onFinal?.scores.every((score) => score === 0) ?? true))
    throw new NumericalError('No unit of the layer varies over the test stimuli: there are no components.');
  return {
    components: own.components,
    explainedVarianceRatio: Array.from(own.explainedVarianceRatio),
    scores: Float32Array.from(own.scores.data),
    loadings: Float32Array.from(own.loadings.data),
    correlation: pcaCorrelations(laboratory.pcaLabels, own).correlation,
    ...(onFinal ? { projected: onFinal } : {}),
    axes,
  };
}

/** Where components cannot be found. */
function noComponents(): LayerDetail['pca'] {
  const nothing = new Float32Array(0);
  return { components: 0, explainedVarianceRatio: [], scores: nothing, loadings: nothing, correlation: {} };
}

/** The square of an RDM, and why some of its rows are empty, if they are. */
function pictureOfRdm(
  name: string,
  patterns: Matrix,
  metric: RdmMetric,
  missing: Record<string, string>,
): Float32Array {
  const found = rdm(patterns, metric);
  const lost = found.undefinedRows.length;
  if (lost > 0) {
    const pattern = metric === 'cosine' ? 'is zero in every unit' : 'is the same in every unit';
    const why =
      patterns.cols === 1 && metric === 'correlation' ? 'it needs two units' : `their pattern ${pattern}`;
    missing[name] =
      `${lost} of ${patterns.rows} have no ${metricNames[metric]}: ${why}. Euclidean distances are defined for all.`;
  }
  return squareRdm(found).data;
}

function projected(final: Pca, activations: Matrix<Float32Array>): LayerDetail['pca']['projected'] {
  const scores = project(final, activations);
  const total = variances(activations).reduce((sum, variance) => sum + variance, 0);
  return {
    scores: Float32Array.from(scores.data),
    share: variances(scores).map((variance) => (total > 0 ? variance / total : 0)),
  };
}

/** Of each column. */
function variances({ rows, cols, data }: Matrix): number[] {
  return Array.from({ length: cols }, (_, k) => {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += data[i * cols + k] / rows;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += (data[i * cols + k] - mean) ** 2;
    return sum / rows;
  });
}

/**
 * Test stimuli that stand for all in pictured RDMs: the first of each condition in turn (as many of each as there are),
 * ordered by condition.
 */
function chosenStimuli(laboratory: Laboratory): Uint32Array {
  const { of, counts } = laboratory.conditions;
  const members = counts.map(() => [] as number[]);
  of.forEach((condition, stimulus) => members[condition].push(stimulus));
  const total = Math.min(picturedStimuli, of.length);
  const taken = counts.map(() => 0);
  for (let left = total; left > 0;)
    for (let c = 0; c < counts.length && left > 0; c++)
      if (taken[c] < counts[c]) {
        taken[c]++;
        left--;
      }
  return Uint32Array.from(members.flatMap((stimuli, c) => stimuli.slice(0, taken[c])));
}

function rowsOf({ cols, data }: Matrix<Float32Array>, rows: Uint32Array): Matrix<Float32Array> {
  const out = new Float32Array(rows.length * cols);
  rows.forEach((row, at) => out.set(data.subarray(row * cols, (row + 1) * cols), at * cols));
  return { rows: rows.length, cols, data: out };
}
