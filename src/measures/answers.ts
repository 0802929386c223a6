import type { Analyses } from '../experiment/experiment';
import type { MeasureInfo } from '../protocol/results';
import { drawnAccuracy, marginCorrelation, marginOfAnswer } from '../protocol/answer-words';

interface AnswersMeasure extends MeasureInfo {
  readonly name: string;
  readonly reads: readonly (keyof Analyses)[];
}

const shared = { of: 'replicate', reads: ['answers'] } as const satisfies Partial<AnswersMeasure>;

const drawn: AnswersMeasure = {
  ...shared,
  name: drawnAccuracy,
  title: 'Accuracy of drawn answers',
  range: 'share',
  by: ['label', 'temperature'],
  formula:
    'Mean over the documents of an evaluation set of the probability that all tokens that count are right, where each is drawn from softmax(logits / temperature) (of a set with options: from that over the options). It is what drawn answers score on average; nothing is drawn.',
  meaning:
    'How much of the accuracy of the likeliest answer, temperature 0, is left where answers follow what was learned of how often each is said.',
  misleads:
    'Below 1 a temperature sharpens what was learned: that it is right more often than any source is of the temperature, not of what was learned.',
  source: 'Abreu and others 2025, arXiv 2508.17669; PyTorch, torch.softmax',
};

const margins: readonly AnswersMeasure[] = [
  {
    ...shared,
    name: marginOfAnswer,
    title: 'Margin of the answer',
    range: 'unbounded',
    by: ['label', 'document'],
    formula:
      'Logit of the right token less the largest of all others, at the first token of the document that counts. In nats: it is ln of the ratio of their probabilities.',
    meaning: 'Above 0 the right answer is the likeliest; how far, says by how much.',
    misleads: 'It grows as training goes on over the same documents, whatever is learned of the answer.',
    source: 'by subtraction',
  },
  {
    ...shared,
    name: marginCorrelation,
    title: 'Margins of answers and of votes',
    range: 'similarity',
    by: ['label'],
    formula:
      'Pearson’s correlation, over the documents of an evaluation set, of the margin of the answer with that of the votes: ln of (the training documents that begin alike and go on with the right token + ½) less ln of (the most that go on with one other token + ½). Documents without votes are left out; of sets of more than 1,000 documents it is not measured.',
    meaning:
      'How far the network keeps by how much votes are divided, which its likeliest answer alone hides.',
    misleads:
      'It is 1 at any slope: a network that is less sure than the votes by the same factor everywhere has it, too. With few sources margins have few values, and it is the difference of what is known and what is not.',
    source: 'scipy, scipy.stats.pearsonr',
  },
];

/** What is measured of answers to evaluation sets beside what is right of them; nothing where it is not asked for. */
export function answersMeasures({ answers }: Pick<Analyses, 'answers'>): readonly AnswersMeasure[] {
  return answers ? [drawn, ...(answers.margins ? margins : [])] : [];
}
