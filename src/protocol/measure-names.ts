import type { InferenceMethod, RdmComparison, RdmMetric } from './rdm-words';

/** How distances and comparisons of RDMs are called wherever a user reads of them. */
export const metricNames: Readonly<Record<RdmMetric, string>> = {
  squaredEuclidean: 'squared Euclidean distance',
  euclidean: 'Euclidean distance',
  correlation: 'correlation distance',
  cosine: 'cosine distance',
};

export const comparisonNames: Readonly<Record<RdmComparison, string>> = {
  pearson: 'Pearson',
  spearman: 'Spearman',
  kendall: 'Kendall τ-a',
};

/** How RDMs are compared with model RDMs, as an axis has it. */
export const inferenceNames: Readonly<Record<InferenceMethod, string>> = {
  pearson: 'Pearson’s r',
  cosine: 'Cosine',
  spearman: 'Spearman’s rho',
  'rho-a': 'Rho-a',
  'kendall-tau-a': 'Kendall’s tau-a',
  'kendall-tau-b': 'Kendall’s tau-b',
  'whitened-pearson': 'Whitened Pearson’s r',
  'whitened-cosine': 'Whitened cosine',
};

/** What a reader of tau-a has to know, where an RDM has ties (Nili et al. 2014, PLoS Computational Biology 10, e1003553). */
export const tauBound =
  'Kendall’s τ-a counts pairs that are tied in either RDM as neither: with an RDM of 0 and 1, as that of a label, it cannot reach 1, but at most the share of pairs that differ in it (about 0.5 where half of them are 1).';

/** Name of the measure of variance explained in parts of the stimuli. */
export const varianceInPart = 'varianceExplained.parts';

/** Name of the layer that stands for each network's last hidden one where networks differ in depth. */
export const lastHidden = 'lastHidden';

/** Name of what is compared where of all hidden layers of two replicates the two most alike count. */
export const bestPair = 'bestPair';

/** How a compared layer is called in a sentence. */
export function layerWords(layer: string): string {
  if (layer === bestPair) return 'the best pair of hidden layers';
  return layer === lastHidden ? 'the last hidden layer' : layer;
}
