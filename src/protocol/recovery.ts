import type { Replicate } from '../core/replicate';

/** Scores of two recordings that are sums over dimensions: linear CKA, the cosine of the angular Procrustes distance, the mean squared canonical correlation. */
export const recoveryScores = ['cka', 'procrustes', 'ccaSquared'] as const;
export type RecoveryScores = Readonly<Record<(typeof recoveryScores)[number], number>>;

/** A principal component of the first recording, or what a label tells apart. */
export interface RecoveredPart {
  readonly name: string;
  /** 1 of a component, classes − 1 of a label. */
  readonly dimensions: number;
  /** Its share of the variance of the first recording, and of the second. */
  readonly variance: readonly [number, number];
  /** How much of it the first, and the second, explains linearly (adjusted R²); null of as many directions as stimuli. */
  readonly explained: readonly [number | null, number | null];
  /** Its share of each score: those of all components sum to 1. One of a label may be below 0: it counts against the score. */
  readonly shares: RecoveryScores;
  /** The scores of both recordings without it; null where nothing else is in one of them. */
  readonly without: RecoveryScores | null;
}

/** Which dimensions of one recording are recovered in another, and what the scores are made of. */
export interface Recovery {
  readonly scores: RecoveryScores;
  /** Of the first recording, those of most variance first. */
  readonly components: readonly RecoveredPart[];
  readonly features: readonly RecoveredPart[];
}

/** The same of a layer of two replicates. */
export interface RecoveryDetail extends Replicate {
  readonly layer: string;
  /** The other replicate, and its layer: of the same name, or its last hidden one. */
  readonly other: Replicate & { readonly layer: string };
  /** Stimuli. */
  readonly n: number;
  /** Why there is none. */
  readonly missing?: string;
  readonly found?: Recovery;
}
