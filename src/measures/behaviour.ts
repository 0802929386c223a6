import type { MeasureInfo } from '../protocol/results';

/** What a replicate does, at every checkpoint and its end: measured by training/evaluate. */
export const behaviour: Readonly<Record<'accuracy' | 'loss', MeasureInfo>> = {
  accuracy: {
    title: 'Accuracy',
    range: 'share',
    of: 'replicate',
    by: ['label'],
    formula:
      'Share of right answers on the test set (logit above 0 for binary tasks, largest logit for categorical ones).',
    meaning: 'How well a task is computed.',
    misleads: 'Chance is the share of the most frequent class: compare (accuracy − chance) / (1 − chance).',
    source: 'scikit-learn, accuracy_score',
  },
  loss: {
    title: 'Loss',
    range: 'positive',
    of: 'replicate',
    by: [],
    formula:
      'Cross-entropy on the test set: the mean over tasks with the weights of the last phase that has any steps.',
    meaning: 'What training brings down, on stimuli that it does not train on.',
    misleads: 'Networks with other tasks or weights have other losses: they do not compare.',
    source: 'scikit-learn, log_loss',
  },
};
