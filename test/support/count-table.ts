import type { Documents } from '../../src/stimuli/documents/corpus';

/** What a table of counts says of each token that is asked: the best that can be told from how often each token followed the same beginning of a document. */
interface CountTable {
  /** Of each token that counts: how often what came before it begins a training document. */
  readonly votes: Uint32Array;
  /** The probability of the right token, in the proportion of the counts; where there are none, of any of the tokens that are guessed among. */
  readonly probability: Float64Array;
  /** The probability that the most frequent one is right; ties are broken at random. */
  readonly greedy: Float64Array;
}

/**
 * Counts, for every token that is asked, what follows the same beginning in the training documents. Greedy answers by it are the plurality of votes; what a network that
 * has learnt the distribution of the documents says at temperature 1 is right as often as `probability` says.
 *
 * @param guesses tokens among which one guesses that has no votes
 */
export function countTable(train: Documents, asked: Documents, guesses: number): CountTable {
  const places = [...asked.counts.keys()].filter((at) => asked.counts[at] === 1);
  const startOf = new Uint32Array(asked.tokens.length);
  for (let d = 0; d < asked.starts.length - 1; d++)
    startOf.fill(asked.starts[d], asked.starts[d], asked.starts[d + 1]);
  const beginnings = places.map((at) => asked.tokens.subarray(startOf[at], at));
  const counts = new Map(beginnings.map((beginning) => [beginning.join(), new Map<number, number>()]));
  const lengths = new Set(beginnings.map(({ length }) => length));
  for (let d = 0; d < train.starts.length - 1; d++)
    for (const length of lengths) {
      const end = train.starts[d] + length;
      if (end >= train.starts[d + 1]) continue;
      const following = counts.get(train.tokens.subarray(train.starts[d], end).join());
      const token = train.tokens[end];
      following?.set(token, (following.get(token) ?? 0) + 1);
    }
  const of = places.map((at, i) => {
    const following = counts.get(beginnings[i].join()) ?? new Map<number, number>();
    const votes = [...following.values()].reduce((sum, count) => sum + count, 0);
    const right = following.get(asked.tokens[at]) ?? 0;
    if (votes === 0) return { votes, probability: 1 / guesses, greedy: 1 / guesses };
    const most = Math.max(...following.values());
    const tied = [...following.values()].filter((count) => count === most).length;
    return { votes, probability: right / votes, greedy: right === most ? 1 / tied : 0 };
  });
  return {
    votes: Uint32Array.from(of, ({ votes }) => votes),
    probability: Float64Array.from(of, ({ probability }) => probability),
    greedy: Float64Array.from(of, ({ greedy }) => greedy),
  };
}
