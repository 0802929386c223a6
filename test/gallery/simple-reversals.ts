import type { Results } from '../../src/protocol/results';
import { armNumbers } from './arms';
import { fewReversals, type GalleryFigure, minus, numbersOf, right, hasNetwork } from './figure';

const baseline = 'baseline';
const retrieval = 'retrieval';
const noContext = 'no reversals in context';

const PAIRS = [
  'trained both ways',
  'reverse held out',
  'reverse in context',
  'entity asked about and answered',
];
const shared = (results: Results, network: string, part: string, label: string): number[] =>
  numbersOf(results, network, `counterparts.${part}`, { site: 'layer2.residual', label });

const figure: GalleryFigure = {
  number: 19,
  example: 'simple-reversals',
  question: 'Does a network that was trained on a fact in one direction know it in the other?',
  source: 'Lampinen and others (2025), arXiv 2509.16189',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of documents answered rightly over training, by evaluation set: the held-out reversals stay at nothing while the facts themselves are learned, and are answered where the fact stands in the context.',
    },
    {
      panel: 'dynamics',
      choices: { Network: retrieval },
      figure: 'Training',
      caption:
        'The same with a document that says the fact brought before each, in training and when it is asked.',
    },
    {
      panel: 'counterparts',
      caption:
        'A fact and its reverse, and an entity that is asked about and answered, by layer: how near both states are, how often one tells the other, and whether facts that are near on one side are so on the other, with the bands of shuffled items.',
    },
    {
      panel: 'dynamics',
      figure: 'Counterparts over training',
      caption:
        'The same in the last layer of the baseline over training. At its beginning states are near each other that have a word in common, and what they share of what was learned comes later.',
    },
  ],
  numbers: (results) => [
    ...armNumbers(results, [baseline, noContext, retrieval], Object.keys(results.asked ?? {})),
    ...[baseline, noContext].flatMap((network) =>
      PAIRS.flatMap((label) => [
        {
          what: `${label}: cosine of the states (layer2.residual), ${network}`,
          values: shared(results, network, 'cosine', label),
          range: 'similarity' as const,
        },
        {
          what: `${label}: told from another by its state (half by chance), ${network}`,
          values: shared(results, network, 'told', label),
          range: 'share' as const,
        },
        {
          what: `${label}: told by a linear map (half by chance), ${network}`,
          values: shared(results, network, 'toldByMap', label),
          range: 'share' as const,
        },
        {
          what: `${label}: RSA, ${network}`,
          values: shared(results, network, 'rsa', label),
          range: 'similarity' as const,
        },
        {
          what: `${label}: RSA, 97.5 % of shuffled items, ${network}`,
          values: shared(results, network, 'rsa.nullHigh', label),
          range: 'similarity' as const,
        },
      ]),
    ),
  ],
  effects: (results) => [
    {
      says: 'facts are told in the direction of training much more often than their held-out reversals (difference of shares)',
      values: minus(right(results, baseline, 'validation'), right(results, baseline, 'reversal')),
      expect: 'above',
      than: 0.5,
    },
    {
      says: 'the held-out reversals are told from the weights, less often than one would who knew only that no two entities have the same answer (share; its floor is an eighth)',
      values: right(results, baseline, 'reversal'),
      range: 'share',
      expect: 'below',
      than: results.asked?.reversal.floors.at(-1)?.score ?? 0,
    },
    {
      says: 'trained inverses are told (share)',
      values: right(results, baseline, 'trained inverse'),
      range: 'share',
      expect: 'above',
      than: 0.9,
    },
    {
      says: 'the same reversals are told where the fact stands in the context, more often by who saw such documents (difference of shares)',
      values: minus(
        right(results, baseline, 'reversal in context'),
        right(results, noContext, 'reversal in context'),
      ),
      expect: 'report',
    },
    {
      says: 'the states of a fact and of its reverse are nearer each other in who saw both in one document than in who did not, where both were trained (difference of cosines of centred states, layer2.residual)',
      values: minus(
        shared(results, baseline, 'cosine', PAIRS[0]),
        shared(results, noContext, 'cosine', PAIRS[0]),
      ),
      expect: 'report',
    },
    {
      says: 'the state from which the held-out reverse is asked is nearer its fact than other facts are, though it is not answered (cosine of centred states − that with others)',
      values: minus(
        shared(results, baseline, 'cosine', PAIRS[1]),
        shared(results, baseline, 'others', PAIRS[1]),
      ),
      expect: 'report',
    },
    // The reduced file has no retrieval.
    ...(hasNetwork(results, retrieval)
      ? [
          {
            says: 'held-out reversals are told more often where a document that says the fact is brought, in training and when asked (retrieval − baseline, difference of shares, paired by seed)',
            values: minus(right(results, retrieval, 'reversal'), right(results, baseline, 'reversal')),
            expect: 'above' as const,
          },
          {
            says: 'with it, they are told more often than by one who knew only that the answer is one of the two entities of what is brought (share above a half)',
            values: right(results, retrieval, 'reversal').map((share) => share - 0.5),
            expect: 'report' as const,
          },
        ]
      : []),
  ],
  independent: {
    file: 'transformer.py',
    says: 'PyTorch, on the very documents (`repscope stimuli FILE --documents`) with weights and batches of its own, one replicate: validation .98, held-out reversals .05, in context .90, trained forward 1.00, trained inverse .98; RepScope’s means over five are .98, .01, .86, 1.00 and 1.00.',
  },
  conclude: [
    'Without weight decay a small transformer knows a fact in the direction in which it was said, and not in the other.',
    'It is no want of skill: trained inverses are told, and held-out ones where the fact stands in the context.',
    'A fact and its reverse share something in who saw both in one document, also where the reverse is held out: an entity has, in part, one code as what is asked about and as what is answered. It is not enough: the held-out reverse is not told.',
    'Who saw each direction in documents of its own has another code for each: states of a fact and of its reverse are as far apart as those of other facts, though both are told, as in arXiv 2604.04943. The codes are not unrelated: a linear map that was fitted on other facts tells more than half of them.',
    'Who is brought a document that says the fact, in training and when asked, turns it round: with as many tokens of the loss, and twice the operations.',
  ],
  notConclude: [
    'That it is the initial weights: with a standard deviation of 1/sqrt(width) ("initialScale": 6.25) one replicate of the baseline told 100 % forward, none of the held-out reversals, and 73 % of them in context.',
    'That retrieval finds the document among others: here one is brought, the right one (figures “Oracle retrieval” and “Retrieval swept”).',
    'That weights can never turn a fact round: weight decay in deep networks with richer relations is known to change it (arXiv 2509.21993); with this recipe it does not (figure “Reversals and weight decay”).',
    'That what can be decoded of the other direction is known: it is not used.',
    'That no map from a fact to its reverse exists where none is found: it is fitted on 40 facts of 64 units, and each held against the few others of its fold.',
  ],
  // Fewer entities and affixes, and as many exposures of each fact.
  reduced(file) {
    const { network } = file;
    return {
      ...file,
      stimuli: fewReversals,
      ...(network ? { network } : {}),
      training: { ...file.training, steps: 250, checkpoints: 2 },
      seeds: 3,
      networks: { [baseline]: {}, [noContext]: file.networks?.[noContext] ?? {} },
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
