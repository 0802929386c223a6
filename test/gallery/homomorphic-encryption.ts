import { findingsOf } from '../../src/analysis/findings';
import type { Results } from '../../src/protocol/results';
import { type Effect, type GalleryFigure, numbersOf } from './figure';

const tasks = ['sum', 'carry'] as const;
const layers = ['hidden1', 'output'] as const;
const probes = [
  ['probe.logistic', 'logistic regression'],
  ['probe.mlp', 'a small network'],
] as const;

const of = (results: Results, network: string, measure: string, label: string, site?: string): number[] =>
  numbersOf(results, network, measure, { label, ...(site === undefined ? {} : { site }) });

/** One number of each replicate: over all layers and the tasks for which they are measured. */
function over(take: (numbers: readonly number[]) => number, results: Results, measure: string): number[] {
  const labels = findingsOf(results).labels('encrypted', measure, 'output');
  const all = tasks
    .filter((task) => labels.includes(task))
    .flatMap((task) => layers.map((site) => of(results, 'encrypted', measure, task, site)));
  return (all[0] ?? []).map((_, seed) => take(all.map((values) => values[seed] ?? NaN)));
}

const most = (numbers: readonly number[]): number => Math.max(...numbers);
const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const figure: GalleryFigure = {
  number: 9,
  example: 'homomorphic-encryption',
  question:
    'Can something be computed through states in which nothing of it is to be seen: no share of the variance, nothing that a decoder finds?',
  source:
    'Lampinen, Chan, Li and Hermann (2025), arXiv 2507.22216 (a thought experiment there); the scheme: van Dijk, Gentry, Halevi and Vaikuntanathan (2010), eprint 2009/616, with toy numbers',
  pictures: [
    {
      panel: 'overview',
      caption:
        'The same circuit, an adder of three bits, in plain and in encrypted bits. Both answer without errors (encrypted: once decrypted); of the encrypted layers neither answer explains any variance.',
    },
    {
      panel: 'probes',
      choices: { Network: 'encrypted' },
      caption: 'What two probes decode from the encrypted circuit, beside what they decode from its inputs.',
    },
    {
      panel: 'probes',
      choices: { Network: 'plain' },
      caption: 'The same of the circuit in plain bits.',
    },
  ],
  numbers: (results) =>
    tasks.flatMap((task) => [
      ...(['plain', 'encrypted'] as const).flatMap((network) =>
        layers.flatMap((site) => [
          {
            what: `${network}: variance of ${site} that ${task} explains`,
            values: of(results, network, 'varianceExplained', task, site),
          },
          ...probes.map(([measure, words]) => ({
            what: `${network}: ${task} decoded from ${site} by ${words} (balanced accuracy)`,
            values: of(results, network, measure, task, site),
          })),
        ]),
      ),
    ]),
  effects(results) {
    const [plain = NaN] = of(results, 'plain', 'varianceExplained', 'carry', 'output');
    return [
      ...tasks.map((task): Effect => ({
        says: `the decrypted answers to ${task} are right`,
        values: of(results, 'encrypted', 'accuracy', task),
        expect: 'above',
        than: 0.999,
      })),
      {
        says: 'no layer of the encrypted circuit has variance that a task explains (the largest share of all)',
        values: over(most, results, 'varianceExplained'),
        expect: 'below',
        than: 0.01,
      },
      {
        says: 'of the plain outputs carry explains more than any task of an encrypted layer',
        values: over(most, results, 'varianceExplained').map((share) => plain - share),
        expect: 'above',
        than: 0.25,
      },
      ...probes.map(([measure, words]): Effect => ({
        says: `${words} decodes no task from encrypted layers (balanced accuracy, mean over layers; chance is .5)`,
        values: over(mean, results, measure),
        expect: 'below',
        than: 0.55,
      })),
    ];
  },
  conclude: [
    'What is computed need not show in what one measures of the states that compute it: variance explained, linear decoding and a nonlinear decoder all say that nothing is there.',
    'Only who has the key, which is in no unit, reads the answers: what a representation means depends on what reads it.',
  ],
  notConclude: [
    'That networks which are trained hide what they compute: nothing here was trained.',
    'That these states hold nothing: a decoder that knew the scheme would find a key this small. The probes saw 1,024 stimuli (256 in the tests); what they would find in millions was not tried.',
    'That this is secure: the numbers are toys, one key serves a whole replicate, and the sums and products come without what real schemes add.',
  ],
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, fit: 256 },
    analyses: {
      ...file.analyses,
      selectivity: { permutations: 0 },
      probe: { ...file.analyses?.probe, labels: ['carry'] },
    },
    seeds: 3,
  }),
};
export default figure;
