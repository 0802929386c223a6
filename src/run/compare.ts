import { groupMeans } from '../analysis/rsa/groups';
import { classicalMds } from '../analysis/mds';
import { type PairMatrix, pairMatrix } from '../analysis/pairs/pair-matrix';
import { ranges } from '../analysis/statistics/interval';
import type { Experiment } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import type { PairMeasure } from '../measures/measure';
import { pairMeasuresOf } from '../measures/measures';
import { TestView } from '../measures/site-view';
import { layersOf, mainLayer } from '../protocol/layers';
import { lastHidden } from '../protocol/measure-names';
import type { PairResults, RsaResults } from '../protocol/results';
import type { PairRequest } from './jobs';
import type { Laboratory } from './laboratory';
import { pictureOf } from './picture';

/**
 * How the replicates of an experiment are compared: by RSA first at the last hidden layer (with the experiment's metric and comparison, then
 * with others), then at every other layer; by every other measure at the last hidden layer.
 */
export function pairRequests({ networks, analyses }: Experiment): PairRequest[] {
  const depths = new Set(networks.map(({ hidden }) => hidden.length));
  const layers = layersOf(Math.max(...depths));
  const first = depths.size > 1 ? lastHidden : (mainLayer(layers)?.name ?? lastHidden);
  const names = [...new Set([first, ...layers.map(({ name }) => name)])];
  const measures = pairMeasuresOf(analyses.rdm);
  const at = (layer: string, isWanted: (one: PairMeasure) => boolean): PairRequest[] =>
    measures.filter(isWanted).map(({ name }) => ({ layer, measure: name }));
  return [
    ...names.flatMap((layer) => at(layer, ({ rdm }) => rdm !== undefined)),
    ...at(first, ({ rdm }) => rdm === undefined),
  ];
}

/** Where a network has the layer: its place among the network's layers; −1 where it has none. */
export function layerAt(hidden: number, layer: string): number {
  const layers = layersOf(hidden);
  const name = layer === lastHidden ? mainLayer(layers)?.name : layer;
  return layers.findIndex((one) => one.name === name);
}

/**
 * Compares replicates with each other.
 *
 * @param replicates their networks and seeds
 * @param activationsOf activations of a replicate's layer, test stimuli × units; asked for when they are needed, so that memory does
 *   not grow with the number of replicates
 * @param room bytes of what is compared that may be held
 */
export async function compareReplicates(
  laboratory: Laboratory,
  request: PairRequest,
  replicates: readonly { network: string; seed: number }[],
  activationsOf: (replicate: number) => Promise<Matrix<Float32Array>>,
  room: number,
): Promise<PairResults> {
  const { rdm, confidence } = laboratory.analyses;
  const measure = pairMeasuresOf(rdm).find(({ name }) => name === request.measure);
  if (!measure) throw new RangeError(`This experiment has no measure of pairs ${request.measure}.`);
  const found = await pairMatrix(
    measure,
    replicates.length,
    async (replicate) => new TestView(laboratory, await activationsOf(replicate)),
    room,
  );
  const { matrix } = found;
  const undefinedValues: Record<string, string> = measure.rdm ? {} : { ...found.undefinedValues };
  const mds = pictureOf('mds', undefinedValues, () => classicalMds(matrix, measure.more));
  return {
    measure: measure.name,
    layer: request.layer,
    labels: replicates.map(({ network, seed }) => `${network}/${seed}`),
    matrix,
    groups: groupMeans(
      matrix,
      replicates.map(({ network }) => network),
      confidence,
      ranges[measure.range],
    ),
    mds,
    undefinedValues,
    ...(measure.rdm ? { ...measure.rdm, ...overPairs(laboratory, measure.rdm, found) } : {}),
  };
}

/** How many pairs of stimuli an RDM has, and over how many each two were compared. */
function overPairs(
  { sets, conditions }: Laboratory,
  { over }: Pick<RsaResults, 'over'>,
  { used }: PairMatrix,
): Pick<RsaResults, 'stimulusPairs' | 'used'> {
  const count = over === 'stimuli' ? sets.test.inputs.rows : conditions.counts.length;
  const stimulusPairs = (count * (count - 1)) / 2;
  const isWhole = used === null || used.every((row) => row.every((one) => one === stimulusPairs));
  return { stimulusPairs, used: isWhole ? null : used };
}
