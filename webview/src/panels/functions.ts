import { type Replicate, replicateNamed } from '../../../src/core/replicate';
import { doneReplicates, type Findings, findingsOf } from '../../../src/analysis/findings';
import { superscript } from '../../../src/formats/fixed';
import type { NetworkResults } from '../../../src/protocol/results';
import { onePanel } from '../charts/one-panel';
import type { LegendEntry, Line, Picture, Points, Tick } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import { defined } from '../defined';
import type { FigureContent } from '../figure-content';
import { plural, shown, shownInterval } from '../number';
import { figure, type Panel, type View, withoutPicture } from '../panel';
import { measuresNamed } from '../says';

/** Functions of one complexity and one probability, in all replicates. */
interface Found {
  complexity: number;
  probability: number;
  functions: number;
}

/** Which functions random networks compute: how probable each is, against how complex. */
export const functionsPanel: Panel = {
  id: 'functions',
  title: 'Functions',
  follows: ['replicate'],
  choices: {},
  offered: ({ results }) => 'functionsFound' in results.measures,
  draw(_, view) {
    return [figure('Probability against complexity', functionsOf(view))];
  },
};

function functionsOf(view: View): FigureContent {
  const { results, replicate } = view;
  const findings = findingsOf(results);
  const isEnsemble = ({ name }: NetworkResults): boolean => findings.parts(name, 'functionsFound').length > 0;
  const network =
    results.networks.find((one) => one.name === replicate.source && isEnsemble(one)) ??
    results.networks.find(isEnsemble);
  if (!network) return withoutPicture('No ensemble of random networks is done yet.');
  const done = doneReplicates(network, replicate.point);
  const { found, drawn } = foundBy(
    findings,
    network.name,
    done.map(({ seed }) => replicateNamed(network.name, seed)),
  );
  const mean = (measure: string): ReturnType<Findings['mean']> => findings.mean(network.name, measure);
  const said = (measure: string): string =>
    shownInterval(mean(measure) ?? { mean: null, low: null, high: null });
  const [slope, intercept] = [mean('boundSlope')?.mean ?? null, mean('boundIntercept')?.mean ?? null];
  const coins = mean('coinComplexity')?.mean ?? null;
  return {
    of: network.name,
    chart: pictureChart(() =>
      picture(found, drawn, slope === null || intercept === null ? null : { slope, intercept }, coins),
    ),
    description: `Functions of ${network.name} by complexity and probability: correlation ${said('simplicityBias')}.`,
    caption:
      `${network.name}: ${plural(done.length, 'ensemble')} of ${drawn.toLocaleString('en')} random networks. Each point: the functions of one complexity that are equally probable, in one ensemble or several; those in the lowest row were found once. ` +
      `Correlation of log P with complexity over distinct functions: ${said('simplicityBias')}. Mean complexity of a network ${said('meanComplexity')} bits; of answers by coins ${shown(coins, true)}. ` +
      (slope === null
        ? 'Too few functions were found more than once for an upper bound.'
        : `Dashed: the upper bound log₂ P ≤ a K + b of what was found more than once, a = ${said('boundSlope')}, b = ${said('boundIntercept')} (means of the ensembles’).`),
    says: measuresNamed(results, 'simplicityBias', 'meanComplexity', 'boundSlope', 'distinctFunctions'),
    table: {
      columns: ['complexity (bits)', 'probability', 'functions'],
      rows: found.map(({ complexity, probability, functions }) => [complexity, probability, functions]),
    },
  };
}

/** The functions of all replicates; each has drawn as many networks. */
function foundBy(
  findings: Findings,
  network: string,
  replicates: readonly Replicate[],
): { found: Found[]; drawn: number } {
  const classes = findings.parts(network, 'functionsFound').map((part) => {
    const [complexity, count] = part.split(' ').map(Number);
    const of = replicates.map((one) => findings.at(one, 'functionsFound', { part })?.value ?? 0);
    return { complexity, count, of };
  });
  const drawn = classes.reduce((sum, { count, of }) => sum + count * (of[0] ?? 0), 0);
  const found = classes
    .map(({ complexity, count, of }) => ({
      complexity,
      probability: count / drawn,
      functions: of.reduce((sum, one) => sum + one, 0),
    }))
    .sort((a, b) => b.probability - a.probability || a.complexity - b.complexity);
  return { found, drawn };
}

interface Bound {
  slope: number;
  intercept: number;
}

function picture(found: readonly Found[], drawn: number, bound: Bound | null, coins: number | null): Picture {
  const most = 1.05 * Math.max(coins ?? 0, ...found.map(({ complexity }) => complexity));
  const lowest = Math.log10(1 / drawn) - 0.2;
  const lines = [
    ...(bound ? [boundLine(bound, most, lowest)] : []),
    ...(coins === null ? [] : [coinsLine(coins, lowest)]),
  ];
  const functions: LegendEntry = { name: 'functions', colour: { networks: 0 }, shape: 'disc' };
  const entries = [
    functions,
    ...lines.map(({ name, colour, dash }) => ({ name, colour, ...defined({ dash }) })),
  ];
  return onePanel(
    [
      {
        x: { title: 'Lempel–Ziv complexity (bits)', range: [0, most] },
        y: { title: 'Probability', range: [lowest, 0.1], ticks: powers(lowest) },
        height: 320,
        marks: [pointsOf(found), ...lines],
      },
    ],
    { legend: [{ entries }] },
  );
}

function pointsOf(found: readonly Found[]): Points {
  return {
    kind: 'points',
    x: found.map(({ complexity }) => complexity),
    y: found.map(({ probability }) => Math.log10(probability)),
    colour: { networks: 0 },
    shape: 'disc',
    radius: 3,
    opacity: 0.7,
    says: (at) => {
      const { complexity, probability, functions } = found[at];
      return [
        `complexity ${shown(complexity, true)} bits`,
        `probability ${shown(probability)}`,
        plural(functions, 'function'),
      ];
    },
  };
}

/** Until it leaves the picture at the right or below. */
function boundLine({ slope, intercept }: Bound, most: number, lowest: number): Line {
  const at = (x: number): number => (slope * x + intercept) * Math.log10(2);
  const end = slope < 0 ? Math.min(most, (lowest / Math.log10(2) - intercept) / slope) : most;
  return {
    ...{ kind: 'line', name: 'upper bound', colour: 'foreground', width: 1.5, dash: [5, 4] },
    points: [0, end].map((x) => ({ x, y: at(x), value: 10 ** at(x) })),
  };
}

function coinsLine(coins: number, lowest: number): Line {
  return {
    ...{ kind: 'line', name: 'coins', colour: 'muted', width: 1.5, dash: [1.5, 4] },
    points: [lowest, 0].map((y) => ({ x: coins, y, note: 'mean complexity of coins', value: coins })),
  };
}

/** Powers of ten down to a logarithm. */
function powers(lowest: number): Tick[] {
  const count = Math.floor(-lowest) + 1;
  return Array.from({ length: count }, (_, at) => ({
    at: -at,
    name: at === 0 ? '1' : `10${superscript(-at)}`,
  }));
}
