import type { PairResults, Results } from '../../src/protocol/results';
import { type GalleryFigure, minus } from './figure';
import { overSeeds } from './pairs';

const layer = 'hidden4';
const matrixOf = (results: Results, measure: string): PairResults['matrix'] => {
  const found = [...results.rsa, ...results.pairs].find(
    (one) => one.measure === measure && one.layer === layer,
  );
  if (!found) throw new Error(`Replicates are not compared by ${measure} in ${layer}.`);
  return found.matrix;
};

/** By seed: how far two measures are apart, over all pairs that a replicate of that seed is in. */
function apart(
  results: Results,
  [first, second]: readonly [string, string],
  of: (differences: readonly number[]) => number,
  as: (value: number) => number = (value) => value,
): number[] {
  const [a, b] = [first, second].map((measure) => matrixOf(results, measure));
  const count = results.networks[0].replicates.length;
  return Array.from({ length: count }, (_, seed) => {
    const differences = a.flatMap((row, i) =>
      row.flatMap((value, k) => {
        const other = b[i][k];
        if (i === k || i % count !== seed) return [];
        if (value === null || other === null) throw new Error(`${first} or ${second} is not defined.`);
        return [Math.abs(value - as(other))];
      }),
    );
    return of(differences);
  });
}

/** By seed: how much more alike networks of the easy task are than one of each. */
function telling(results: Results, measure: string): number[] {
  return overSeeds(
    results,
    measure,
    layer,
    (meanOf) => meanOf('easy only', 'easy only') - meanOf('easy only', 'hard only'),
  );
}

const most = (values: readonly number[]): number => Math.max(...values);
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const asked = (name: string, units = ''): string => `similarity(${name}${units === '' ? '' : `, ${units}`})`;
/** What float64 leaves of an identity of activations in float32. */
const ROUNDING = 1e-6;

const figure: GalleryFigure = {
  number: 8,
  example: 'rsa-cka-cca',
  question: 'Which of the measures of how alike two representations are say the same, and which do not?',
  source:
    'Williams (2024), “Equivalence between RSA, CKA and CCA”, UniReps workshop; Harvey and others (2024), arXiv 2311.11436; Kornblith and others (2019), arXiv 1905.00414',
  recipe:
    'The identities are algebra, of any activations, and the sources train nothing like this. The networks are those of “RSA between networks” in small: 16 inputs in place of 64, layers of 64 and 32 units in place of 256 to 64, 4,096 training stimuli in place of 65,536, batches of 32 in place of 128; similarities are over 256 fresh stimuli.',
  pictures: [
    {
      panel: 'rsa',
      choices: { 'Compared by': 'RSA, doubly centred' },
      caption: 'RSA of squared distances, doubly centred: the same numbers as linear CKA.',
    },
    {
      panel: 'rsa',
      choices: { 'Compared by': 'RSA' },
      caption: 'RSA of correlation distances: near it, not the same.',
    },
    {
      panel: 'rsa',
      choices: { 'Compared by': 'Mean squared canonical correlation' },
      caption:
        'The mean squared canonical correlation (and, but for replicates of fewer directions, CKA of whitened units): all directions count the same, and networks of the same task hardly stand out.',
    },
  ],
  numbers: (results) =>
    (
      [
        ['RSA, squared distances, not centred', 'rsa(squaredEuclidean, pearson)'],
        ['RSA, correlation distances', asked('rsa')],
        ['RSA, correlation distances, z-scored', asked('rsa', 'z-scored')],
        ['linear CKA', asked('cka')],
        ['linear CKA, z-scored', asked('cka', 'z-scored')],
        ['linear CKA, whitened', asked('cka', 'whitened')],
        ['mean squared canonical correlation', asked('cca-squared')],
        ['Bures similarity', asked('bures')],
      ] as const
    ).flatMap(([what, measure]) =>
      (
        [
          ['both', 'both'],
          ['both', 'easy only'],
          ['easy only', 'easy only'],
          ['easy only', 'hard only'],
        ] as const
      ).map(([a, b]) => ({
        what: `${what}: ${a} – ${b}`,
        values: overSeeds(results, measure, layer, (meanOf) => meanOf(a, b)),
      })),
    ),
  effects(results) {
    const difference = (a: string, b: string): number[] => apart(results, [a, b], mean);
    return [
      ...['', 'z-scored', 'whitened'].map((units) => ({
        says: `RSA of squared distances, doubly centred, is linear CKA${units === '' ? '' : `, ${units}`}: their largest difference over all pairs of replicates`,
        values: apart(results, [asked('rsa-centred', units), asked('cka', units)], most),
        expect: 'below' as const,
        than: ROUNDING,
      })),
      {
        says: 'the Bures similarity is the cosine of the angular Procrustes distance: their largest difference',
        values: apart(results, [asked('bures'), asked('procrustes')], most, Math.cos),
        expect: 'below',
        than: ROUNDING,
      },
      {
        says: 'linear CKA of whitened units, Σρ²/√(pq), is the mean squared canonical correlation, Σρ²/min(p, q), but for replicates with fewer directions p, q than others: their largest difference',
        values: apart(results, [asked('cka', 'whitened'), asked('cca-squared')], most),
        expect: 'below',
        than: 0.02,
      },
      {
        says: 'RSA of squared distances, not centred, is another measure than CKA: their mean difference over pairs, without sign',
        values: difference('rsa(squaredEuclidean, pearson)', asked('cka')),
        expect: 'above',
        than: 0.001,
      },
      {
        says: 'RSA of correlation distances is another than CKA: their mean difference',
        values: difference(asked('rsa'), asked('cka')),
        expect: 'above',
        than: 0.001,
      },
      {
        says: 'z-scoring the units brings RSA of correlation distances and CKA together: their mean difference with units as they are less that with z-scored ones',
        values: minus(
          difference(asked('rsa'), asked('cka')),
          difference(asked('rsa', 'z-scored'), asked('cka', 'z-scored')),
        ),
        expect: 'report',
      },
      {
        says: 'CKA tells networks of the same task from those of different tasks, canonical correlations hardly do (easy–easy less easy–hard by linear CKA, less the same by the mean squared canonical correlation)',
        values: minus(telling(results, asked('cka')), telling(results, asked('cca-squared'))),
        expect: 'above',
        than: 0.3,
      },
    ];
  },
  conclude: [
    'RSA with doubly centred squared distances and linear CKA are one measure; so are Bures similarity and Procrustes angle, and CKA of whitened units and canonical correlations.',
    'What is left between RSA and CKA is what is centred and scaled before. A number without that is not to be compared with others.',
    'Whether a measure weighs directions by their variance decides more than its name: by CKA networks of the easy task are the same and those of different tasks have nothing in common; by canonical correlations the first are little more alike than the second.',
  ],
  notConclude: [
    'That one of them is right: each leaves other changes of a representation unseen (its invariances are in the hover of its name).',
    'That whitened directions that two networks share are used by both: they are what the inputs left in them, however faint.',
  ],
  // Smaller already: fewer networks, and fewer stimuli to compare by.
  reduced: (file) => ({
    ...file,
    stimuli: { ...file.stimuli, train: 2048, fit: 64, test: 96 },
    network: { ...file.network, hidden: [32, 16, 16, 16] },
    seeds: 3,
  }),
};
export default figure;
