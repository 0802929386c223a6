import { doneReplicates } from '../../../src/analysis/findings';
import { layerWords } from '../../../src/protocol/measure-names';
import type { PairResults } from '../../../src/protocol/results';
import { reason } from '../figure';
import type { Bench, View } from '../panel';
import { shortEpoch } from '../selectors';

/** Who scrubs on does not want every position: comparisons take a second (milliseconds). */
const rest = 250;

/** After every epoch. */
const END = Number.MAX_SAFE_INTEGER;

/**
 * Draws replicates compared at the layer and as they were at the checkpoint that are shown: what the results have until that is computed.
 *
 * @param note says which are drawn; hidden where they are what is shown
 */
export function similaritiesThen(bench: Bench, note: HTMLElement) {
  let wish = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawn: { of: string; entry: PairResults } | undefined;
  return (
    entry: PairResults | undefined,
    { shown, layer, capabilities, results }: Pick<View, 'shown' | 'layer' | 'capabilities' | 'results'>,
    draw: (entry: PairResults | undefined) => void,
  ): void => {
    const mine = ++wish;
    clearTimeout(timer);
    const past = shown !== null && !shown.newest;
    const elsewhere =
      entry !== undefined && entry.layer !== layer && layer !== '' && capabilities.checkpoints;
    note.hidden = entry === undefined || !(past || elsewhere);
    if (entry === undefined || note.hidden) {
      draw(entry);
      return;
    }
    const key = {
      layer: elsewhere ? layer : entry.layer,
      epoch: past ? shown.detail.epoch : END,
    };
    const done = results.networks.map((network) => doneReplicates(network).length);
    const of = JSON.stringify([key, entry.measure, results.fingerprint, done]);
    const where = elsewhere ? [layer] : [];
    const when = past ? [`epoch ${shortEpoch(shown.detail.epoch)}`] : [];
    const what = [...where, ...when].join(' at ');
    const models = past ? ' The RSA with label RDMs is of the final checkpoint.' : '';
    const until = elsewhere ? `those of ${layerWords(entry.layer)}` : 'the final ones';
    const arrived = (found: PairResults): void => {
      drawn = { of, entry: found };
      note.hidden = !past;
      note.textContent = `Similarities of networks are those of ${what}, each replicate at its newest checkpoint up to then.${models}`;
      draw(found);
    };
    if (drawn?.of === of) {
      arrived(drawn.entry);
      return;
    }
    note.textContent = `Similarities of networks are ${until} until those of ${what} are computed.${models}`;
    draw(entry);
    timer = setTimeout(() => {
      bench.similarities(key, entry.measure).then(
        (found) => {
          if (mine === wish) arrived(found);
        },
        (error: unknown) => {
          if (mine === wish)
            note.textContent = `Similarities of networks are ${until}: those of ${what} could not be computed (${reason(error)}).`;
        },
      );
    }, rest);
  };
}
