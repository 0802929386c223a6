export type RdmMetric = 'squaredEuclidean' | 'euclidean' | 'correlation' | 'cosine';

export type RdmComparison = 'pearson' | 'spearman' | 'kendall';

export type RdmOver = 'stimuli' | 'conditions';

/** How RDMs are compared where model RDMs are tested: `kendall-tau-a` is what comparisons of layers call `kendall`. */
export type InferenceMethod =
  | 'pearson'
  | 'cosine'
  | 'spearman'
  | 'rho-a'
  | 'kendall-tau-a'
  | 'kendall-tau-b'
  | 'whitened-pearson'
  | 'whitened-cosine';
