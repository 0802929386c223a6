import type { LayerDetail, ReplicateDetail } from '../../../src/protocol/detail';
import { placeName, type ShownReplicate } from './one-replicate';

/**
 * What is shown, with the mean of the layer's RDMs over its replicates in place of the one of the chosen replicate. RDMs are
 * over the same stimuli whatever the seed, so that their means mean something; units and components do not correspond.
 *
 * @param peers the other replicates of the network
 * @param finals the same at the newest checkpoint of each, where another is shown
 * @returns null where there is no other replicate
 */
export function meanOverSeeds(
  shown: ShownReplicate,
  peers: readonly ReplicateDetail[],
  finals: readonly ReplicateDetail[],
): ShownReplicate | null {
  const { layer, detail, final } = shown;
  const layers = sameLayers(layer, peers);
  if (layers.length < 2) return null;
  const epochs = new Set([detail.epoch, ...peers.map(({ epoch }) => epoch)]);
  const when = epochs.size === 1 ? `epoch ${String(detail.epoch)}` : 'the newest checkpoint of each';
  const name = placeName(shown, `${detail.source}, mean over ${layers.length} replicates`, when);
  return {
    ...shown,
    layer: meanLayer(layer, peers),
    name,
    ...(final === undefined ? {} : { final: meanLayer(final, finals) }),
  };
}

/** A layer with the mean of its RDMs and those of other replicates in place of its own. */
function meanLayer(layer: LayerDetail, peers: readonly ReplicateDetail[]): LayerDetail {
  const layers = sameLayers(layer, peers);
  return {
    ...layer,
    rdm: {
      ...layer.rdm,
      conditions: mean(layers.map(({ rdm }) => rdm.conditions)),
      single: mean(layers.map(({ rdm }) => rdm.single)),
    },
  };
}

function sameLayers(layer: LayerDetail, peers: readonly ReplicateDetail[]): LayerDetail[] {
  return [layer, ...peers.flatMap((peer) => peer.layers.find(({ name }) => name === layer.name) ?? [])];
}

/** Entry by entry; undefined where it is undefined in any. */
function mean(matrices: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(matrices[0]?.length ?? 0);
  for (const matrix of matrices)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (matrix[at] ?? NaN);
  return Float32Array.from(sum, (value) => value / matrices.length);
}
