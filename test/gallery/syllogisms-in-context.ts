import type { PhaseSpec } from '../../src/experiment/file';
import type { Results } from '../../src/protocol/results';
import { alikeNumbers, rightBefore } from './arms';
import { type GalleryFigure, hasNetwork, minus, numbersOf, right } from './figure';

const premises = 'fine-tuned';
const augmented = 'fine-tuned on its own conclusions, too';

const FORMS = ['barbara', 'celarent', 'darii', 'ferio'];
/** Who says of two terms what a premise says of one of them is right half of the time; of the last form never. */
const ASSOCIATED = FORMS.slice(0, 3);

const SITES = ['layer1.attention', 'layer1.mlp', 'layer2.attention', 'layer2.mlp'];
const LAST = 'layer2.residual';

/** The mean over forms, of each of which as many are asked; one per replicate. */
function meanOf(forms: readonly string[], of: (form: string) => readonly number[]): number[] {
  const shares = forms.map(of);
  return shares[0].map((_, seed) => shares.reduce((sum, share) => sum + share[seed], 0) / shares.length);
}

/** Where the premises stand in the context, before anything is fine-tuned. */
const fromContext = (results: Results, network: string): number[] =>
  meanOf(FORMS, (form) => rightBefore(results, network, `${form} in context`));
const fromWeights = (results: Results, network: string, forms = FORMS): number[] =>
  meanOf(forms, (form) => right(results, network, form));

const answerFrom = (results: Results, network: string, site: string, part: string): number[] =>
  numbersOf(results, network, 'probe.logistic.between', { site, label: 'answer', part });
const counterparts = (results: Results, network: string, part: string): number[] =>
  numbersOf(results, network, `counterparts.${part}`, { site: LAST, label: 'asked in context and alone' });

const figure: GalleryFigure = {
  number: 23,
  example: 'syllogisms-in-context',
  question:
    'Is what follows from two premises told where they stand in the context, and where they were learned by fine-tuning?',
  source: 'Lampinen and others (2025), arXiv 2505.00661',
  recipe:
    'There a large language model is fine-tuned, on syllogisms in words. Here a small transformer first learns to conclude from premises that stand before the question, all new in every document; then it is fine-tuned on the premises of 8 syllogisms of the first figure. Asked is which of six statements holds of two terms, named in either order.',
  pictures: [
    {
      panel: 'overview',
      caption:
        'Share of documents answered rightly after fine-tuning, by evaluation set (dashes: one of the six statements by chance), and the share of variance that the answer takes, by layer.',
    },
    {
      panel: 'probes',
      choices: { Network: premises },
      figure: 'By layer',
      caption:
        'What a probe tells of the answer from the state before it, by layer, at the end of training, over all that is asked.',
    },
  ],
  numbers: (results) => [
    ...[premises, augmented].flatMap((network) => [
      {
        what: `new syllogisms in context, before it was ${network}`,
        values: rightBefore(results, network, 'validation'),
        range: 'share' as const,
      },
      {
        what: `premises, ${network}`,
        values: right(results, network, 'premise'),
        range: 'share' as const,
      },
      ...FORMS.flatMap((form) => [
        {
          what: `${form} in context, before it was ${network}`,
          values: rightBefore(results, network, `${form} in context`),
          range: 'share' as const,
        },
        {
          what: `${form}, ${network}`,
          values: right(results, network, form),
          range: 'share' as const,
        },
      ]),
      ...SITES.flatMap((site) =>
        ['syllogisms → syllogisms', 'syllogisms → conclusion'].map((part) => ({
          what: `the answer by a probe, fitted → scored: ${part} (${site}, balanced accuracy), ${network}`,
          values: answerFrom(results, network, site, part),
          range: 'share' as const,
        })),
      ),
      {
        what: `a question in context and alone: cosine of the centred states (${LAST}), ${network}`,
        values: counterparts(results, network, 'cosine'),
        range: 'similarity' as const,
      },
      {
        what: `a question in context and alone: RSA (${LAST}), ${network}`,
        values: counterparts(results, network, 'rsa'),
        range: 'similarity' as const,
      },
      {
        what: `a question in context and alone: RSA, 97.5 % of shuffled items, ${network}`,
        values: counterparts(results, network, 'rsa.nullHigh'),
        range: 'similarity' as const,
      },
    ]),
    ...alikeNumbers(results, LAST, premises, augmented),
  ],
  effects: (results) => [
    {
      says: 'what follows is told more often where the premises stand in the context, before fine-tuning, than from the weights, after it (mean over forms, difference of shares, in the same replicates)',
      values: minus(fromContext(results, premises), fromWeights(results, premises)),
      // The reduced file does not train long enough to find the terms in the context.
      expect: hasNetwork(results, augmented) ? 'above' : 'report',
    },
    {
      says: 'fine-tuning teaches the premises (share)',
      values: right(results, premises, 'premise'),
      range: 'share',
      expect: 'above',
      than: 0.9,
    },
    {
      says: 'from the weights what follows is told more often of the forms of which a premise says it of one of the terms (barbara, celarent, darii) than of the one of which none does (ferio; difference of shares)',
      values: minus(fromWeights(results, premises, ASSOCIATED), right(results, premises, 'ferio')),
      expect: 'above',
    },
    {
      says: 'of barbara, celarent and darii it is told from the weights more often than one would say what a premise says of one of the terms (share above a half)',
      values: fromWeights(results, premises, ASSOCIATED).map((share) => share - 0.5),
      expect: 'report',
    },
    {
      says: 'new syllogisms are concluded in the context more often than by who knew what follows of the premises and not of which terms (share above that floor, 0.53)',
      values: rightBefore(results, premises, 'validation').map(
        (share) => share - (results.asked?.validation.floors.at(-1)?.score ?? 0),
      ),
      expect: 'report',
    },
    // The reduced file has one arm.
    ...(hasNetwork(results, augmented)
      ? [
          {
            says: 'fine-tuning on its own conclusions teaches more of what follows than fine-tuning on the premises alone (difference of shares)',
            values: minus(fromWeights(results, augmented), fromWeights(results, premises)),
            expect: 'report' as const,
          },
          {
            says: 'who was fine-tuned on its own conclusions, too, tells as many as it had told in the context (difference of shares)',
            values: minus(fromWeights(results, augmented), fromContext(results, augmented)),
            expect: 'report' as const,
          },
        ]
      : []),
  ],
  conclude: [
    'Premises that are fine-tuned are known, and what follows from them is not: alone the network says what a premise says of the term that is asked about. That is right of some forms (barbara, darii, now and then celarent) in one of the two orders of the terms, and never of ferio, of which no premise says what follows.',
    'Where the premises stand in the context what follows is told of every form, ferio most.',
    'In the context the answer arises in the attention of layer 2: a probe tells it of new documents hardly better before than who knows what follows of the premises and not of which terms, and from there on as well as the network answers.',
    'Who was fine-tuned on its own conclusions tells them without the context. Then probes that were fitted on states of the context read the answer from states without it, at last from the MLP of layer 2; questions are laid out alike in both. Fine-tuned on the premises alone they are not, though replicates of the two arms are as like each other as those of one.',
  ],
  notConclude: [
    'That fine-tuning gives more than association: the share right of the forms of which a premise says what follows is no higher than that of who says what one of them says, as often the one as the other.',
    'That the network reasons over the middle term: subject and predicate stand in one premise each, so that two premises are found by the terms that are asked about, and what both say decides.',
    'That the context is used perfectly: three of four new syllogisms are concluded, and one in two is by who does not look at the terms. One replicate concluded all after 2,000 steps at twice the learning rate, with 28 entities; three others at that rate and at thrice it were no better than this floor after 1,500 to 2,000. The rate was chosen by what is concluded in the context alone.',
    'How forms differ in the context: each is asked 4 times a replicate.',
  ],
  // A narrower network and the first arm alone, without probes: it reads from the premises what follows of some two terms, and not yet of which.
  reduced(file) {
    const entry = file.networks?.[premises];
    const phases = entry && 'training' in entry ? (entry.training?.phases ?? []) : [];
    const shorter = (phase: PhaseSpec, at: number): PhaseSpec => ({
      ...phase,
      steps: at === 0 ? 200 : 100,
      learningRate: 0.003,
    });
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: { episodes: { entities: 24, relations: 1, rounds: 0, syllogisms: 8, episodes: 2048 } },
      },
      network: { transformer: { layers: 2, width: 32, heads: 4, initialScale: 8.8 } },
      training: { ...file.training, batchSize: 32, checkpoints: [0, 200, 300] },
      networks: { [premises]: { ...entry, training: { phases: phases.map(shorter) } } },
      seeds: 4,
      analyses: { at: file.analyses?.at ?? '', selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
