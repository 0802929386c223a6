// Measures the coverage of every interval and prints docs/coverage.md: main FOLDER [REPLICATES], FOLDER for the store.
import { resolve } from 'node:path';
import {
  approximateMeans,
  atMostAll,
  dimensions,
  positive,
  type Range,
  share,
  similarity,
} from '../../src/analysis/statistics/interval';
import { readExperiment } from '../../src/sources/read-experiment';
import type { Results, RsaResults } from '../../src/protocol/results';
import { stream } from '../../src/core/stream';
import { Session } from '../../src/run/session';
import { type NetworkTree, treeOf } from '../support/tree';
import { bootstrap, plainJackknife } from './alternatives';
import {
  type Coverage,
  coverageOfDifferences,
  coverageOfMeans,
  coverageOfPairs,
  meanOf,
  meansOfPairs,
  type Method,
  ours,
} from './coverage';
import { experiment, madeUpAccuracies, madeUpSimilarities } from './populations';

const sizes = [3, 5, 10, 20];
const draws = 4000;
const drawsOfPairs = 1000;
const drawsOfAlternatives = 400;

const [folder = '.', count = '200'] = process.argv.slice(2);
const started = performance.now();
const results = await population(folder, Number(count));
const trained = performance.now();
const page = pageOf(results);
process.stdout.write(`${page}\n`);
process.stderr.write(
  `${Math.round((trained - started) / 1000)} s of training and analysis, ${Math.round((performance.now() - trained) / 1000)} s of drawing\n`,
);

async function population(store: string, seeds: number): Promise<Results> {
  const { experiment: read, problems } = readExperiment(JSON.stringify({ ...experiment, seeds }));
  if (!read) throw new Error(problems.map(({ message }) => message).join('\n'));
  const session = new Session(read, {
    script: resolve('dist/worker.js'),
    store,
    capBytes: 4e9,
    withoutUnits: true,
  });
  try {
    return (await session.run()).results;
  } finally {
    await session.dispose();
  }
}

function pageOf(results: Results): string {
  const { rsa } = results;
  const networks = treeOf(results);
  const pairs = rsa.filter(({ layer, metric }) => layer === 'hidden2' || metric === 'euclidean');
  return [
    '# How often intervals hold what they should',
    '',
    '`npm run coverage` makes this page. The intervals that RepScope shows are said to hold the true mean in 95 of 100 runs. Here the truth is',
    `known: ${count} replicates of each network of a small experiment (\`test/intervals/populations.ts\`) are the population, 3, 5, 10 or 20 of`,
    `them are drawn with replacement, ${draws.toLocaleString('en')} times (pairs of replicates: ${drawsOfPairs.toLocaleString('en')} times), and what is drawn goes through the same functions as`,
    'a run’s results. In the population *easy* is learned by all and *hard* by some replicates: its means are as skewed as they come.',
    '',
    `Numbers are shares of the intervals that held the population’s mean; their Monte-Carlo standard error is at most ${monteCarlo(draws)} (pairs: ${monteCarlo(drawsOfPairs)}) at`,
    `.95, and ${(0.5 / Math.sqrt(drawsOfPairs)).toFixed(3).slice(1)} at worst. ≈: half of the intervals or more are marked as approximate. (.79 none): for so many draws there was no interval, since all`,
    'values are equal or there are too few pairs; –: for none there was one. **Bold**: below .93, and not marked as approximate.',
    '',
    `The rule of marking was chosen from these numbers (\`kindOf\` in \`src/analysis/statistics/interval.ts\`). ${approximateMeans}.`,
    '',
    '## Means over replicates',
    '',
    'Student’s t; of shares on the logit scale, of similarities and variance explained on Fisher’s z, of loss, participation ratio and d′ on the logarithm of what they are above their least value (`src/analysis/statistics/interval.ts`).',
    '',
    ...table('population', [...meansOf(networks), ...madeUp(), ...differences(networks)]),
    '',
    'What no interval can show is a rare replicate that fails: where one in twenty is at .5 and the others differ by .01 (*near .99, one in twenty at',
    '.5*), three of four draws of five have none of these, and six of ten draws of ten: the interval is of the others, and looks as good as any. Look at every replicate, and',
    'train more of them.',
    '',
    '## Means over pairs of replicates: RSA',
    '',
    'The jackknife over replicates with Student’s t on Fisher’s z; of differences on their own scale (`src/analysis/rsa/groups.ts`).',
    '',
    ...table(
      'population',
      pairs.flatMap((one) => pairsOf(one)),
    ),
    ...table('made up', madeUpPairs()).slice(2),
    '',
    '## What was not chosen',
    '',
    `The same draws by other intervals, ${drawsOfAlternatives} draws each (standard error ${monteCarlo(drawsOfAlternatives)} at .95): RSA of hidden2 by correlation distance.`,
    '',
    ...alternatives(rsa[0]),
  ].join('\n');
}

function monteCarlo(of: number): string {
  return Math.sqrt((0.95 * 0.05) / of)
    .toFixed(3)
    .slice(1);
}

type Row = readonly [name: string, truth: number, cells: readonly Coverage[]];

function meansOf(networks: readonly NetworkTree[]): Row[] {
  return networks.flatMap(({ name, tasks, summary }) => {
    const last = summary.layers[summary.layers.length - 2];
    return [
      ...tasks.map((task) => row(`accuracy of ${task}, ${name}`, summary.accuracy[task].values, share)),
      row(`loss, ${name}`, summary.loss?.values ?? [], positive),
      ...summary.layers.flatMap((layer) =>
        Object.keys(experiment.tasks).map((task) =>
          row(
            `variance explained by ${task}, ${layer.name} of ${name}`,
            layer.varianceExplained[task].values,
            atMostAll,
          ),
        ),
      ),
      ...tasks.map((task) =>
        row(
          `largest d′ for ${task}, hidden1 of ${name}`,
          summary.layers[0].maximumDprime[task].values,
          positive,
        ),
      ),
      row(`participation ratio, ${last.name} of ${name}`, last.participationRatio?.values ?? [], dimensions),
      ...Object.keys(experiment.tasks).map((task) =>
        row(`RSA with the RDM of ${task}, ${last.name} of ${name}`, last.modelRsa[task].values, similarity),
      ),
    ];
  });
}

function madeUp(): Row[] {
  return Object.entries(madeUpAccuracies()).map(([name, values]) =>
    row(`made-up accuracy: ${name}`, values, share),
  );
}

function row(name: string, values: readonly (number | null)[], range: Range): Row {
  const population = values.filter((value) => value !== null);
  const random = stream('coverage', name);
  return [
    name,
    meanOf(population),
    sizes.map((size) => coverageOfMeans(population, size, draws, range, random)),
  ];
}

/** Of the comparison of two runs: Welch’s interval. */
function differences(networks: readonly NetworkTree[]): Row[] {
  const [both, , hardOnly] = networks.map(({ summary }) => summary.accuracy);
  const two = [both.hard, hardOnly.hard].map(({ values }) => values.filter((value) => value !== null));
  const random = stream('coverage', 'differences');
  return [
    [
      'accuracy of hard: hard only − both (Welch)',
      meanOf(two[1]) - meanOf(two[0]),
      sizes.map((size) => coverageOfDifferences([two[0], two[1]], size, draws, random)),
    ],
  ];
}

function pairsOf({ layer, metric, labels, matrix }: RsaResults): Row[] {
  const places = (network: string): number[] =>
    labels.flatMap((label, at) => (label.startsWith(`${network}/`) ? [at] : []));
  const where = `${layer} by ${metric}`;
  return (
    [
      ['both', 'easy only'],
      ['easy only', 'hard only'],
      ['hard only', 'both'],
    ] as const
  ).flatMap(([a, b]) => rowsOfPairs(`${where}: `, [a, b], matrix, [places(a), places(b)]));
}

function rowsOfPairs(
  where: string,
  [a, b]: readonly [string, string],
  matrix: RsaResults['matrix'],
  networks: readonly [number[], number[]],
): Row[] {
  const truth = meansOfPairs(matrix, networks);
  const random = stream('coverage', where, a, b);
  const kinds = ['within', 'between', 'difference'] as const;
  const methods = kinds.map((kind) => ({ method: ours[kind], truth: truth[kind] }));
  const cells = sizes.map((size) => coverageOfPairs(matrix, networks, size, drawsOfPairs, methods, random));
  const names = {
    within: `${a} – ${a}`,
    between: `${a} – ${b}`,
    difference: `(${a} – ${b}) − (${a} – ${a})`,
  };
  return kinds
    .map((kind, at): Row => [`${where}${names[kind]}`, truth[kind], cells.map((bySize) => bySize[at])])
    .filter(([, mean]) => Number.isFinite(mean));
}

function madeUpPairs(): Row[] {
  return [
    { within: 0.3, between: 0.1, own: 0.1, pair: 0.05 },
    { within: 0.3, between: 0.1, own: 0.02, pair: 0.1 },
    { within: 0.8, between: 0.85, own: 0.05, pair: 0.02 },
  ].flatMap((parts) => {
    const { matrix, networks } = madeUpSimilarities(400, parts);
    return rowsOfPairs(`sd ${parts.own} a replicate, ${parts.pair} a pair: `, ['a', 'b'], matrix, networks);
  });
}

function alternatives({ labels, matrix }: RsaResults): string[] {
  const places = (network: string): number[] =>
    labels.flatMap((label, at) => (label.startsWith(`${network}/`) ? [at] : []));
  const networks = [places('both'), places('hard only')] as const;
  const truth = meansOfPairs(matrix, networks);
  const named: [string, Method, Method][] = [
    ['jackknife, t on Fisher’s z (chosen)', ours.within, ours.between],
    ['jackknife, t', plainJackknife(true), plainJackknife(false)],
    ['percentile bootstrap', bootstrap(true, false), bootstrap(false, false)],
    ['BCa bootstrap', bootstrap(true, true), bootstrap(false, true)],
  ];
  const methods = named.flatMap(([, within, between]) => [
    { method: within, truth: truth.within },
    { method: between, truth: truth.between },
  ]);
  const random = stream('coverage', 'alternatives');
  const cells = [3, 5, 10].map((size) =>
    coverageOfPairs(matrix, networks, size, drawsOfAlternatives, methods, random),
  );
  const pairs = ['both – both', 'both – hard only'];
  return [
    '| interval | pairs | 3 | 5 | 10 |',
    '| --- | --- | ---: | ---: | ---: |',
    ...named.flatMap(([name], at) =>
      pairs.map(
        (pair, place) =>
          `| ${name} | ${pair} | ${cells.map((bySize) => cell(bySize[2 * at + place], false)).join(' | ')} |`,
      ),
    ),
  ];
}

function table(what: string, rows: readonly Row[]): string[] {
  return [
    `| ${what} | mean | ${sizes.join(' | ')} |`,
    `| --- | ---: |${sizes.map(() => ' ---: |').join('')}`,
    ...rows.map(
      ([name, truth, cells]) =>
        `| ${name} | ${truth.toFixed(3)} | ${cells.map((one) => cell(one)).join(' | ')} |`,
    ),
  ];
}

function cell({ draws: all, intervals, held, approximate }: Coverage, marks = true): string {
  if (intervals === 0) return '–';
  const covered = held / intervals;
  const text = covered.toFixed(3).replace(/^0/, '');
  const said = approximate * 2 >= intervals;
  const without = 1 - intervals / all;
  return [
    marks && !said && covered < 0.93 ? `**${text}**` : `${marks && said ? '≈ ' : ''}${text}`,
    ...(without >= 0.005 ? [`(${without.toFixed(2).replace(/^0/, '')} none)`] : []),
  ].join(' ');
}
