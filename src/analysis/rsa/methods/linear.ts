import { dotProduct } from '../../../numerics/products';
import type { Method } from './method';

export const pearson: Method = {
  name: 'pearson',
  title: 'Pearson’s r',
  range: 'similarity',
  formula: 'Pearson’s correlation of the distances of two RDMs (upper triangles).',
  meaning: 'How far the distances of one are a linear function of those of the other: 1 at best.',
  misleads:
    'Few large distances can decide it. Distances of one RDM share stimuli: an ordinary p-value of it is wrong.',
  source: 'Nili and others 2014, PLoS Computational Biology 10, e1003553',
  compare: ({ a, b }) => cosineOf(centred(a), centred(b)),
};

export const cosine: Method = {
  name: 'cosine',
  title: 'Cosine',
  range: 'similarity',
  formula: 'd·e / (‖d‖ ‖e‖) of the distances d, e of two RDMs (upper triangles).',
  meaning:
    'How far the distances of one are proportional to those of the other. It needs distances whose 0 means something, as crossnobis has.',
  misleads:
    'Distances that are all above 0 are all alike by it: .9 may be nothing. Compare with what unrelated RDMs have.',
  source: 'Diedrichsen & Kriegeskorte 2017, PLoS Computational Biology 13, e1005508',
  compare: ({ a, b }) => cosineOf(a, b),
};

/** @returns null where either is all zeros */
export function cosineOf(a: Float64Array, b: Float64Array): number | null {
  const scale = Math.sqrt(dotProduct(a, a)) * Math.sqrt(dotProduct(b, b));
  return scale > 0 ? Math.min(1, Math.max(-1, dotProduct(a, b) / scale)) : null;
}

/** Without their mean; all zeros where they are equal. */
export function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const constant = values.every((value) => value === values[0]);
  return values.map((value) => (constant ? 0 : value - mean));
}
