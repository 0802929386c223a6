import type { Results } from '../../src/protocol/results';
import { armNumbers } from './arms';
import { besidePytorch } from './beside-pytorch';
import { type GalleryFigure, minus, right, hasNetwork } from './figure';

const network = 'baseline';
const retrieval = 'retrieval';

/** What one scores who guesses among the codes that the trained inputs of the codebook have not. */
function lastFloor(results: Results): number {
  return results.asked?.latent.floors.at(-1)?.score ?? 0;
}

const figure: GalleryFigure = {
  number: 20,
  example: 'codebooks',
  question:
    'A network learned the code of an input from definitions of its codebook alone. Can it encode with it?',
  source: 'Lampinen and others (2025), arXiv 2509.16189',
  pictures: [
    {
      panel: 'dynamics',
      figure: 'Training',
      caption:
        'Share of documents answered rightly over training, by evaluation set. Definitions are said, the latent ones among them, and trained pairs are encoded in new sequences; pairs that were defined and never encoded are not.',
    },
    {
      panel: 'dynamics',
      choices: { Network: retrieval },
      figure: 'Training',
      caption:
        'The same with the definition brought before each document, in training and when it is asked: what was only defined is encoded, later than what was trained.',
    },
  ],
  numbers: (results) => armNumbers(results, [network, retrieval], Object.keys(results.asked ?? {})),
  effects: (results) => [
    {
      says: 'definitions of the held-out pairs are said (share)',
      values: right(results, network, 'definition'),
      range: 'share',
      expect: 'above',
      than: 0.8,
    },
    {
      says: 'trained pairs are encoded more often than pairs that were only defined (difference of shares)',
      values: minus(right(results, network, 'validation'), right(results, network, 'latent')),
      expect: 'above',
      than: 0.3,
    },
    {
      says: 'what was only defined is encoded less often than one would who guessed among the codes that trained inputs have not (share above that floor)',
      values: right(results, network, 'latent').map((share) => share - lastFloor(results)),
      expect: 'report',
    },
    {
      says: 'the same pairs are encoded where their definition stands before them (share)',
      values: right(results, network, 'latent in context'),
      range: 'share',
      expect: 'report',
    },
    {
      says: 'a new codebook is used that stands before the question (share)',
      values: right(results, network, 'new in context'),
      range: 'share',
      expect: 'report',
    },
    // The reduced file has no retrieval.
    ...(hasNetwork(results, retrieval)
      ? [
          {
            says: 'pairs that were only defined are encoded more often with the definition brought, in training and when asked (retrieval − baseline, difference of shares, paired by seed)',
            values: minus(right(results, retrieval, 'latent'), right(results, network, 'latent')),
            expect: 'above' as const,
          },
          {
            says: 'with it, they are encoded more often than one would who guessed among the codes that trained inputs have not (share above that floor)',
            values: right(results, retrieval, 'latent').map((share) => share - lastFloor(results)),
            expect: 'above' as const,
          },
        ]
      : []),
  ],
  independent: {
    file: 'transformer.py',
    says: 'PyTorch, on the very documents of “baseline” (`repscope stimuli FILE --documents`) with weights and batches of its own, three replicates; what it gave is in codebooks-pytorch.json. Shares of documents that are right, at the same steps of training:',
    beside: (results) => besidePytorch(results, network, 'codebooks-pytorch.json'),
  },
  conclude: [
    'What a network says of a pair when it is asked for the definition, it need not be able to use: knowing is not being able to use.',
    'Who is brought the definition, in training and when asked, encodes with it what was never encoded: with as many tokens of the loss, and twice the operations.',
    'Decodable is not usable: a probe of the definition would find the code, and the network still encodes without it.',
  ],
  notConclude: [
    'That definitions can never be used from the weights: with the entries of definitions in shuffled order three replicates encoded 84 %, 36 % and 15 % of what was only defined, and with 512 codebooks one encoded 76 %.',
    'That a definition in the context would help here, as in the paper: networks without retrieval do not read it, since with so few codebooks the weights are enough for everything that is trained.',
    'That who uses what is brought looks for the codebook: one definition is brought, always at the same positions and its inputs in the same order, and the definition of a new codebook in its own document is not used (9 %). With two distractors one replicate encoded nothing of what was only defined, and 30 % of what was trained (500 steps, "initialScale": 6.25).',
    'That it takes large initial weights: with GPT-2’s .02, as here, the context is used later. With a standard deviation of 1/sqrt(width) ("initialScale": 6.25) one replicate encoded 100 % after 400 steps, with .02 86 %.',
  ],
  // A quarter of the codebooks, and a narrower network.
  reduced(file) {
    return {
      ...file,
      stimuli: {
        seed: 0,
        documents: { codebooks: { codebooks: 32, latent: 8, heldOut: 3, order: 'fixed' } },
      },
      network: { transformer: { layers: 2, width: 48, heads: 4 } },
      training: { ...file.training, steps: 500, checkpoints: 2 },
      seeds: 2,
      networks: { [network]: {} },
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
