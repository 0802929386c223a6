import type { Replicate } from '../core/replicate';

export const structureMethods = ['classical', 'nonmetric', 'tsne', 'umap'] as const;
/** How items are laid out on a plane. */
export type StructureMethod = (typeof structureMethods)[number];

/** What the distances are between: single test stimuli, or means of conditions. */
export const structureItems = ['stimuli', 'conditions'] as const;
/** The distances: as principal components have them, or as the experiment's RDMs. */
export const structureDistances = ['euclidean', 'rdm'] as const;

/** Stimuli of a map at most: every pair of them is computed in every step. */
export const mostMapped = 1024;

/** What is chosen of a map. */
export interface StructureWish {
  method: StructureMethod;
  items: (typeof structureItems)[number];
  distances: (typeof structureDistances)[number];
  /** Perplexity of t-SNE, neighbours of UMAP; of no account for scaling. */
  neighbours: number;
  /** Stimuli at most. */
  most: number;
}

interface Faithful {
  /** How far the neighbours in the map are those in the layer; null for too few items. */
  trustworthiness: number | null;
  /** How far the neighbours in the layer are those in the map. */
  continuity: number | null;
}

/** Maps of a layer of a replicate at one checkpoint. */
export interface StructureDetail extends Replicate {
  step: number;
  layer: string;
  /** Test stimuli, or conditions, that are mapped. */
  items: Uint32Array;
  /** How many have no distance, and are in no map. */
  without: number;
  /** Why there is no map. */
  missing?: string;
  found?: {
    maps: (Faithful & {
      start: 'components' | 'classical' | 'random';
      x: Float32Array;
      y: Float32Array;
      divergence: number | null;
      stress: number;
    })[];
    components: Faithful;
    judged: number;
    spread: Float32Array | null;
    shared: number | null;
    rankCorrelation: number | null;
    shepard: { dissimilarity: Float32Array; distance: Float32Array; fitted: Float32Array };
  };
}
