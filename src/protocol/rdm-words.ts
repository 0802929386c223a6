export type RdmMetric = 'squaredEuclidean' | 'euclidean' | 'correlation' | 'cosine';

export type RdmComparison = 'pearson' | 'spearman' | 'kendall';

export type RdmOver = 'stimuli' | 'conditions';
