import { exp } from '../core/elementary';
import type { EvaluationSet } from '../stimuli/documents/corpus';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';

/** Places whose logits are held at once. */
const MOST_PLACES = 1024;

/** What is asked, with documents as the network sees them. */
type Asked = Pick<EvaluationSet, 'options'> & { readonly sequences: Sequences };

/** How answers to an evaluation set come out that are drawn by their probability; nothing is drawn. */
interface DrawnAnswers {
  /** Of each temperature and document the probability that all tokens that count are right (of a set with options: the first, among these), where logits are divided by the temperature. */
  readonly right: readonly Float64Array[];
  /** Of each document, for the first token that counts: the logit of the right one less the largest of another; NaN where none counts. */
  readonly margins: Float64Array;
}

export function drawnAnswers(
  forward: Pick<GraphForward, 'logits'>,
  { sequences, options }: Asked,
  temperatures: readonly number[],
): DrawnAnswers {
  const { starts, tokens, counts } = sequences;
  const documents = starts.length - 1;
  const places: { at: number; document: number; isFirst: boolean }[] = [];
  for (let document = 0; document < documents; document++) {
    let isFirst = true;
    for (let at = starts[document]; at < starts[document + 1]; at++) {
      // Of options one is chosen, at the first.
      if (counts[at] !== 1 || (options && !isFirst)) continue;
      places.push({ at, document, isFirst });
      isFirst = false;
    }
  }
  const right = temperatures.map(() => new Float64Array(documents).fill(1));
  const margins = new Float64Array(documents).fill(NaN);
  for (let from = 0; from < places.length; from += MOST_PLACES) {
    const some = places.slice(from, from + MOST_PLACES);
    const { cols, data } = forward.logits(
      sequences,
      some.map(({ at }) => at),
    );
    for (const [row, { at, document, isFirst }] of some.entries()) {
      const all = data.subarray(row * cols, (row + 1) * cols);
      const own = all[tokens[at]];
      const among = options ? Float32Array.from(options[document], (token) => all[token]) : all;
      for (const [i, temperature] of temperatures.entries())
        right[i][document] *= probabilityOf(own, among, temperature);
      if (isFirst) margins[document] = own - largestOther(all, tokens[at], options?.[document]);
    }
  }
  return { right, margins };
}

/** Of one of some logits, by softmax. */
function probabilityOf(own: number, among: Float32Array, temperature: number): number {
  let most = -Infinity;
  for (const logit of among) if (logit > most) most = logit;
  let sum = 0;
  for (const logit of among) sum += exp((logit - most) / temperature);
  return exp((own - most) / temperature) / sum;
}

function largestOther(logits: Float32Array, own: number, options: ArrayLike<number> | undefined): number {
  let most = -Infinity;
  for (const token of options ? Array.from(options) : logits.keys())
    if (token !== own && logits[token] > most) most = logits[token];
  return most;
}
