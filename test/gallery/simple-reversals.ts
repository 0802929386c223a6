import { type GalleryFigure, minus, right } from './figure';

const baseline = 'baseline';
const noContext = 'no reversals in context';

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
  ],
  numbers: (results) =>
    [baseline, noContext].flatMap((network) =>
      Object.keys(results.asked ?? {}).map((set) => ({
        what: `${set}, ${network}`,
        values: right(results, network, set),
        range: 'share' as const,
      })),
    ),
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
  ],
  independent: {
    file: 'simple-reversals.py',
    says: 'PyTorch, on the very documents (`repscope stimuli FILE --documents`) with weights and batches of its own, one replicate: validation .98, held-out reversals .05, in context .90, trained forward 1.00, trained inverse .98; RepScope’s means over five are .98, .01, .86, 1.00 and 1.00.',
  },
  conclude: [
    'Without weight decay a small transformer knows a fact in the direction in which it was said, and not in the other.',
    'It is no want of skill: trained inverses are told, and held-out ones where the fact stands in the context.',
  ],
  notConclude: [
    'That weights can never turn a fact round: weight decay and richer relations are known to change it (arXiv 2509.21993), and are not tried here.',
    'That what can be decoded of the other direction is known: it is not used.',
  ],
  // Fewer entities and affixes, and as many exposures of each fact.
  reduced(file) {
    const { network } = file;
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: { reversals: { entities: 20, relations: 3, heldOut: 8, together: 0.125, affixes: 10 } },
      },
      ...(network ? { network } : {}),
      training: { ...file.training, steps: 250, checkpoints: 2 },
      seeds: 3,
      networks: { [baseline]: {}, [noContext]: file.networks?.[noContext] ?? {} },
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
