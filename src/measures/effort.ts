import type { MeasureInfo } from '../protocol/results';
import type { Effort } from '../sources/source';

const shared: Pick<MeasureInfo, 'range' | 'of' | 'by' | 'source'> = {
  range: 'positive',
  of: 'replicate',
  by: [],
  source: 'Lampinen and others 2025, arXiv 2509.16189',
};

/** By arithmetic, so that networks with and without retrieval are compared by what they learn from, and by what they take. */
export const effort: Readonly<Record<keyof Effort, MeasureInfo>> = {
  lossTokens: {
    ...shared,
    title: 'Tokens of the loss',
    formula: 'Tokens that count in the documents of all steps.',
    meaning: 'What the network learns to predict. What retrieval brings counts for nothing here.',
    misleads: 'Networks with as many may have read more, and cost more.',
  },
  readTokens: {
    ...shared,
    title: 'Tokens that are read in training',
    formula:
      'Tokens of the documents of all steps up to the last that is predicted from, with what is brought before them in the first epoch.',
    meaning: 'What passes through the network.',
    misleads: 'What is read without counting is learned from, too: gradients flow into it.',
  },
  trainingOperations: {
    ...shared,
    title: 'Floating-point operations of training',
    formula:
      'Three times those of the forward pass: two a weight of the layers and token read, two a unit of the readout’s input, token of the vocabulary and token that counts, two a unit and pair of positions of attention (causal: half of the pairs; queries with keys, and the values).',
    meaning: 'What training takes, whatever computes it.',
    misleads: 'Time is no multiple of it: layer norms, activation functions and memory are not counted.',
  },
};
