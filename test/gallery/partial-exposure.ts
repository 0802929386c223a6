import { type GalleryFigure, minus, right } from './figure';

const told = 'as told';

const figure: GalleryFigure = {
  number: 33,
  example: 'partial-exposure',
  question:
    'Three of four things are told with their labels. Is the fourth called by a rule, or by what is like it: from weights, and from the context?',
  source: 'Chan and others (2022), arXiv 2210.05675',
  recipe:
    'There stimuli are vectors of two halves, and what is learned from weights and from the context is learned by networks of their own; here both features are tokens, and one network learns from both. To read labels from the context it is shown things that have nothing in common, so that nothing but the test says whether rules or examples count there. Beside the three things a further one is told that has nothing in common with the fourth: with it as many things have either label.',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of answers that are those of the rule (rule from weights, rule in context), and of what was told (the other sets), over training.',
    },
  ],
  numbers: (results) =>
    Object.keys(results.asked ?? {}).map((set) => ({
      what: set,
      values: right(results, told, set),
      range: 'share' as const,
    })),
  effects: (results) => [
    {
      says: 'the fourth thing is called by the rule more often from weights than from the context (difference of shares, in the same replicates)',
      values: minus(right(results, told, 'rule from weights'), right(results, told, 'rule in context')),
      expect: 'above',
    },
    {
      says: 'from weights it is called by the rule more often than by chance (share; half by similarity)',
      values: right(results, told, 'rule from weights'),
      range: 'share',
      expect: 'above',
      than: 0.5,
    },
    {
      says: 'from the context it is called by the rule (share; half by similarity)',
      values: right(results, told, 'rule in context'),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'labels are told from the context (share; a quarter by chance)',
      values: right(results, told, 'told in context'),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'in the context labels are told of things that share a feature with others there, too (share; half by chance)',
      values: right(results, told, 'told of a quadruple in context'),
      range: 'share',
      expect: 'report',
    },
  ],
  conclude: [
    'What is learned by training is generalised by a rule (88 %), and what stands in the context is not (45 %, where likeness alone gives half), in one and the same network: which way is better depends on what is to be generalised.',
  ],
  notConclude: [
    'That weights generalise better than the context: here they find the feature that decides; of facts that are turned round, and of what follows from two premises, they do not (figures “In context or fine-tuned” and “Syllogisms”).',
    'That it does not matter how often a label is told: with three things, of which two had one label, networks that had been shown the rule in the context said the label that was told once (five replicates, 1,000 steps: 87 % by the rule, and of what was told 36 %). So a further thing is told here.',
  ],
  // A narrower network, and too few steps for the context to be learned: what it says there is by chance.
  reduced: (file) => ({
    ...file,
    stimuli: {
      seed: 0,
      documents: {
        exposures: { quadruples: 32, features: 6, labels: 6, repeats: 16, episodes: 2048 },
      },
    },
    network: { transformer: { layers: 2, width: 32, heads: 4, initialScale: 8.8 } },
    training: { ...file.training, learningRate: 0.003, batchSize: 32, steps: 400, checkpoints: 2 },
    networks: { [told]: {} },
    seeds: 4,
  }),
};
export default figure;
