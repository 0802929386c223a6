import type { Results } from '../../src/protocol/results';
import { type GalleryFigure, minus, numbersOf } from './figure';

const probed = (results: Results, network: string, probe: string): number[] =>
  numbersOf(results, network, `probe.${probe}`, { site: 'hidden1', label: 'xor' });

const figure: GalleryFigure = {
  number: 7,
  example: 'decoding-overestimates',
  question:
    'A small network as a probe decodes XOR from a layer. Does that mean that the layer computes XOR?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216; control tasks: Hewitt and Liang (2019), arXiv 1909.03368',
  pictures: [
    {
      panel: 'probes',
      choices: { Network: 'untrained', Probe: 'small network' },
      figure: 'By layer',
      caption:
        'Balanced accuracy of the small network as a probe, from a layer that was never trained, beside what unmasks it: the same from the inputs, and a control task of random labels.',
    },
    {
      panel: 'probes',
      choices: { Network: 'untrained', Probe: 'logistic regression' },
      figure: 'By layer',
      caption: 'The same by logistic regression: XOR is not there to be read off.',
    },
  ],
  numbers: (results) =>
    results.networks.flatMap(({ name }) =>
      ['mlp', 'mlp.inputs', 'mlp.control', 'logistic'].map((probe) => ({
        what: `balanced accuracy of ${probe} for XOR, “${name}”`,
        values: probed(results, name, probe),
        range: 'share' as const,
      })),
    ),
  effects: (results) => [
    {
      says: 'a small network decodes XOR from the layer before any training (balanced accuracy, chance .5)',
      values: probed(results, 'xor', 'mlp.untrained'),
      range: 'share',
      expect: 'above',
      than: 0.75,
    },
    {
      says: 'it does so from the inputs alone (balanced accuracy)',
      values: probed(results, 'xor', 'mlp.inputs'),
      range: 'share',
      expect: 'above',
      than: 0.75,
    },
    {
      says: 'logistic regression does not, from the untrained layer (balanced accuracy)',
      values: probed(results, 'xor', 'logistic.untrained'),
      range: 'share',
      expect: 'below',
      than: 0.75,
    },
    {
      says: 'where XOR was learned, logistic regression finds more of it than before training (difference)',
      values: minus(probed(results, 'xor', 'logistic'), probed(results, 'xor', 'logistic.untrained')),
      expect: 'above',
      than: 0.1,
    },
  ],
  conclude: [
    'A probe that can compute a function itself decodes it from any layer that keeps the inputs: what is decodable need not be computed there.',
    'Scores need what stands beside them: the same probe on the inputs, on the untrained layer, and on random labels.',
  ],
  notConclude: [
    'That probes say nothing: a simple one tells the layer that computes XOR from the one that does not.',
    'That a control task alone is enough: it shows what the probe learns by heart, not what it computes.',
  ],
  // Of 20 inputs and 48 units.
  reduced: (file) => ({
    ...file,
    stimuli: {
      ...file.stimuli,
      features: { ...file.stimuli.features, rest: { bits: 18 } },
      train: 1024,
      fit: 300,
      test: 256,
    },
    network: { ...file.network, hidden: [48] },
    networks: { xor: file.networks?.['xor'] ?? {} },
    training: { ...file.training, batchSize: 64 },
    analyses: { ...file.analyses, selectivity: { permutations: 0 } },
    seeds: 3,
  }),
};
export default figure;
