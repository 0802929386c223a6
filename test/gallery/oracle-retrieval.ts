import { armNumbers } from './arms';
import { type Effect, type GalleryFigure, minus, right, hasNetwork } from './figure';

const [neither, both, training, asked, single] = [
  'neither',
  'in both',
  'in training alone',
  'when asked alone',
  'in both, one direction a document',
];

const figure: GalleryFigure = {
  number: 21,
  example: 'oracle-retrieval',
  question:
    'A fact was trained in one direction alone. Can a network turn it round when an oracle brings a document that says it?',
  source: 'Lampinen and others (2025), arXiv 2509.16189',
  pictures: [
    {
      panel: 'dynamics',
      choices: { Network: both },
      figure: 'Training',
      caption:
        'Retrieval in training and when it is asked: share of documents answered rightly over training, by evaluation set. The held-out reversals come with the document that is brought.',
    },
    {
      panel: 'dynamics',
      choices: { Network: training },
      figure: 'Training',
      caption:
        'The same networks, trained with what is brought, and asked without: nothing of it is in the weights.',
    },
  ],
  numbers: (results) =>
    armNumbers(
      results,
      [neither, both, training, asked, single],
      ['validation', 'reversal', 'trained inverse'],
    ).map((row) => ({ ...row, what: row.what.replace(', ', ', retrieval ') })),
  effects: (results) => {
    const latent = (network: string): number[] => right(results, network, 'reversal');
    const benefit: Effect = {
      says: 'held-out reversals are told more often with retrieval in training and when asked than with neither (difference of shares, paired by seed)',
      values: minus(latent(both), latent(neither)),
      expect: 'above',
    };
    // The reduced file has these two alone.
    if (!hasNetwork(results, training)) return [benefit];
    return [
      benefit,
      {
        says: 'it takes both: more often than with retrieval in training alone or when asked alone (interaction: both − training alone − asked alone + neither)',
        values: minus(minus(latent(both), latent(training)), minus(latent(asked), latent(neither))),
        expect: 'above',
      },
      {
        says: 'held-out reversals are told more often than by one who knew only that the answer is one of the two entities of what is brought (share above a half)',
        values: latent(both).map((share) => share - 0.5),
        expect: 'report',
      },
      {
        says: 'who never saw both directions in one document turns what is brought round less often (both − both, one direction a document; difference of shares)',
        values: minus(latent(both), latent(single)),
        expect: 'report',
      },
      {
        says: 'held-out reversals are told by who never saw both directions in one document (share; the paper: about 12 %)',
        values: latent(single),
        range: 'share',
        expect: 'report',
      },
      {
        says: 'facts in the direction of training are told from the weights by who was trained with retrieval and is asked without (share)',
        values: right(results, training, 'validation'),
        range: 'share',
        expect: 'report',
      },
    ];
  },
  conclude: [
    'A fact that is brought to mind can be turned round by a network that was trained with what is brought, and by no other.',
    'It is the use of the context that is learned: the same networks, asked without it, tell nothing, not even what was trained.',
    'As many tokens count for the loss in each of the four arms; what is brought is read as well, and costs operations.',
  ],
  notConclude: [
    'That the networks without retrieval know the facts and cannot turn them round: with so few steps they hardly know them yet. Figure “Simple reversals” trains them longer: 98 % forward, and 0.5 % of the held-out reversals.',
    'That documents which say both directions are needed, as in the paper (12 % without them): what is brought says a fact in either direction here, so that it shows in training how to turn it round. With "relevant": "same" it does not.',
    'That it is as easy to find the document as to use it: here one is brought, the right one. Among distractors these networks copied facts of the same direction and did not turn others round (two distractors, 50 entities by 4 relations, 1,250 steps: 100 % and 0 %; 100 entities by 20 relations, "initialScale" 6.25, 3,000 steps: 8 % and 12 %, where one of the six entities that are brought is right in 17 %).',
    'That the networks look up which of the two entities is asked for. Where weights cannot learn the facts in time (20 relations in place of 5, 400 steps, "initialScale" 6.25, one replicate each) they say one or the other: 48 % of what is asked forward and 53 % of the held-out reversals. If what is brought says facts in the same direction alone ("relevant": "same"), they copy that direction: 99 % and 2 %; and 100 % and 0 % where no document says both.',
    'That the paper’s place of what is brought is the one here: the document itself always begins at the same position. Where positions went on from what was brought, so that they moved, a network told 17 % of what stood in its own document after 1,500 steps.',
  ],
  // Fewer entities, a narrower network, and two of the arms.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: { reversals: { entities: 40, relations: 3, heldOut: 30, together: 0.125, affixes: 10 } },
      },
      network: { transformer: { layers: 2, width: 48, heads: 4 } },
      training: { ...file.training, learningRate: 0.003, steps: 450, checkpoints: 2 },
      networks: { [neither]: {}, [both]: file.networks?.[both] ?? {} },
    };
  },
};
export default figure;
