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
    const { answers, right } = rightOf(forward, set);
    accuracy.set(set.name, right.reduce((sum, one) => sum + one, 0) / right.length);
    const { at, logProbability } = answers;
    if (place === 0) loss = -logProbability.reduce((sum, one) => sum + one, 0) / Math.max(1, at.length);
  }
  return { loss, accuracy };
}

/** What a network says of documents, and of each 1 where that is right: all tokens that count said, or of options the right one. */
export function rightOf(
  forward: Pick<GraphForward, 'answers' | 'logits'>,
  set: Pick<Asked, 'options' | 'sequences'>,
): { answers: ReturnType<GraphForward['answers']>; right: Uint8Array } {
  const answers = forward.answers(set.sequences);
  const right = set.options ? chosenRight(forward, set, answers.at) : saidRight(set, answers);
  return { answers, right };
}

/** Documents all of whose tokens that count are said: the likeliest token is the document's. */
function saidRight(
  { sequences: { starts, tokens } }: Pick<Asked, 'sequences'>,
  { at, said }: Pick<ReturnType<GraphForward['answers']>, 'at' | 'said'>,
): Uint8Array {
  const right = new Uint8Array(starts.length - 1).fill(1);
  let document = 0;
  for (const [i, place] of at.entries()) {
    while (place >= starts[document + 1]) document++;
    if (said[i] !== tokens[place]) right[document] = 0;
  }
  return right;
}

/** Documents of whose options the right token has the largest logit, at the first token that counts. */
function chosenRight(
  forward: Pick<GraphForward, 'logits'>,
  { sequences, options = [] }: Pick<Asked, 'options' | 'sequences'>,
  at: Uint32Array,
): Uint8Array {
  const { starts, tokens } = sequences;
  const first = new Uint32Array(options.length);
  let document = 0;
  // Upwards, so that the first of each document is met first.
  for (const place of at) {
    while (place >= starts[document + 1]) document++;
    first[document] ||= place;
  }
  const { cols, data } = forward.logits(sequences, first);
  return Uint8Array.from(options, (among, of) => {
    const logits = data.subarray(of * cols, (of + 1) * cols);
    const answer = tokens[first[of]];
    return among.every((other) => other === answer || logits[other] < logits[answer]) ? 1 : 0;
  });
}
