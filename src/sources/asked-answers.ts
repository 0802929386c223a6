import type { EvaluationSet } from '../stimuli/documents/corpus';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';

/** How a network of documents answers evaluation sets. */
interface AskedAnswers {
  /** Mean cross-entropy of the tokens that count in the first evaluation set, in nats. */
  readonly loss: number;
  /** By evaluation set the share of documents that are right: all tokens that count said, or of options the right one. */
  readonly accuracy: ReadonlyMap<string, number>;
}

/** What is asked, with documents as the network sees them. */
type Asked = Pick<EvaluationSet, 'name' | 'options'> & { readonly sequences: Sequences };

/** Asks a network evaluation sets. */
export function askedAnswers(
  forward: Pick<GraphForward, 'answers' | 'logits'>,
  sets: readonly Asked[],
): AskedAnswers {
  let loss = 0;
  const accuracy = new Map<string, number>();
  for (const [place, set] of sets.entries()) {
    const { at, said, logProbability } = forward.answers(set.sequences);
    const right = set.options ? chosenRight(forward, set, at) : saidRight(set, at, said);
    accuracy.set(set.name, right / (set.sequences.starts.length - 1));
    if (place === 0) loss = -logProbability.reduce((sum, one) => sum + one, 0) / Math.max(1, at.length);
  }
  return { loss, accuracy };
}

/** Documents all of whose tokens that count are said: the likeliest token is the document's. */
function saidRight({ sequences: { starts, tokens } }: Asked, at: Uint32Array, said: Uint16Array): number {
  const wrong = new Set<number>();
  let document = 0;
  for (const [i, place] of at.entries()) {
    while (place >= starts[document + 1]) document++;
    if (said[i] !== tokens[place]) wrong.add(document);
  }
  return starts.length - 1 - wrong.size;
}

/** Documents of whose options the right token has the largest logit, at the first token that counts. */
function chosenRight(
  forward: Pick<GraphForward, 'logits'>,
  { sequences, options = [] }: Asked,
  at: Uint32Array,
): number {
  const { starts, tokens } = sequences;
  const first = Uint32Array.from(options, (_, document) => at.find((place) => place > starts[document]) ?? 0);
  const { cols, data } = forward.logits(sequences, first);
  return options.reduce((right, among, document) => {
    const logits = data.subarray(document * cols, (document + 1) * cols);
    const answer = tokens[first[document]];
    const isBest = among.every((other) => other === answer || logits[other] < logits[answer]);
    return right + (isBest ? 1 : 0);
  }, 0);
}
