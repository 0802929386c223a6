import { exp, log } from '../../core/elementary';
import type { Documents } from './corpus';

/** What a table of counts says of each token that is asked: the best that can be told from how often each token followed the same beginning of a document. */
interface CountTable {
  /** Of each token that counts: how often what came before it begins a training document. */
  readonly votes: Uint32Array;
  /** The probability of the right token, in the proportion of the counts; where there are none, the floor. */
  readonly probability: Float64Array;
  /** The probability that the most frequent one is right; ties are broken at random. */
  readonly greedy: Float64Array;
  /** The probability of the right token where that of each is in the proportion of its count to the power of 1 / the temperature; where there are none, the floor. */
  readonly drawn: (temperature: number) => Float64Array;
  /** ln of the votes for the right token less ln of the most for another, half a vote added to each; NaN where there are none. */
  readonly margin: Float64Array;
}

/** Beginnings of documents as a tree: a branch for each next token. */
class Beginning {
  readonly branches = new Map<number, Beginning>();
  /** What follows it in training documents, and how often; null where nothing that is asked does. */
  following: Map<number, number> | null = null;
}

/**
 * Counts, for every token that is asked, what follows the same beginning in the training documents. Greedy answers by it are the plurality of votes; what a network that
 * has learnt the distribution of the documents says at temperature 1 is right as often as `probability` says. Its time grows with the tokens of both.
 *
 * @param floor how often one is right that has no votes
 */
export function countTable(train: Documents, asked: Documents, floor: number): CountTable {
  const root = new Beginning();
  const found: { following: ReadonlyMap<number, number>; right: number }[] = [];
  for (let document = 0; document < asked.starts.length - 1; document++) {
    let beginning = root;
    for (let at = asked.starts[document]; at < asked.starts[document + 1]; at++) {
      const token = asked.tokens[at];
      if (asked.counts[at] === 1)
        found.push({ following: (beginning.following ??= new Map()), right: token });
      let next = beginning.branches.get(token);
      if (!next) beginning.branches.set(token, (next = new Beginning()));
      beginning = next;
    }
  }
  for (let document = 0; document < train.starts.length - 1; document++) {
    let beginning: Beginning | undefined = root;
    for (let at = train.starts[document]; beginning && at < train.starts[document + 1]; at++) {
      const token = train.tokens[at];
      beginning.following?.set(token, (beginning.following.get(token) ?? 0) + 1);
      beginning = beginning.branches.get(token);
    }
  }
  const of = found.map(({ following, right: token }) => {
    const votes = [...following.values()].reduce((sum, count) => sum + count, 0);
    const right = following.get(token) ?? 0;
    if (votes === 0) return { votes, probability: floor, greedy: floor, margin: NaN };
    const most = Math.max(...following.values());
    const tied = [...following.values()].filter((count) => count === most).length;
    const another = Math.max(
      0,
      ...[...following].flatMap(([next, count]) => (next === token ? [] : [count])),
    );
    const margin = log((right + 0.5) / (another + 0.5));
    return { votes, probability: right / votes, greedy: right === most ? 1 / tied : 0, margin };
  });
  const drawnAt = (temperature: number) => {
    const power = (count: number, most: number): number =>
      count === 0 ? 0 : exp(log(count / most) / temperature);
    return Float64Array.from(found, ({ following, right }) => {
      const most = Math.max(0, ...following.values());
      if (most === 0) return floor;
      const sum = [...following.values()].reduce((all, count) => all + power(count, most), 0);
      return power(following.get(right) ?? 0, most) / sum;
    });
  };
  return {
    votes: Uint32Array.from(of, ({ votes }) => votes),
    probability: Float64Array.from(of, ({ probability }) => probability),
    greedy: Float64Array.from(of, ({ greedy }) => greedy),
    drawn: drawnAt,
    margin: Float64Array.from(of, ({ margin }) => margin),
  };
}
