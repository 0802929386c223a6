import { bestPair } from '../../src/protocol/measure-names';
import type { PairResults, Results, Value } from '../../src/protocol/results';
import { resultsAt } from '../../src/protocol/results-at';
import { type GalleryFigure, minus } from './figure';
import { overSeeds } from './pairs';

const last = 'hidden4';
const cka = 'similarity(cka)';
const rsa = 'similarity(rsa)';
const calibrated = (compared: PairResults): Value[][] | undefined => compared.null?.calibrated;
const shuffled = (compared: PairResults): Value[][] | undefined => compared.null?.mean;

/** Of every two replicates of two networks, at a point of the sweep: the score, or the calibrated one. */
function of(
  results: Results,
  point: number,
  [a, b]: readonly [string, string],
  measure = cka,
  layer = last,
  numbers?: typeof calibrated,
): number[] {
  return overSeeds(resultsAt(results, point), measure, layer, (mean) => mean(a, b), numbers);
}

/** Test stimuli, by point. */
function stimuliOf(results: Results): number[] {
  return (results.sweep?.points ?? []).map((_, point) => resultsAt(results, point).stimuli.test.count);
}

const apart = ['easy only', 'hard only'] as const;
const pairs = [apart, ['untrained', 'untrained']] as const;

const figure: GalleryFigure = {
  number: 16,
  example: 'rsa-calibrated',
  question:
    'Similarities of networks are above 0 by chance alone, more so of few stimuli and of the best of many pairs of layers. What is left of RSA and CKA between networks that share nothing but their inputs?',
  source: 'Gröger, Wen and Brbić (2026), arXiv 2602.14486; the networks are those of figure 2, in small',
  pictures: [
    {
      panel: 'rsa',
      choices: { 'Compared by': 'Linear CKA, with its null' },
      caption: 'Linear CKA of 32 stimuli: hardly a pair of networks seems to have nothing in common.',
    },
    {
      panel: 'rsa',
      choices: { 'Compared by': 'Linear CKA, with its null', Shown: 'calibrated by their null' },
      caption:
        'The same, calibrated: 0 is as alike as with shuffled stimuli. Dots: no more alike than these (p above .05).',
    },
  ],
  numbers: (results) =>
    stimuliOf(results).flatMap((stimuli, point) =>
      pairs.flatMap((pair) =>
        ([last, bestPair] as const).flatMap((layer) => {
          const what = `linear CKA of ${layer === last ? layer : 'the best pair of layers'}, ${stimuli} stimuli, ${pair.join(' – ')}`;
          return [
            { what, values: of(results, point, pair, cka, layer) },
            { what: `${what}, calibrated`, values: of(results, point, pair, cka, layer, calibrated) },
          ];
        }),
      ),
    ),
  effects(results) {
    const stimuli = stimuliOf(results);
    const [few, many] = [0, stimuli.length - 1];
    return [
      {
        says: `with shuffled stimuli linear CKA of networks of two independent features is still above 0 (easy–hard, ${stimuli[few]} stimuli, mean of the null)`,
        values: of(results, few, apart, cka, last, shuffled),
        expect: 'above',
        than: 0.02,
      },
      {
        says: `of many stimuli that is next to nothing (${stimuli[many]} stimuli)`,
        values: of(results, many, apart, cka, last, shuffled),
        expect: 'below',
        than: 0.02,
      },
      {
        says: `of ${stimuli[few]} stimuli linear CKA finds a likeness of networks of two independent features (easy–hard)`,
        values: of(results, few, apart),
        expect: 'above',
      },
      {
        says: `which falls as stimuli are added (that of ${stimuli[few]} less that of ${stimuli[many]})`,
        values: minus(of(results, few, apart), of(results, many, apart)),
        expect: 'above',
      },
      {
        says: `what is left of it calibrated (${stimuli[few]} stimuli, which are one draw for all replicates)`,
        values: of(results, few, apart, cka, last, calibrated),
        expect: 'report',
      },
      {
        says: `what is left of it calibrated (${stimuli[many]} stimuli)`,
        values: of(results, many, apart, cka, last, calibrated),
        expect: 'report',
      },
      {
        says: `networks of the easy task stay what they are (easy–easy, ${stimuli[few]} stimuli, calibrated)`,
        values: of(results, few, ['easy only', 'easy only'], cka, last, calibrated),
        expect: 'above',
        than: 0.9,
      },
      {
        says: `at the best pair of layers some likeness is left, as the same inputs are in both (easy–hard, ${stimuli[many]} stimuli, linear CKA, calibrated)`,
        values: of(results, many, apart, cka, bestPair, calibrated),
        expect: 'report',
      },
      {
        says: `the order of figure 2 stays (both–easy less both–both, RSA, ${stimuli[many]} stimuli, calibrated)`,
        values: overSeeds(
          resultsAt(results, many),
          rsa,
          last,
          (mean) => mean('both', 'easy only') - mean('both', 'both'),
          calibrated,
        ),
        expect: 'report',
      },
    ];
  },
  conclude: [
    'A similarity by itself says little: of few stimuli a good part of what linear CKA finds between networks of independent features is what it finds with shuffled stimuli, too. Of many that part is next to nothing.',
    'The best pair of layers of networks of different tasks looks alike, and stays so when it is calibrated: that is no chance, but the inputs, which both still hold in their first layers.',
  ],
  notConclude: [
    'That nothing at all is left between networks of different tasks: the interval of what is left in the last hidden layer holds 0 and is wide, as one of the five networks of the hard task has kept some of the easy feature.',
    'That intervals over replicates know of the stimuli: all replicates see the same ones, and by which few features agree in them is in every pair. Look at p, which does know.',
    'That a calibrated score above 0 is a common computation: the null is no relation at all, and networks with the same inputs share these, in their first layers most.',
    'That calibration mends what RSA follows: networks of two tasks still look like those of the easy one.',
  ],
  // The first and the last point, of fewer stimuli.
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, train: 2048, fit: 64 },
    network: { ...file.network, hidden: [32, 16, 16, 16] },
    seeds: 4,
    sweep: { 'stimuli.test': [24, 192] },
  }),
};
export default figure;
