import type { Replicate } from '../core/replicate';

/** Documents that one looks at together, at most. */
export const mostDocuments = 32;

/** Those of a set that are asked one by one, the first: of training documents there are many, and all alike. */
export const documentsAsked = 1024;

/** Those of one picture. */
export const documentsOfPicture = 16;

/** Which documents of a set: all, or those that are answered rightly, or wrongly. */
export const documentsShown = ['all', 'wrong', 'right'] as const;
export type DocumentsShown = (typeof documentsShown)[number];

/** Which documents are looked at. */
export interface DocumentsWish {
  /** 0 the training documents, n the nth evaluation set. */
  set: number;
  shown: DocumentsShown;
  /** How many of those that are shown come before. */
  after: number;
  most: number;
}

/** A document as a network sees it, and what the network says of it, token by token. */
export interface SaidDocument {
  /** Its place in its set, from 0. */
  readonly document: number;
  readonly tokens: readonly string[];
  /** Tokens that retrieval brought before its own. */
  readonly brought: number;
  /** Of each token whether it is asked for (of training documents: trained). */
  readonly counts: readonly boolean[];
  /** Of each token but the first: the likeliest one, from those before it. */
  readonly said: readonly (string | null)[];
  /** The probability of that, and of the token that is there. */
  readonly sure: readonly (number | null)[];
  readonly probability: readonly (number | null)[];
  /** All that is asked for is said; in forced choice: the right option is the likeliest. */
  readonly isRight: boolean;
  /** How the network goes its own way through the world that the document is of; absent where it is of none. */
  readonly episode?: Episode;
}

/** A way through a maze by a network's own moves. A place is its row times the places of a row, plus its column. */
export interface Episode {
  /** The maze from above, row by row: "#" wall, "." floor, a letter an object. */
  readonly map: readonly string[];
  readonly goal: number;
  /** Places of a shortest way, and of that of the network, both from where they begin; the latter ends at the goal, or where time is over. */
  readonly shortest: readonly number[];
  readonly places: readonly number[];
  readonly isReached: boolean;
  /** Moves in which the goal is to be reached. */
  readonly most: number;
  readonly steps: readonly EpisodeStep[];
}

/** A move, by its place among all of them, as are the best. */
interface EpisodeStep {
  /** What is shown before it, row by row. */
  readonly seen: readonly string[];
  readonly action: number;
  /** Moves with which a shortest way begins there. */
  readonly best: readonly number[];
  /** Of each move: that it is said, among all tokens. */
  readonly probabilities: readonly number[];
}

/** What a network says of some documents of a set. */
export interface DocumentsDetail extends Replicate {
  readonly step: number;
  readonly set: number;
  /** Documents that were asked (of training documents the first), those that are answered rightly, and those that are shown or could be. */
  readonly asked: number;
  readonly right: number;
  readonly matching: number;
  /** What is right: all tokens that count said, the likeliest of its options, or its end reached by the network's own moves. */
  readonly by: 'saying' | 'choosing' | 'moving';
  /** Of the network, each of so many heads of attention. */
  readonly layers: number;
  readonly heads: number;
  /** The moves that documents have; absent where they have none. */
  readonly actions?: readonly string[];
  readonly documents: readonly SaidDocument[];
}

/** Whose attention is looked at: a document of a set, in one head. */
export interface AttentionWish {
  set: number;
  document: number;
  /** Both from 0. */
  layer: number;
  head: number;
}

/** How the positions of a document attend to each other. */
export interface AttentionDetail {
  readonly tokens: readonly string[];
  /** Tokens × tokens, row-major: how much the row's position attends to the column's; rows sum to 1, and to what comes after nobody attends. */
  readonly map: Float32Array;
}
