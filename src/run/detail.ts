import { pca, project } from '../analysis/pca';
import { pcaCorrelations } from '../analysis/pca-correlation';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { rdm, squareRdm } from '../analysis/rdm/rdm';
import { selectivity } from '../analysis/selectivity/selectivity';
import { layerVariances } from '../analysis/variance-explained-layers';
import type { Network } from '../experiment/experiment';
import type { Matrix } from '../protocol/matrix';
import type { LayerDetail, ReplicateDetail, StimuliDetail } from '../protocol/detail';
import type { SelectivityResults } from '../protocol/results';
import type { Engine, Trained } from '../training/engine';
import type { Laboratory } from './laboratory';
import { deadUnits, ratios } from './measure-layer';
import { layerNames, record } from './replicate';

/** Components that pictures offer. */
const pictured = 10;

/** Single stimuli of a pictured RDM: more would not be told apart on a screen. */
const picturedStimuli = 128;

/** Labels of the test stimuli, for colours and orders. */
export function stimuliDetail(laboratory: Laboratory): StimuliDetail {
  return {
    count: laboratory.sets.test.inputs.rows,
    labels: laboratory.testLabels.map(({ name, source, kind, classes, width, values }) => ({
      name,
      source,
      kind,
      classes: [...classes],
      width,
      values,
    })),
    conditions: laboratory.conditions,
  };
}

/**
 * What the pictures of one replicate at one checkpoint are drawn from.
 *
 * @param step a step of one of its checkpoints; null for the final one
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
): Promise<ReplicateDetail> {
  const at =
    step === null
      ? trained.checkpoints.length - 1
      : trained.checkpoints.findIndex((checkpoint) => checkpoint.step === step);
  if (at < 0) throw new RangeError(`There is no checkpoint at step ${step}.`);
  const checkpoint = trained.checkpoints[at];
  const recording = await record(laboratory, engine, network, checkpoint.parameters);
  const variances = layerVariances(laboratory.designs, recording.fit, recording.test);
  return {
    network: network.name,
    seed,
    step: checkpoint.step,
    epoch: checkpoint.epoch,
    layers: layerNames(network).map((name, layer) =>
      layerDetail(laboratory, name, recording.test[layer], variances[layer].constantUnits, known?.[layer]),
    ),
  };
}

function layerDetail(
  laboratory: Laboratory,
  name: string,
  activations: Matrix<Float32Array>,
  constantUnits: number[],
  known: Record<string, SelectivityResults> | undefined,
): LayerDetail {
  const { metric } = laboratory.experiment.analyses.rdm;
  const components = pca(activations, pictured);
  const { of, counts } = laboratory.conditions;
  const means = conditionMeans(activations, of, counts.length);
  const stimuli = chosenStimuli(laboratory);
  return {
    name,
    units: activations.cols,
    constantUnits,
    deadUnits: deadUnits(activations, constantUnits),
    pca: {
      components: components.components,
      explainedVarianceRatio: ratios(components),
      scores: Float32Array.from(project(components, activations).data),
      loadings: Float32Array.from(components.loadings.data),
      correlation: pcaCorrelations(laboratory.pcaLabels, components).correlation,
    },
    selectivity:
      known ?? selectivity(activations, laboratory.classLabels.labels, laboratory.permutations).selectivity,
    conditionMeans: Float32Array.from(means.data),
    rdm: {
      metric,
      conditions: squareRdm(rdm(means, metric)).data,
      stimuli,
      single: squareRdm(rdm(rowsOf(activations, stimuli), metric)).data,
    },
  };
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
