import type { Results } from '../../src/protocol/results';
import { fewReversals, type GalleryFigure, hasNetwork, minus, numbersOf, right } from './figure';

const baseline = 'baseline';
const noContext = 'no reversals in context';
const tied = 'tied';
const NAME = 'entity read and said';

const shared = (results: Results, network: string, part: string): number[] =>
  numbersOf(results, network, `counterparts.${part}`, { site: 'embedding.weights', label: NAME });

const figure: GalleryFigure = {
  number: 32,
  example: 'two-embeddings',
  question: 'Is an entity one thing as what is asked about and as what is answered?',
  source:
    'Wang and Sun (2025), arXiv 2504.01928 (the reversal curse, from codes of an entity that differ between its roles)',
  recipe:
    'The documents, network and training are those of figure 19. Of these two rows of weights nothing is published in a recipe like this one: what is found is told, and the claims are ours.',
  pictures: [
    {
      panel: 'counterparts',
      caption:
        'The two rows of each entity: cosine, what is told by the one row of the other, and RSA with the band of shuffled entities. Measured at the rows that entities are read by.',
    },
    {
      panel: 'dynamics',
      choices: { Layer: 'embedding.weights (64 units)' },
      figure: 'Counterparts over training',
      caption:
        'The same over training, of the network that has documents in both directions: at the beginning the rows have nothing to do with each other.',
    },
  ],
  numbers: (results) =>
    [baseline, noContext, tied]
      .filter((network) => hasNetwork(results, network))
      .flatMap((network) => [
        ...(['cosine', 'told', 'toldByMap', 'rsa', 'rsa.nullHigh'] as const).map((part) => ({
          what: `${SAYS[part]}, ${network}`,
          values: shared(results, network, part),
          range: part.startsWith('told') ? ('share' as const) : ('similarity' as const),
        })),
        ...['validation', 'reversal', 'reversal in context'].map((set) => ({
          what: `${set}: answered rightly, ${network}`,
          values: right(results, network, set),
          range: 'share' as const,
        })),
      ]),
  effects: (results) => [
    {
      says: 'with documents that say both directions the row that an entity is read by tells the one that it is said by (share of others that it is told from, half by chance)',
      values: shared(results, baseline, 'told'),
      range: 'share',
      expect: 'above',
      than: 0.6,
    },
    {
      says: 'more than without such documents (difference of the shares, paired by seed)',
      values: minus(shared(results, baseline, 'told'), shared(results, noContext, 'told')),
      expect: 'above',
      than: 0.1,
    },
    {
      says: 'without them it does not (share, half by chance)',
      values: shared(results, noContext, 'told'),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'entities that are near each other as what is read are so as what is said, more with such documents than without (difference of RSA, paired by seed)',
      values: minus(shared(results, baseline, 'rsa'), shared(results, noContext, 'rsa')),
      expect: 'report',
    },
    {
      says: 'though both rows are bound, held-out reversals are not told from the weights, less often than by one who knew only that no two entities have the same answer (share)',
      values: right(results, baseline, 'reversal'),
      range: 'share',
      expect: 'below',
      than: results.asked?.reversal.floors.at(-1)?.score ?? 0,
    },
    // The reduced file has no tied network.
    ...(hasNetwork(results, tied)
      ? [
          {
            says: 'nor are they where both rows are one (share)',
            values: right(results, tied, 'reversal'),
            range: 'share' as const,
            expect: 'report' as const,
          },
          {
            says: 'facts told where both rows are one, less those that the baseline tells after as many steps (difference of shares)',
            values: minus(right(results, tied, 'validation'), right(results, baseline, 'validation')),
            expect: 'report' as const,
          },
        ]
      : []),
  ],
  conclude: [
    'Who learns facts in documents that say them in both directions comes to have, in part, one code of an entity as what is read and as what is said. Who learns both directions in documents of their own has two, that have little to do with each other, and answers all that was trained as well.',
    'One code does not make reversals known: with such documents, and with one table for both, held-out reversals are not told from the weights.',
    'Weights can be compared as activations are: what is shuffled, what is told and what by a map is as in figure 19.',
  ],
  notConclude: [
    'That copying from the context binds the rows: where a document says a fact and its inverse, the entity that ends the first sentence begins the second, so that an entity is to be said right after itself. That alone asks its two rows to be alike.',
    'That without such documents the rows are unrelated: a linear map that was fitted on other entities tells more than half, and their RSA is beyond its band. One vector for all does not take the one to the other.',
    'That tied networks are worse at facts: they were trained for as many steps by the same recipe, which was made for others, and the interval holds 0.',
  ],
  // Fewer entities and affixes, a narrower network.
  reduced(file) {
    return {
      ...file,
      stimuli: fewReversals,
      network: { transformer: { layers: 2, width: 32, heads: 2 } },
      training: { ...file.training, steps: 300, batchSize: 64, learningRate: 0.004, checkpoints: 2 },
      seeds: 3,
      networks: { [baseline]: {}, [noContext]: file.networks?.[noContext] ?? {} },
    };
  },
};
export default figure;

const SAYS = {
  cosine: 'cosine of both rows of an entity, centred',
  told: 'told from another by its row (half by chance)',
  toldByMap: 'told by a linear map (half by chance)',
  rsa: 'RSA of both tables',
  'rsa.nullHigh': 'RSA, 97.5 % of shuffled entities',
};
