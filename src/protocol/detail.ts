import type { LabelInfo, SelectivityResults } from './results';

/** The labels of the test stimuli, which colour and order every picture of single stimuli. */
export interface StimuliDetail {
  count: number;
  labels: (LabelInfo & { /** count × width, row-major, as in `Label`. */ values: Float32Array })[];
  /** The combinations of task values (or feature values) that occur; RDMs and condition means are over these. */
  conditions: { names: string[]; counts: number[]; /** Condition of each stimulus. */ of: Uint16Array };
}

/** What the pictures of one replicate at one checkpoint are drawn from. */
export interface ReplicateDetail {
  network: string;
  seed: number;
  step: number;
  epoch: number;
  layers: LayerDetail[];
}

export interface LayerDetail {
  name: string;
  units: number;
  constantUnits: number[];
  deadUnits: number[];
  pca: {
    components: number;
    explainedVarianceRatio: number[];
    /** Test stimuli × components. */
    scores: Float32Array;
    /** Components × units; each row has length 1. */
    loadings: Float32Array;
    /** By label, one per component. */
    correlation: Record<string, (number | null)[]>;
  };
  selectivity: Record<string, SelectivityResults>;
  /** Conditions × units. */
  conditionMeans: Float32Array;
  rdm: {
    metric: 'squaredEuclidean' | 'euclidean' | 'correlation' | 'cosine';
    /** Conditions × conditions, distances between condition means. NaN where undefined. */
    conditions: Float32Array;
    /** Test stimuli that `single` is over: indices into the test set, ordered by condition; a stated part of it where the test set is large. */
    stimuli: Uint32Array;
    single: Float32Array;
  };
}
