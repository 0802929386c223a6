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

/** The same of networks that are trained on documents. */
export const behaviourOfDocuments: Readonly<
  Record<'loss' | 'accuracy' | 'sampledAccuracy' | 'reciprocalRank', MeasureInfo>
> = {
  accuracy: {
    ...behaviour.accuracy,
    formula:
      'Share of the documents of an evaluation set that are answered rightly: every token that counts is the one of largest logit after those before it in the document (of a set with options: the right token has the largest logit of these).',
    meaning: 'What of its documents a network knows and can use.',
    misleads:
      'Compare with the floors of the evaluation set: what one would score who knew no more than each says.',
    source: 'Lampinen and others 2025, arXiv 2509.16189',
  },
  loss: {
    ...behaviour.loss,
    formula: 'Mean cross-entropy, in nats, of the tokens that count in the first evaluation set.',
    meaning: 'What training brings down, on documents that it does not train on.',
    misleads: 'It is of that evaluation set alone: others may stay where they were.',
    source: 'PyTorch, torch.nn.CrossEntropyLoss',
  },
  sampledAccuracy: {
    ...behaviour.accuracy,
    title: 'Accuracy at temperature 1',
    formula:
      'Mean over the documents of an evaluation set of the probability that all tokens that count are right, where each is drawn from the probabilities that the network gives (of a set with options: from those of the options). It is what drawn answers score on average; nothing is drawn.',
    meaning: 'What answers score that follow the distribution of what was trained, errors among it.',
    misleads:
      'What is drawn is wrong where the training documents are: a network that has learned a distribution in full has the accuracy of its sources, whatever its likeliest answers know.',
    source: 'Abreu and others 2025, arXiv 2508.17669; PyTorch, torch.softmax',
  },
  reciprocalRank: {
    ...behaviour.accuracy,
    title: 'Mean reciprocal rank',
    formula:
      'Mean over the documents of an evaluation set of 1 / the rank of the right token at the first place that counts, by its logit among all tokens (of a set with options: among these). Equal logits stand before it.',
    meaning: 'How near the right answer comes to being said where it is not said.',
    misleads:
      'It is governed by the first few ranks; who guesses scores the mean of 1 / rank over all of them, not one over their number.',
    source: 'scikit-learn, label_ranking_average_precision_score',
  },
};
