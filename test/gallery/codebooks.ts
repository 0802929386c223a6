import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, right } from './figure';

const network = 'baseline';

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
  ],
  numbers: (results) =>
    Object.keys(results.asked ?? {}).map((set) => ({
      what: set,
      values: right(results, network, set),
      range: 'share' as const,
    })),
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
  ],
  conclude: [
    'What a network says of a pair when it is asked for the definition, it need not be able to use: knowing is not being able to use.',
    'Decodable is not usable: a probe of the definition would find the code, and the network still encodes without it.',
  ],
  notConclude: [
    'That definitions can never be used from the weights: with the entries of definitions in shuffled order three replicates encoded 84 %, 36 % and 15 % of what was only defined, and with 512 codebooks one encoded 76 %.',
    'That a definition in the context would help here, as in the paper: these networks do not read it, since with so few codebooks the weights are enough for everything that is trained.',
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
      analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    };
  },
};
export default figure;
