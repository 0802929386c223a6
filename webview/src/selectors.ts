import { mainLayer } from '../../src/protocol/layers';
import type { Choice, View } from './panel';
import type { Chosen } from './choices';
import { plural } from './number';

/** Network, seed and layer: chosen once for all panels; the checkpoint has the scrubber beside them. */
export const placeChoices: {
  network: Choice<string, object>;
  seed: Choice<number, object>;
  layer: Choice<string, object>;
} = {
  network: {
    initial: '',
    label: 'Network',
    options: (_, { networks, network }) =>
      networks.map((name) => ({ value: name, label: name, byDefault: name === network })),
  },
  seed: {
    initial: 0,
    label: 'Seed',
    // What the host cannot offer is not there to be chosen.
    options: (_, { offers, network, seed: shown }) =>
      offers.length <= new Set(offers.map((offer) => offer.network)).size
        ? []
        : offers
            .filter((offer) => offer.network === network)
            .map(({ seed }) => ({ value: seed, label: String(seed), byDefault: seed === shown })),
  },
  layer: {
    initial: '',
    label: 'Layer',
    options: (_, { results, network, layer }) =>
      (results.networks.find(({ name }) => name === network)?.layers ?? []).map(({ name, units }) => ({
        value: name,
        label: `${name} (${plural(units, 'unit')})`,
        byDefault: name === layer,
      })),
  },
};

export function shortEpoch(epoch: number): string {
  return String(Number(epoch.toPrecision(4)));
}

/** Where training stands: `epoch 0.9 of 100, still training`; at its last epoch it does not train any more. */
export function trainingEpoch(epoch: number, until: number | undefined): string {
  return `epoch ${shortEpoch(epoch)}${until === undefined ? '' : ` of ${shortEpoch(until)}, ${standing(epoch, until)}`}`;
}

export function standing(epoch: number, until: number): string {
  return epoch < until ? 'still training' : 'not analysed yet';
}

/**
 * What there is, with what is chosen of it: what is not there (any longer) replaced by what is; a layer is given by name.
 *
 * @param ofReplicate whether what is shown needs a replicate that has pictures
 */
export function viewOf(
  there: Pick<View, 'results' | 'capabilities' | 'offers' | 'comparisons' | 'running'>,
  chosen: Chosen,
  ofReplicate: boolean,
): View {
  const { results, offers } = there;
  const networks = ofReplicate
    ? [...new Set(offers.map((offer) => offer.network))]
    : results.networks.map(({ name }) => name);
  const network = networks.includes(chosen.network) ? chosen.network : (networks[0] ?? '');
  const ofNetwork = offers.filter((offer) => offer.network === network);
  const offer = ofNetwork.find(({ seed }) => seed === chosen.seed) ?? ofNetwork[0];
  const known = offer?.checkpoints.some(({ step }) => step === chosen.step) ?? false;
  const layers = results.networks.find(({ name }) => name === network)?.layers ?? [];
  return {
    ...there,
    networks,
    network,
    seed: offer?.seed ?? 0,
    step: known && chosen.step !== offer?.checkpoints.at(-1)?.step ? chosen.step : null,
    layer: (layers.find(({ name }) => name === chosen.layer) ?? mainLayer(layers))?.name ?? '',
    selected: chosen.selected,
    wished: chosen,
  };
}
