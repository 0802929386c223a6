import { sparsity as ofLayer } from '../analysis/sparsity';
import type { SiteMeasure } from './measure';

export const sparsity: SiteMeasure = {
  name: 'sparsity',
  title: 'Sparsity',
  range: 'share',
  of: 'site',
  by: [],
  when: 'glance',
  formula: 'Treves–Rolls: 1 − (mean |a|)² / mean a² over test stimuli, mean over units.',
  meaning:
    '0: units answer all stimuli alike; near 1: each answers few of them. Units that are 0 for all are left out.',
  misleads:
    'It depends on the activation function: signed activations around 0 look as sparse as rectified ones.',
  source:
    'Rolls and Tovee 1995, Journal of Neurophysiology 73, 713–726; Vinje and Gallant 2000 rescale by 1 − 1/n, which this does not',
  measure: ({ test }) => [{ value: ofLayer(test), why: 'No unit is active for any test stimulus.' }],
};
