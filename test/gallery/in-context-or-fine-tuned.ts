import type { PhaseSpec } from '../../src/experiment/file';
import type { Results } from '../../src/protocol/results';
import { alikeNumbers, rightBefore as before } from './arms';
import { type GalleryFigure, minus, numbersOf, right } from './figure';

const forward = 'fine-tuned';
const augmented = 'fine-tuned on its own reversals, too';

const floor = (results: Results, set: string): number => results.asked?.[set].floors.at(-1)?.score ?? 0;

const LAST = 'layer2.residual';
const SITES = ['layer1.mlp', 'layer2.attention', 'layer2.mlp', LAST];
const PAIRS = ['asked in context and alone', 'a fact and its reverse'];
const shared = (results: Results, network: string, site: string, label: string, part: string): number[] =>
  numbersOf(results, network, `counterparts.${part}`, { site, label });

const figure: GalleryFigure = {
  number: 23,
  example: 'in-context-or-fine-tuned',
  question: 'Is a fact turned round where it stands in the context, and where it was learned by fine-tuning?',
  source: 'Lampinen and others (2025), arXiv 2505.00661',
  recipe:
    'There a large language model is fine-tuned. Here a small transformer first learns from episodes, in which every fact is new, to answer from the context; then it is fine-tuned on 24 facts that stay.',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of documents answered rightly over training, by evaluation set: first on episodes, then on the facts that stay. These are learned in the direction in which they are said, and not in the other.',
    },
    {
      panel: 'overview',
      choices: { Measure: 'RSA of counterparts' },
      caption:
        'What both networks answer after fine-tuning, and, by layer, how alike questions are laid out that are asked in the context and alone, and facts that are asked forward and reversed (RSA over 24 items).',
    },
  ],
  numbers: (results) => [
    ...[forward, augmented].flatMap((network) => [
      ...Object.keys(results.asked ?? {}).flatMap((set) => [
        { what: `${set}, ${network}`, values: right(results, network, set), range: 'share' as const },
        {
          what: `${set}, before it was ${network}`,
          values: before(results, network, set),
          range: 'share' as const,
        },
      ]),
      ...PAIRS.flatMap((label) =>
        SITES.flatMap((site) =>
          (
            [
              ['RSA', 'rsa'],
              ['RSA, 97.5 % of shuffled items', 'rsa.nullHigh'],
            ] as const
          ).map(([what, part]) => ({
            what: `${label}: ${what} (${site}), ${network}`,
            values: shared(results, network, site, label, part),
            range: 'similarity' as const,
          })),
        ),
      ),
    ]),
    ...alikeNumbers(results, LAST, forward, augmented),
  ],
  effects: (results) => [
    {
      says: 'facts are turned round more often after they were told in the context, before fine-tuning, than from the weights, after it (difference of shares, in the same replicates)',
      values: minus(before(results, forward, 'reversal in context'), right(results, forward, 'reversal')),
      expect: 'above',
    },
    {
      says: 'fine-tuning teaches the facts in the direction in which they are said (share)',
      values: right(results, forward, 'forward'),
      range: 'share',
      expect: 'above',
      than: 0.9,
    },
    {
      says: 'of two entities, the fine-tuned network says the one that a fact leads to in place of the one that it comes from (share of right answers; half are right by chance)',
      values: right(results, forward, 'reversal of two'),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'facts are turned round in the context more often than by who knew only which entities stand there (share above that floor)',
      values: before(results, forward, 'reversal in context').map(
        (share) => share - floor(results, 'reversal in context'),
      ),
      expect: 'report',
    },
    {
      says: 'who was fine-tuned on its own reversals, too, turns round as many as it had answered in the context (difference of shares)',
      values: minus(right(results, augmented, 'reversal'), before(results, augmented, 'reversal in context')),
      expect: 'report',
    },
    {
      says: 'fine-tuning on its own reversals turns more facts round than fine-tuning on the facts alone (difference of shares)',
      values: minus(right(results, augmented, 'reversal'), right(results, forward, 'reversal')),
      expect: 'report',
    },
    {
      says: 'questions that are asked alone are laid out as in the context more by who was fine-tuned on its own reversals than by who was not (difference of RSA over 24 questions, layer2.residual)',
      values: minus(
        shared(results, augmented, LAST, PAIRS[0], 'rsa'),
        shared(results, forward, LAST, PAIRS[0], 'rsa'),
      ),
      expect: 'report',
    },
  ],
  conclude: [
    'What is fine-tuned in one direction is not known in the other: a network that is asked for the inverse says what the entity leads to.',
    'What it is fine-tuned on decides: its own answers in the context become what it says without it.',
    'Where they do, a question that is asked alone is represented as it is in the context: layer 2 lays out the 24 questions alike, more than twice as much as where the facts alone were fine-tuned. Layer 1 does so in both networks: there it is the entity that is asked about, before anything is answered.',
  ],
  notConclude: [
    'That states which are alike give the same answer: those of layer 1 are as alike in the network that answers nothing without the context.',
    'That a fact and its reverse have one code: the reverse is asked by the entity that the fact ends with, and 4 entities in a round lead to each other, so that what is in one round is near in both.',
    'That the context is used as well as by large models: how often the network says the right one of the entities that stand there is among the numbers.',
    'That weights never generalise better than the context: in other tests they do (arXiv 2210.05675).',
  ],
  reduced(file) {
    const shorter = (phase: PhaseSpec, at: number): PhaseSpec => ({
      ...phase,
      steps: at === 0 ? 120 : 80,
      ...(at === 0 ? {} : { learningRate: 0.003 }),
    });
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: {
          episodes: {
            entities: 24,
            relations: 2,
            facts: 3,
            rounds: 4,
            syllogisms: 0,
            questions: 6,
            episodes: 2048,
          },
        },
      },
      network: { transformer: { layers: 2, width: 32, heads: 4, initialScale: 8.8 } },
      training: { ...file.training, batchSize: 32, checkpoints: [0, 120, 200] },
      networks: Object.fromEntries(
        [forward, augmented].map((name) => {
          const entry = file.networks?.[name];
          const phases = entry && 'training' in entry ? (entry.training?.phases ?? []) : [];
          return [name, { ...entry, training: { phases: phases.map(shorter) } }];
        }),
      ),
      seeds: 5,
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
