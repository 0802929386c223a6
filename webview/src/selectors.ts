import { mainLayer } from '../../src/protocol/layers';
import { allRecorded } from '../../src/protocol/recorded';
import { resultsAt } from '../../src/protocol/results-at';
import { pointText } from '../../src/protocol/setting-text';
import { isSame, type Replicate } from '../../src/core/replicate';
import type { ReplicateOffer } from '../../src/protocol/dashboard';
import type { Choice, Option, Panel, View } from './panel';
import type { Chosen } from './choices';
import { plural } from './number';
import { isRecorded, replicateNumber } from './replicate-name';

/** What a replicate is chosen by: once for all panels. */
export const replicateChoices: { readonly [P in keyof Replicate]: Choice<Replicate[P], object> } = {
  source: {
    initial: '',
    label: ({ results }) => (allRecorded(results) ? 'Recording' : 'Network'),
    options: (_, { networks, replicate: { source } }) =>
      networks.map((name) => ({ value: name, label: name, byDefault: name === source })),
  },
  point: {
    initial: 0,
    label: 'Point',
    options: (_, { whole: { sweep }, replicate }) =>
      (sweep?.points ?? []).map(({ values }, value) => ({
        value,
        label: pointText(sweep?.settings ?? [], values),
        byDefault: value === replicate.point,
      })),
  },
  seed: {
    initial: 0,
    label: ({ results, replicate: { source } }) => (isRecorded(results, source) ? 'Replicate' : 'Seed'),
    // What the host cannot offer is not there to be chosen.
    options: (_, { offers, results, replicate: { source, seed: shown } }) =>
      offers.length <= new Set(offers.map((offer) => offer.source)).size
        ? []
        : numbers(
            offersOf(offers, source).map(({ seed }) => seed),
            shown,
            (seed) => replicateNumber(results, { source, seed }),
          ),
  },
};

/** The same with the layer; the checkpoint has the scrubber beside them. */
export const placeChoices: typeof replicateChoices & { readonly layer: Choice<string, object> } = {
  ...replicateChoices,
  layer: {
    initial: '',
    label: 'Layer',
    options: (_, { results, replicate: { source }, layer }) =>
      (results.networks.find(({ name }) => name === source)?.layers ?? []).map(({ name, units }) => ({
        value: name,
        label: units === 0 ? name : `${name} (${plural(units, 'unit')})`,
        byDefault: name === layer,
      })),
  },
};

function numbers(all: readonly number[], shown: number, label: (value: number) => string): Option<number>[] {
  return all.map((value) => ({ value, label: label(value), byDefault: value === shown }));
}

function offersOf(offers: readonly ReplicateOffer[], source: string): ReplicateOffer[] {
  return offers.filter((offer) => offer.source === source);
}

/** Those of the choices of a place that a panel follows: the point of a sweep, and what it says. */
export function followedChoices({
  follows,
  ofSweep = false,
}: Pick<Panel, 'follows' | 'ofSweep'>): (keyof typeof placeChoices)[] {
  const own = follows.flatMap((one): (keyof typeof placeChoices)[] => {
    if (one === 'replicate') return ['source', 'seed'];
    return one === 'layer' ? ['layer'] : [];
  });
  return ofSweep ? own : ['point', ...own];
}

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
  there: Pick<View, 'whole' | 'capabilities' | 'offers' | 'comparisons' | 'running'>,
  chosen: Chosen,
  ofReplicate: boolean,
): View {
  const { whole } = there;
  const point = whole.sweep?.points[chosen.point] ? chosen.point : 0;
  const results = resultsAt(whole, point);
  const offers = there.offers.filter((offer) => offer.point === point);
  const networks = ofReplicate
    ? [...new Set(offers.map((one) => one.source))]
    : results.networks.map(({ name }) => name);
  const source = networks.includes(chosen.source)
    ? chosen.source
    : (networks.find((name) => hasCourse(offers, name)) ?? networks[0] ?? '');
  const offer = nearest(offersOf(offers, source), chosen);
  const known = offer?.checkpoints.some(({ step }) => step === chosen.step) ?? false;
  const layers = results.networks.find(({ name }) => name === source)?.layers ?? [];
  return {
    ...there,
    ...{ results, offers, offeredPoints: [...new Set(there.offers.map((one) => one.point))] },
    networks,
    replicate: { source, point, seed: offer?.seed ?? 0 },
    step: known && chosen.step !== offer?.checkpoints.at(-1)?.step ? chosen.step : null,
    layer: (layers.find(({ name }) => name === chosen.layer) ?? mainLayer(layers))?.name ?? '',
    selected: chosen.selected,
    wished: chosen,
  };
}

/** Something was trained: at first it is shown before what stands for itself, a circuit or initial weights. */
function hasCourse(offers: readonly ReplicateOffer[], source: string): boolean {
  return offersOf(offers, source).some(({ checkpoints }) => checkpoints.length > 1);
}

/** The offer of a seed; else the first. */
function nearest(offers: readonly ReplicateOffer[], { seed }: Chosen): ReplicateOffer | undefined {
  return offers.find((offer) => offer.seed === seed) ?? offers[0];
}

/** What is offered of a replicate. */
export function offerOf(offers: readonly ReplicateOffer[], replicate: Replicate): ReplicateOffer | undefined {
  return offers.find((offer) => isSame(offer, replicate));
}
