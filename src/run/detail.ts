import { type Pca, pca, project } from '../analysis/pca';
import { pcaCorrelations } from '../analysis/pca-correlation';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { conditionModelRdm, modelRdm } from '../analysis/rdm/model-rdm';
import { rdm, squareRdm } from '../analysis/rdm/rdm';
import { labelPermutations } from '../analysis/selectivity/label-permutations';
import { selectivity } from '../analysis/selectivity/selectivity';
import { varyingUnits } from '../analysis/selectivity/unit-columns';
import type { Network } from '../experiment/experiment';
import type { Label } from '../protocol/label';
import type { Matrix } from '../protocol/matrix';
import type { DetailPart } from '../protocol/dashboard';
import type { LabelRdm, LayerDetail, ReplicateDetail, StimuliDetail } from '../protocol/detail';
import type { SelectivityResults } from '../protocol/results';
import type { Engine, Trained } from '../training/engine';
import { outputUnits } from '../training/layout';
import { clusterConditions, clusterUnits } from './cluster-units';
import { labelInfos } from './label-info';
import type { Laboratory } from './laboratory';
import { deadUnits, ratios } from './measure-layer';
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

/**
 * What the pictures of one replicate at one checkpoint are drawn from.
 *
 * @param step a step of one of its checkpoints; null for the final one
 * @param only which layer, for which picture; the rest is left out or empty
 * @param known selectivity per layer where it has been computed before (the final checkpoint)
 * @throws RangeError where there is no checkpoint at the step
 */
export async function replicateDetail(
  laboratory: Laboratory,
  engine: Engine,
  network: Network,
  seed: number,
  trained: Trained,
  step: number | null,
  known?: readonly Record<string, SelectivityResults>[],
  only?: DetailPart,
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
      layerDetail(
        laboratory,
        names[layer],
        activations[layer],
        frameOf(ends, layer),
        final,
        known?.[layer],
        only?.picture,
      ),
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
  { final, axes }: Frame,
  isFinal: boolean,
  known: Record<string, SelectivityResults> | undefined,
  picture: DetailPart['picture'] | undefined,
): LayerDetail {
  const draws = (which: DetailPart['picture']): boolean => picture === undefined || picture === which;
  const { metric } = laboratory.experiment.analyses.rdm;
  const components = isFinal ? final : draws('pca') ? pca(activations, pictured) : pca(activations, 0);
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
  const clusters = draws('units') ? clusterUnits(units) : undefined;
  const conditionTree = draws('units') ? clusterConditions(units.conditionMeans, units.units) : undefined;
  const single = draws('rdm') ? rowsOf(activations, stimuli) : { rows: 0, cols: 0, data: new Float32Array() };
  return {
    ...units,
    ...(clusters ? { clusters } : {}),
    ...(conditionTree ? { conditionTree } : {}),
    pca: {
      components: components.components,
      explainedVarianceRatio: ratios(components),
      scores: Float32Array.from(components.scores.data),
      loadings: Float32Array.from(components.loadings.data),
      correlation: pcaCorrelations(laboratory.pcaLabels, components).correlation,
      ...(isFinal ? {} : { projected: projected(final, activations) }),
      axes,
    },
    rdm: {
      metric,
      conditions: squareRdm(rdm(means, metric)).data,
      stimuli,
      single: squareRdm(rdm(single, metric)).data,
    },
  };
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
