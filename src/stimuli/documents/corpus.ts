import type { Environment } from './environment';

/** Sequences of tokens, end to end. */
export interface Documents {
  /** Document after document: places in the vocabulary. */
  readonly tokens: Uint16Array;
  /** Where each document begins in `tokens`, in order; the last is the end of the last. */
  readonly starts: Uint32Array;
  /** Of each token: 1 where predicting it counts (for the loss; of an evaluation set: for its score), else 0. Never that of a document's first. */
  readonly counts: Uint8Array;
  /** What is known of each token. The same names, in the same order, in all documents of a corpus. */
  readonly columns: readonly TokenColumn[];
}

/** A property of a token or of its document, under a name that formulas may use: entity, relation, role, kind … */
interface TokenColumn {
  readonly name: string;
  /** Names of its values. The first is what tokens have that it says nothing of: `none`. */
  readonly values: readonly string[];
  /** Of each token, its value's place. */
  readonly codes: Uint16Array;
}

/** What a network is asked at the end of training and on the way: predict what counts in these documents. */
export interface EvaluationSet {
  readonly name: string;
  /** What it asks, in a sentence. */
  readonly says: string;
  readonly documents: Documents;
  /** Of each document, in forced choice: the tokens that one is right of, the right one among them. Absent where any token may be said. */
  readonly options?: readonly Uint16Array[];
  /** Where what a network does is asked, and not what it says of the documents: those are right that it brings to their end in time. */
  readonly environment?: Environment;
  /** What one would score who knew no more than each says. In order of knowledge. */
  readonly floors: readonly { readonly name: string; readonly score: number }[];
  /** The most that what is trained can tell, where that is less than all. */
  readonly ceiling?: { readonly name: string; readonly score: number };
  /** Where what it asks stands in its documents: the training documents of which that is true, by a column and its value. */
  readonly context?: { readonly column: string; readonly value: string };
}

/** Everything that is trained on and asked, drawn once for all networks and seeds. */
export interface Corpus {
  /** What the tokens are called. */
  readonly vocabulary: readonly string[];
  /** Tokens of the longest document, of training or asked. */
  readonly length: number;
  readonly train: Documents;
  readonly sets: readonly EvaluationSet[];
  /**
   * The world in which a network can act by what it says, for each document of a set; absent where documents tell of none.
   *
   * @param set the name of an evaluation set; null: of `train`
   */
  world?(set: string | null): Environment;
  /**
   * How far places of a maze are apart: the moves of the shortest way between each two, pair after pair. Absent where documents tell of no world.
   *
   * @param maze by its name in the column `maze`
   * @param places by their names in the column `place`, none of them `none`
   */
  geodesics?(maze: string, places: readonly string[]): Float64Array;
  /**
   * The training documents that an oracle would bring for one, not the document itself; empty where there are none.
   *
   * @param set the name of its evaluation set; null: of `train`
   * @param document its place there
   */
  relevant(set: string | null, document: number): Uint32Array;
}

/** What its kind draws of a corpus: what the tokens are called, and how many they are at most, is known before. */
export type DrawnCorpus = Omit<Corpus, 'vocabulary' | 'length'>;

/** The document that has a place, by halving. */
export function documentOf(starts: Uint32Array, place: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= place) low = middle;
    else high = middle;
  }
  return low;
}
