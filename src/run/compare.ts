import { classicalMds } from '../analysis/mds';
import { similarityMatrix } from '../analysis/rsa/compare';
import { groupMeans } from '../analysis/rsa/groups';
import type { Experiment } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import { layersOf, mainLayer } from '../protocol/layers';
import { lastHidden } from '../protocol/measure-names';
import type { RsaResults } from '../protocol/results';
import type { RsaRequest } from './jobs';
import type { Laboratory } from './laboratory';
import { layerRdm } from '../measures/site-view';
import { pictureOf } from './picture';

/**
 * The RSA matrices of an experiment: first the last hidden layer with the experiment's metric and comparison, then the
 * same with Euclidean distances and Pearson, then every other layer that two networks or more share.
 */
export function rsaRequests({ networks, analyses }: Experiment): RsaRequest[] {
  const { metric, comparison, over } = analyses.rdm;
  const depths = new Set(networks.map(({ hidden }) => hidden.length));
  const layers = layersOf(Math.max(...depths));
  const first = depths.size > 1 ? { name: lastHidden } : mainLayer(layers);
  const names = new Set([first, ...layers].flatMap((layer) => layer?.name ?? []));
  const measures = [
    { metric, comparison, over },
    { metric: 'correlation', comparison: 'pearson', over } as const,
    { metric: 'euclidean', comparison: 'pearson', over } as const,
  ].filter(
    (measure, at, all) =>
      all.findIndex((other) => other.metric === measure.metric && other.comparison === measure.comparison) ===
      at,
  );
  return [...names].flatMap((layer) => measures.map((measure) => ({ layer, ...measure })));
}

/** Where a network has the layer: its place among the network's layers; −1 where it has none. */
export function layerAt(hidden: number, layer: string): number {
  const layers = layersOf(hidden);
  const name = layer === lastHidden ? mainLayer(layers)?.name : layer;
  return layers.findIndex((one) => one.name === name);
}

/**
 * Compares the RDMs of replicates.
 *
 * @param replicates their networks and seeds
 * @param activationsOf activations of a replicate's layer, test stimuli × units; asked for when they are needed, so that memory does
 *   not grow with the number of replicates
 * @param room bytes of RDMs that may be held
 */
export async function compareReplicates(
  laboratory: Laboratory,
  request: RsaRequest,
  replicates: readonly { network: string; seed: number }[],
  activationsOf: (replicate: number) => Promise<Matrix<Float32Array>>,
  room: number,
): Promise<RsaResults> {
  const { matrix, pairs, used } = await similarityMatrix(
    replicates.length,
    async (replicate) => layerRdm(laboratory, await activationsOf(replicate), request),
    room,
  );
  const networks = replicates.map(({ network }) => network);
  const undefinedValues: Record<string, string> = {};
  const mds = pictureOf('mds', undefinedValues, () => classicalMds(matrix));
  return {
    layer: request.layer,
    metric: request.metric,
    comparison: request.comparison,
    over: request.over,
    labels: replicates.map(({ network, seed }) => `${network}/${seed}`),
    matrix,
    stimulusPairs: pairs,
    used,
    groups: groupMeans(matrix, networks, laboratory.experiment.analyses.confidence),
    mds,
    undefinedValues,
  };
}
