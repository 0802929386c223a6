import { type Pca, pca, project } from '../analysis/pca';
import { NumericalError } from '../numerics/numerical-error';
import { pcaCorrelations } from '../analysis/pca-correlation';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { conditionModelRdm, modelRdm } from '../analysis/rdm/model-rdm';
import { rowsOf, somePairs } from '../analysis/some-rows';
import { rdm, squareRdm } from '../analysis/rdm/rdm';
import { fillSquare, triangleSize } from '../analysis/rdm/triangle';
import { labelPermutations } from '../analysis/selectivity/label-permutations';
import { selectivity } from '../analysis/selectivity/selectivity';
import { varyingUnits } from '../analysis/selectivity/unit-columns';
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
import type { Recording } from '../sources/source';
import { imagesOf } from '../stimuli/image';
import { placesInDocuments } from '../stimuli/observations';
import { clusterConditions, clusterRdm, clusterUnits } from './cluster-units';
import { labelInfos } from './label-info';
import type { DrawnExperiment } from './drawn-experiment';
import { deadUnits } from '../measures/site-view';
import { pictureOf } from './picture';

/** Components that pictures offer. */
const pictured = 10;

/** Single stimuli of a pictured RDM: more would not be told apart on a screen. */
const picturedStimuli = 128;

/** Labels of the test stimuli, for colours and orders. */
export function stimuliDetail(drawn: DrawnExperiment): StimuliDetail {
  const { corpus, test } = drawn.sets;
  const { inputs, rows, tokens } = test;
  const { table } = drawn.experiment.stimuli;
  const images = imagesOf(drawn.experiment.stimuli, inputs);
  return {
    count: inputs.rows,
    ...(table && rows
      ? { table: { ids: Array.from(rows, (row) => table.ids[row]), rows: rows.slice() } }
      : {}),
    labels: labelInfos(drawn).map((info, at) => ({ ...info, values: drawn.testLabels[at].values })),
    conditions: drawn.conditions,
    models: labelRdms(drawn),
    ...(images ? { images } : {}),
    ...(tokens && corpus ? { tokens: placesInDocuments(corpus, tokens) } : {}),
  };
}

function labelRdms(drawn: DrawnExperiment): LabelRdm[] {
  const stimuli = chosenStimuli(drawn);
  const { of, counts } = drawn.conditions;
  return drawn.testLabels.map((label) => {
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
  drawn: DrawnExperiment,
  recording: Recording,
  { step, only, known }: DetailWish,
): Promise<ReplicateDetail> {
  const { replicate, sites, checkpoints } = recording;
  const { source, point, seed } = replicate;
  const at = checkpointAt(recording, step);
  const { rdm: rdmOf } = recording;
  if (rdmOf) {
    const named = sites.filter(({ name }) => only === undefined || only.layer === name);
    const layers = named.map(({ name }) => rdmDetail(drawn, name, rdmOf(name, 'test')));
    return { source, point, seed, ...checkpoints[at], layers };
  }
  const asked = [...sites.entries()].filter(([, { name }]) => only === undefined || only.layer === name);
  // What was brought along has one checkpoint, and may not fit in memory at once: a site at a time.
  const ends = checkpoints.length > 1 ? await endsOf(recording) : null;
  const layers: LayerDetail[] = [];
  for (const [layer, { name }] of asked) {
    const activations = await recording.activations(name, 'test', at);
    layers.push(
      layerDetail(drawn, name, activations, {
        frame: () => (ends ? frameOf(ends, layer) : makeFrame(activations, activations)),
        isFinal: at === checkpoints.length - 1,
        known: own(known ?? {}, name)?.selectivity,
        picture: only?.picture,
      }),
    );
  }
  return { source, point, seed, step: checkpoints[at].step, epoch: checkpoints[at].epoch, layers };
}

/**
 * The activation of one unit at one checkpoint, for every test stimulus.
 *
 * @throws RangeError where there is no such checkpoint, layer or unit
 */
export async function unitActivations(
  recording: Recording,
  { step, layer, unit }: { step: number | null; layer: string; unit: number },
): Promise<Float32Array> {
  const at = checkpointAt(recording, step);
  const site = recording.sites.find(({ name }) => name === layer);
  if (!site || !(unit >= 0 && unit < site.units))
    throw new RangeError(`There is no unit ${unit} in ${layer}.`);
  const { rows, cols, data } = await recording.activations(layer, 'test', at);
  return Float32Array.from({ length: rows }, (_, i) => data[i * cols + unit]);
}

/** The place of a checkpoint by its step; of the end for null. */
export function checkpointAt({ checkpoints }: Recording, step: number | null): number {
  const at = step === null ? checkpoints.length - 1 : checkpoints.findIndex((one) => one.step === step);
  if (at < 0) throw new RangeError(`There is no checkpoint at step ${step}.`);
  return at;
}

/** Test stimuli × units of each site at one checkpoint. */
function testActivations(recording: Recording, checkpoint: number): Promise<Matrix<Float32Array>[]> {
  return Promise.all(recording.sites.map(({ name }) => recording.activations(name, 'test', checkpoint)));
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

/** Made once for as long as somebody holds the recording. */
const knownEnds = new WeakMap<Recording, Promise<Ends>>();

function endsOf(recording: Recording): Promise<Ends> {
  const known = knownEnds.get(recording);
  if (known) return known;
  const make = async (): Promise<Ends> => ({
    first: await testActivations(recording, 0),
    last: await testActivations(recording, recording.checkpoints.length - 1),
    frames: [],
  });
  const ends = make();
  knownEnds.set(recording, ends);
  return ends;
}

function frameOf({ first, last, frames }: Ends, layer: number): Frame {
  return (frames[layer] ??= makeFrame(first[layer], last[layer]));
}

function makeFrame(first: Matrix<Float32Array>, last: Matrix<Float32Array>): Frame {
  const final = pca(last, pictured);
  const low = new Array<number>(final.components).fill(Infinity);
  const high = new Array<number>(final.components).fill(-Infinity);
  for (const { rows, cols, data } of [final.scores, project(final, first)])
    for (let i = 0, at = 0; i < rows; i++)
      for (let k = 0; k < cols; k++, at++) {
        if (data[at] < low[k]) low[k] = data[at];
        if (data[at] > high[k]) high[k] = data[at];
      }
  return { final, axes: { low, high } };
}

function layerDetail(
  drawn: DrawnExperiment,
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
  const { metric } = drawn.experiment.analyses.rdm;
  const missing: Record<string, string> = {};
  const components = pictureOf('pca', missing, () => {
    const { final, axes } = frame();
    const own = isFinal ? final : pca(activations, draws('pca') ? pictured : 0);
    return componentsDetail(drawn, own, isFinal ? null : projected(final, activations), axes);
  });
  const { of, counts } = drawn.conditions;
  const means = conditionMeans(activations, of, counts.length);
  const stimuli = chosenStimuli(drawn);
  const constantUnits = unitsThatDoNotVary(activations);
  // Earlier checkpoints are looked through quickly: a thousand permutations would take a second each.
  const permutations = isFinal ? drawn.permutations : labelPermutations(0, activations.rows);
  const units = {
    name,
    units: activations.cols,
    constantUnits,
    deadUnits: deadUnits(activations, constantUnits),
    selectivity: !draws('units')
      ? {}
      : (known ?? selectivity(activations, drawn.classLabels.labels, permutations).selectivity),
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
    rdm: withTrees({
      metric,
      conditions: pictureOfRdm('rdm.conditions', means, metric, missing),
      stimuli,
      single: pictureOfRdm('rdm.single', single, metric, missing),
    }),
  };
}

/** Of a place of which an RDM alone is known. */
function rdmDetail(drawn: DrawnExperiment, name: string, distances: Float64Array): LayerDetail {
  const why = `Of ${name} there are RDMs alone:`;
  const stimuli = chosenStimuli(drawn);
  const some = somePairs(distances, triangleSize(distances.length), stimuli);
  const conditions = drawn.conditions.counts.length;
  return {
    ...{
      name,
      units: 0,
      constantUnits: [],
      deadUnits: [],
      selectivity: {},
      conditionMeans: new Float32Array(),
    },
    missing: {
      pca: `${why} there are no units, and so no components.`,
      clusters: `${why} there are no units.`,
      'rdm.conditions': `${why} there are no activations to take condition means of.`,
    },
    pca: noComponents(),
    rdm: withTrees({
      metric: null,
      conditions: new Float32Array(conditions ** 2).fill(NaN),
      stimuli,
      single: fillSquare(new Float32Array(stimuli.length ** 2), some, stimuli.length),
    }),
  };
}

/** RDMs with the trees that they can be ordered by. */
function withTrees(rdm: LayerDetail['rdm']): LayerDetail['rdm'] {
  const [conditionTree, singleTree] = [rdm.conditions, rdm.single].map(clusterRdm);
  return { ...rdm, ...(conditionTree ? { conditionTree } : {}), ...(singleTree ? { singleTree } : {}) };
}

function unitsThatDoNotVary(activations: Matrix<Float32Array>): number[] {
  const varying = new Set(varyingUnits(activations));
  return Array.from({ length: activations.cols }, (_, unit) => unit).filter((unit) => !varying.has(unit));
}

/** @throws NumericalError where there is no component to be shown */
function componentsDetail(
  drawn: DrawnExperiment,
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
    correlation: pcaCorrelations(drawn.pcaLabels, own).correlation,
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
 * Test stimuli that stand for all in pictures: the first of each condition in turn (as many of each as there are), ordered by condition; of more conditions than that,
 * conditions at even steps.
 *
 * @param most how many
 */
export function chosenStimuli(drawn: DrawnExperiment, most = picturedStimuli): Uint32Array {
  const { of, counts } = drawn.conditions;
  const members = counts.map(() => [] as number[]);
  of.forEach((condition, stimulus) => members[condition].push(stimulus));
  const total = Math.min(most, of.length);
  if (counts.length > total)
    return Uint32Array.from({ length: total }, (_, k) => members[Math.floor((k * counts.length) / total)][0]);
  const taken = counts.map(() => 0);
  for (let left = total; left > 0;)
    for (let c = 0; c < counts.length && left > 0; c++)
      if (taken[c] < counts[c]) {
        taken[c]++;
        left--;
      }
  return Uint32Array.from(members.flatMap((stimuli, c) => stimuli.slice(0, taken[c])));
}
