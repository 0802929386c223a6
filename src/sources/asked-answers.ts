import { exp } from '../core/elementary';
import { mean } from '../core/mean';
import type { Documents, EvaluationSet } from '../stimuli/documents/corpus';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';
import { reachedBy } from './reached';

/** How a network of documents answers evaluation sets. */
interface AskedAnswers {
  /** Mean cross-entropy of the tokens that count in the first evaluation set, in nats. */
  readonly loss: number;
  /** By evaluation set the share of documents that are right: all tokens that count said, of options the right one, or brought to their end. */
  readonly accuracy: ReadonlyMap<string, number>;
  /** By evaluation set what else there is to say of its answers: the mean over documents, by the name of the measure. */
  readonly more: {
    readonly sampledAccuracy: ReadonlyMap<string, number>;
    readonly reciprocalRank: ReadonlyMap<string, number>;
  };
}

/** What is asked, with documents as the network sees them. */
type Asked = Pick<EvaluationSet, 'name' | 'options' | 'environment'> & {
  readonly sequences: Sequences;
  /** The same without what is brought before each; absent where nothing is. */
  readonly documents?: Pick<Documents, 'starts'>;
};

/** How each document is answered. */
interface DocumentAnswers {
  /** 1 where it is right. Of several tokens in a row that all are said what stands before each is what the network said itself. */
  readonly right: Uint8Array;
  /** The probability that it is, of who draws from the network's probabilities. */
  readonly sampled: Float64Array;
  /** One over the rank of the right token, at the first that counts: among all, or among the options. */
  readonly reciprocalRank: Float64Array;
}

/** Asks a network evaluation sets. */
export function askedAnswers(
  forward: Pick<GraphForward, 'answers' | 'logits'>,
  sets: readonly Asked[],
): AskedAnswers {
  let loss = 0;
  const accuracy = new Map<string, number>();
  const sampledAccuracy = new Map<string, number>();
  const reciprocalRank = new Map<string, number>();
  for (const [place, set] of sets.entries()) {
    const { answers, ...found } = rightOf(forward, set);
    accuracy.set(set.name, mean(found.right));
    // Of who acts these would be of the documents' moves, not of its own.
    if (!set.environment) {
      sampledAccuracy.set(set.name, mean(found.sampled));
      reciprocalRank.set(set.name, mean(found.reciprocalRank));
    }
    const { at, logProbability } = answers;
    if (place === 0) loss = -logProbability.reduce((sum, one) => sum + one, 0) / Math.max(1, at.length);
  }
  return { loss, accuracy, more: { sampledAccuracy, reciprocalRank } };
}

/** What a network says of documents, and how that answers each; where it acts, whether it gets there. */
export function rightOf(
  forward: Pick<GraphForward, 'answers' | 'logits'>,
  set: Omit<Asked, 'name'>,
): { answers: ReturnType<GraphForward['answers']> } & DocumentAnswers {
  const { sequences, documents = sequences, environment, options } = set;
  const answers = forward.answers(sequences);
  if (options) return { answers, ...chosen(forward, set, answers.at) };
  const found = said(set, answers);
  const right = environment ? reachedBy(forward, environment, sequences, documents) : found.right;
  return { answers, ...found, right };
}

/** Documents all of whose tokens that count are to be said: the likeliest token is the document's. */
function said(
  { sequences: { starts, tokens } }: Pick<Asked, 'sequences'>,
  answers: Pick<ReturnType<GraphForward['answers']>, 'at' | 'said' | 'logProbability' | 'rank'>,
): DocumentAnswers {
  const documents = starts.length - 1;
  const right = new Uint8Array(documents).fill(1);
  const logs = new Float64Array(documents);
  const reciprocalRank = new Float64Array(documents);
  let document = 0;
  for (const [i, place] of answers.at.entries()) {
    while (place >= starts[document + 1]) document++;
    if (answers.said[i] !== tokens[place]) right[document] = 0;
    logs[document] += answers.logProbability[i];
    reciprocalRank[document] ||= 1 / answers.rank[i];
  }
  return { right, sampled: logs.map(exp), reciprocalRank };
}

/** Documents of whose options the right token is to be chosen, at the first token that counts: that of the largest logit. */
function chosen(
  forward: Pick<GraphForward, 'logits'>,
  { sequences, options = [] }: Pick<Asked, 'options' | 'sequences'>,
  at: Uint32Array,
): DocumentAnswers {
  const { starts, tokens } = sequences;
  const first = new Uint32Array(options.length);
  let document = 0;
  // Upwards, so that the first of each document is met first.
  for (const place of at) {
    while (place >= starts[document + 1]) document++;
    first[document] ||= place;
  }
  const { cols, data } = forward.logits(sequences, first);
  const of = options.map((among, i) => {
    const logits = data.subarray(i * cols, (i + 1) * cols);
    const own = logits[tokens[first[i]]];
    const most = Math.max(...Array.from(among, (token) => logits[token]));
    const sum = among.reduce((total, token) => total + exp(logits[token] - most), 0);
    // Itself is one of them.
    const rank = among.reduce((count, token) => count + (logits[token] >= own ? 1 : 0), 0);
    return { rank, sampled: exp(own - most) / sum };
  });
  return {
    right: Uint8Array.from(of, ({ rank }) => (rank === 1 ? 1 : 0)),
    sampled: Float64Array.from(of, ({ sampled }) => sampled),
    reciprocalRank: Float64Array.from(of, ({ rank }) => 1 / rank),
  };
}
