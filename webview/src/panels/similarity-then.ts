import { bestPair, layerWords } from '../../../src/protocol/measure-names';
import type { PairResults } from '../../../src/protocol/results';
import type { Answers, Query, View } from '../panel';
import { shortEpoch } from '../selectors';
import type { ShownReplicate } from './one-replicate';

/** After every epoch. */
const END = Number.MAX_SAFE_INTEGER;

/** Replicates compared at the layer and as they were at the checkpoint that are shown, where the results have others. */
interface Then {
  query: Query<'similarities'>;
  past: boolean;
  elsewhere: boolean;
}

/** @returns null where the results have what is shown */
export function thenOf(entry: PairResults, view: View, shown: ShownReplicate | null): Then | null {
  const { layer, capabilities, replicate } = view;
  const past = shown !== null && !shown.newest;
  const elsewhere =
    entry.layer !== layer && entry.layer !== bestPair && layer !== '' && capabilities.checkpoints;
  if (!past && !elsewhere) return null;
  const place = {
    layer: elsewhere ? layer : entry.layer,
    epoch: past ? shown.detail.epoch : END,
    point: replicate.point,
  };
  return {
    query: { kind: 'similarities', place, parameters: { measure: entry.measure }, late: true },
    past,
    elsewhere,
  };
}

/**
 * What of it is at hand, and what is said of that: what the results have until it has come.
 *
 * @returns `note` null where what is shown is what one looks at
 */
export function comparedThen(
  entry: PairResults,
  then: Then | null,
  answers: Answers,
): { entry: PairResults; note: string | null } {
  if (then === null) return { entry, note: null };
  const { query, past, elsewhere } = then;
  const where = elsewhere ? [query.place.layer] : [];
  const when = past ? [`epoch ${shortEpoch(query.place.epoch)}`] : [];
  const what = [...where, ...when].join(' at ');
  const models = past ? ' The RSA with label RDMs is of the final checkpoint.' : '';
  const until = elsewhere ? `those of ${layerWords(entry.layer)}` : 'the final ones';
  const found = answers.of(query);
  const failure = answers.failure(query);
  if (found !== undefined)
    return {
      entry: found,
      note: past
        ? `Similarities of networks are those of ${what}, each replicate at its newest checkpoint up to then.${models}`
        : null,
    };
  return {
    entry,
    note:
      failure === undefined
        ? `Similarities of networks are ${until} until those of ${what} are computed.${models}`
        : `Similarities of networks are ${until}: those of ${what} could not be computed (${failure}).`,
  };
}
