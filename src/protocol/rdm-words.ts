export const rdmMetrics = ['squaredEuclidean', 'euclidean', 'correlation', 'cosine'] as const;
export type RdmMetric = (typeof rdmMetrics)[number];

export const rdmComparisons = ['pearson', 'spearman', 'kendall'] as const;
export type RdmComparison = (typeof rdmComparisons)[number];

export const rdmOver = ['stimuli', 'conditions'] as const;
export type RdmOver = (typeof rdmOver)[number];
