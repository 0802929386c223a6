import type { RsaResults } from './results';

/** How distances and comparisons of RDMs are called wherever a user reads of them. */
export const metricNames: Readonly<Record<RsaResults['metric'], string>> = {
  squaredEuclidean: 'squared Euclidean distance',
  euclidean: 'Euclidean distance',
  correlation: 'correlation distance',
  cosine: 'cosine distance',
};

export const comparisonNames: Readonly<Record<RsaResults['comparison'], string>> = {
  pearson: 'Pearson',
  spearman: 'Spearman',
  kendall: 'Kendall τ-a',
};

/** Name of the layer that stands for each network's last hidden one where networks differ in depth. */
export const lastHidden = 'lastHidden';

/** How a compared layer is called in a sentence. */
export function layerWords(layer: string): string {
  return layer === lastHidden ? 'the last hidden layer' : layer;
}
