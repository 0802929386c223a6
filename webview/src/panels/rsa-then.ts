import { isRsa } from '../../../src/protocol/pair-results';
import type { RsaResults } from '../../../src/protocol/results';
import { reason } from '../figure';
import type { Bench, ShownReplicate } from '../panel';
import { shortEpoch } from '../selectors';

/** Who scrubs on does not want every position: similarities take a second (milliseconds). */
const rest = 250;

/**
 * Draws similarities of networks as they were at the checkpoint that is shown: the final ones until those are computed.
 *
 * @param note says which are drawn; hidden where they are the final ones by choice
 */
export function similaritiesThen(bench: Bench, note: HTMLElement) {
  let wish = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawn: { of: string; entry: RsaResults } | undefined;
  return (
    entry: RsaResults | undefined,
    shown: ShownReplicate | null,
    draw: (entry: RsaResults | undefined) => void,
  ): void => {
    const mine = ++wish;
    clearTimeout(timer);
    note.hidden = entry === undefined || shown === null || shown.newest;
    if (entry === undefined || shown === null || shown.newest) {
      draw(entry);
      return;
    }
    const { epoch } = shown.detail;
    const { layer, measure } = entry;
    const key = { layer, measure, epoch };
    const of = JSON.stringify(key);
    const when = `epoch ${shortEpoch(epoch)}`;
    const models = 'The RSA with label RDMs is of the final checkpoint.';
    const arrived = (past: RsaResults): void => {
      drawn = { of, entry: past };
      note.textContent = `Similarities of networks are those of ${when}, each replicate at its newest checkpoint up to then. ${models}`;
      draw(past);
    };
    if (drawn?.of === of) {
      arrived(drawn.entry);
      return;
    }
    note.textContent = `Similarities of networks are the final ones until those of ${when} are computed. ${models}`;
    draw(entry);
    timer = setTimeout(() => {
      bench.similarities(key).then(
        (past) => {
          if (mine === wish && isRsa(past)) arrived(past);
        },
        (error: unknown) => {
          if (mine === wish)
            note.textContent = `Similarities of networks are the final ones: those of ${when} could not be computed (${reason(error)}).`;
        },
      );
    }, rest);
  };
}
