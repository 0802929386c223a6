/** How the file says the documents that networks are trained on and asked: exactly one key. */
export type DocumentsSpec = { reversals: ReversalsSpec };

/**
 * Simple reversals (Lampinen et al. 2025, arXiv 2509.16189). Each relation of entities has an inverse, and every fact is said forward: "e3 r1 e7". All inverses but some are
 * trained, too; whether those that are not can be told is the question. Each relation is a random permutation of the entities without fixed points, so that
 * each question has one answer and no entity is its own.
 */
export interface ReversalsSpec {
  /**
   * Entities; each is a token.
   * @minimum 3
   * @maximum 4000
   * @asType integer
   * @default 100
   */
  entities?: number;
  /**
   * Relations; each and its inverse is a token. Every entity has one target by each.
   * @minimum 1
   * @maximum 200
   * @asType integer
   * @default 5
   */
  relations?: number;
  /**
   * Facts whose inverse is in no training document; the relations share them evenly.
   * @minimum 1
   * @asType integer
   * @default 40
   */
  heldOut?: number;
  /**
   * Training documents that say one fact in one direction alone.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 8
   */
  repeats?: number;
  /**
   * The share of training documents that say a fact in both directions, one after the other; never one whose inverse is held out.
   * @minimum 0
   * @maximum 0.9
   * @default 0.125
   */
  together?: number;
  /**
   * Tokens that documents may begin with, and as many that they may end with. One of each is left out of the training documents of a fact, for when it is asked.
   * @minimum 2
   * @maximum 4000
   * @asType integer
   * @default 50
   */
  affixes?: number;
  /**
   * Which documents an oracle brings for a training document: others that say the same fact in the same direction alone, in the other direction alone, or in any. For what is asked it brings any that
   * say the fact.
   * @default "either"
   */
  relevant?: 'same' | 'other' | 'either';
}
