import { mainLayer } from '../../src/protocol/layers';
import type { Results } from '../../src/protocol/results';
import { resultsAt } from '../../src/protocol/results-at';
import { settingNames } from '../../src/protocol/setting-text';
import { type Effect, type GalleryFigure, minus, numbersOf } from './figure';

const HIDDEN = 'network.hidden';
const DROPOUT = 'training.dropout';
const DECAY = 'training.weightDecay';
const PREVALENCE = 'stimuli.features.e.prevalence';
const [SHALLOW, DEEP, WIDE] = ['[64, 64]', '[64, 64, 64]', '[128, 128, 128]'];
const NETWORKS = ['adam', 'sgd'] as const;
const LABELS = ['easy', 'hard'] as const;

/** A network at a point of the sweep. */
interface Cell {
  readonly network: string;
  readonly point: number;
}

/** What is changed, and what stays. */
interface Change {
  readonly what: string;
  readonly published: string;
  /** The cell that it leads to from a cell; null from one that it does not begin at. */
  readonly to: (cell: Cell, results: Results) => Cell | null;
}

const changes: readonly Change[] = [
  change('a third hidden layer (64 units in each)', 'above 0', HIDDEN, SHALLOW, DEEP),
  change('layers twice as wide (128 units in each of three)', 'next to nothing', HIDDEN, DEEP, WIDE),
  change('dropout .1', 'below 0, with Adam', DROPOUT, '0', '0.1'),
  change('dropout .2', 'below 0, with Adam', DROPOUT, '0', '0.2'),
  change('weight decay of .001', 'nothing is told here', DECAY, '0', '0.001'),
  change('easy “yes” in 10 % of the training stimuli', 'below 0', PREVALENCE, '0.5', '0.1'),
  {
    what: 'Adam in place of SGD',
    published: 'nothing is told here',
    to: ({ network, point }, { networks }) =>
      network === 'sgd' && networks.some(({ name }) => name === 'adam') ? { network: 'adam', point } : null,
  },
];

function change(what: string, published: string, path: string, from: string, to: string): Change {
  return {
    what,
    published,
    to({ network, point }, { sweep }) {
      const at = sweep?.settings.indexOf(path) ?? -1;
      const { values } = sweep?.points[point] ?? { values: [] };
      if (at < 0 || values[at] !== from) return null;
      const wanted = JSON.stringify(values.with(at, to));
      const found = sweep?.points.findIndex((one) => JSON.stringify(one.values) === wanted) ?? -1;
      return found < 0 ? null : { network, point: found };
    },
  };
}

function cellsOf({ sweep, networks }: Results): Cell[] {
  if (!sweep) throw new Error('Nothing is swept.');
  return networks.flatMap(({ name }) => sweep.points.map((_, point) => ({ network: name, point })));
}

/** The cell in words. */
function called({ sweep }: Results, { network, point }: Cell): string {
  const names = settingNames(sweep?.settings ?? []);
  const values = sweep?.points[point].values ?? [];
  return [network, ...names.map((name, at) => `${name} ${values[at]}`)].join(', ');
}

function valueOf({ sweep }: Results, { point }: Cell, path: string): string | undefined {
  return sweep?.points[point].values[sweep.settings.indexOf(path)];
}

/** The share of the last hidden layer that a task explains, one number a replicate. */
function share(results: Results, { network, point }: Cell, label: string): number[] {
  const site = mainLayer(resultsAt(results, point).networks[0].layers)?.name;
  return numbersOf(results, network, 'varianceExplained', { point, label, site });
}

const gap = (results: Results, cell: Cell): number[] =>
  minus(share(results, cell, 'easy'), share(results, cell, 'hard'));

/** Whether every replicate computes both tasks: of others nothing is claimed. */
function computesBoth(results: Results, { network, point }: Cell): boolean {
  return LABELS.every(
    (label) => Math.min(...numbersOf(results, network, 'accuracy', { point, label })) > 0.97,
  );
}

/** Of each replicate the mean over cells. */
function over(cells: readonly Cell[], of: (cell: Cell) => number[]): number[] {
  return cells
    .map(of)
    .reduce((sums, values) => sums.map((sum, seed) => sum + values[seed]))
    .map((sum) => sum / cells.length);
}

/** The change of the gap, of each replicate the mean over all pairs of cells that differ in nothing else and compute both tasks. */
function effectsOf(results: Results): Effect[] {
  const good = cellsOf(results).filter((cell) => computesBoth(results, cell));
  return changes.flatMap(({ what, published, to }) =>
    NETWORKS.flatMap((network): Effect[] => {
      const pairs = good.flatMap((from) => {
        if (from.network !== network) return [];
        const end = to(from, results);
        const goal = good.find((one) => one.network === end?.network && one.point === end.point);
        return goal ? [{ from, goal }] : [];
      });
      if (pairs.length === 0) return [];
      const before = over(
        pairs.map(({ from }) => from),
        (cell) => gap(results, cell),
      );
      const after = over(
        pairs.map(({ goal }) => goal),
        (cell) => gap(results, cell),
      );
      return [
        {
          says: `${what}${what.startsWith('Adam') ? '' : `, ${network}`}: change of the gap easy − hard (${pairs.length} pairs of points; published: ${published})`,
          values: minus(after, before),
          ...(asserted[`${what}, ${network}`] ?? { expect: 'report' }),
        },
      ];
    }),
  );
}

/** Changes whose direction is held, in the whole file and in the reduced one. */
const asserted: Readonly<Record<string, Pick<Effect, 'expect'>>> = {
  'a third hidden layer (64 units in each), sgd': { expect: 'above' },
  'layers twice as wide (128 units in each of three), adam': { expect: 'below' },
  'dropout .1, adam': { expect: 'below' },
  'dropout .1, sgd': { expect: 'above' },
  'weight decay of .001, adam': { expect: 'above' },
  'weight decay of .001, sgd': { expect: 'above' },
};

const figure: GalleryFigure = {
  number: 13,
  example: 'what-shapes-the-bias',
  question:
    'What makes the bias towards easy features grow, shrink or turn: depth, width, dropout, optimiser, weight decay, prevalence?',
  source: 'Lampinen and others (2024), arXiv 2405.05847',
  pictures: [
    {
      panel: 'sweep',
      figure: 'Variance explained against each setting',
      caption:
        'Variance of the last hidden layer that each task explains, against each setting by itself: means over all values of the others, for Adam and for SGD; above it whether the tasks are computed.',
    },
  ],
  // Half of them: those of the rarer feature differ little.
  numbers: (results) =>
    cellsOf(results)
      .filter((cell) => computesBoth(results, cell) && valueOf(results, cell, PREVALENCE) !== '0.1')
      .flatMap((cell) =>
        LABELS.map((label) => ({
          what: `${called(results, cell)}: ${label}`,
          values: share(results, cell, label),
        })),
      ),
  effects(results) {
    const good = cellsOf(results).filter((cell) => computesBoth(results, cell));
    const gaps = good.map((cell) => ({ cell, values: gap(results, cell) }));
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const [least] = gaps.toSorted((a, b) => mean(a.values) - mean(b.values));
    return [
      {
        says: `easy explains more of the last hidden layer than hard (mean over the ${good.length} of ${cellsOf(results).length} networks and points at which all replicates compute both)`,
        values: over(good, (cell) => gap(results, cell)),
        expect: 'above',
      },
      {
        says: `where it explains least more: ${called(results, least.cell)}`,
        values: least.values,
        expect: 'report',
      },
      ...effectsOf(results),
    ];
  },
  conclude: [
    'The easy feature takes more variance on average over all networks that compute both, and at nearly every point.',
    'How much more is made by the optimizer as much as by the tasks: a third layer widens the gap with SGD and not with Adam, a dropout of .1 narrows it with Adam and widens it with SGD, weight decay widens it with both.',
    'Of Adam with dropout .1 and three wide layers nothing of the gap is left, though both are networks as anybody trains them: what a representation shows is of the recipe, too.',
  ],
  notConclude: [
    'That rarer features are represented as strongly: published is that they are less, and here, with the easy feature “yes” in 10 % of the training stimuli (its share is measured where both values are as frequent), no change is seen in five replicates.',
    'That depth or width act so in larger networks: the paper’s are larger, and there depth widens the gap and width hardly changes it.',
    'Anything of points at which a task is not computed (mostly SGD with dropout): they are in the picture, and in no claim.',
  ],
  reduced: (file) => ({
    ...file,
    networks: { adam: {} },
    sweep: {
      [HIDDEN]: [[64, 64, 64]],
      [DROPOUT]: [0, 0.1],
      [DECAY]: [0, 0.001],
    },
    seeds: 4,
  }),
};
export default figure;
