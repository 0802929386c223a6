import { doneReplicates, type Findings, findingsOf } from '../../../src/analysis/findings';
import type { MeasureInfo, NetworkResults, Results } from '../../../src/protocol/results';
import { decimals } from '../../../src/formats/fixed';
import { remarkedMean } from '../../../src/formats/remark';
import { type Cell, intervalCell } from '../cell';
import { heatmapChart } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { doubts, noValue, plural } from '../number';
import { withoutPicture } from '../panel';
import { saysText } from '../says';
import { LEVEL } from '../../../src/protocol/above-null';
import { directionText, numberWord, type PairColours, withDirection } from './similarity-words';

/** What is shown of the layers of all networks. */
interface Wish {
  measure: string;
  /** Of its null, where it has one. */
  p: string | null;
  info: MeasureInfo;
  /** Of the sweep. */
  point: number;
  /** One replicate of each; null: their mean. */
  seed: number | null;
  colours: PairColours;
}

/** The layers of a network, every two of the same replicate compared. */
export function layersOf(results: Results, network: NetworkResults, wish: Wish): FigureContent {
  const { measure, info, point, seed, colours } = wish;
  const findings = findingsOf(results);
  const layers = network.layers.map(({ name }) => name);
  const cell = (row: number, column: number): Cell => cellOf(findings, network, layers, wish, row, column);
  const numberAt = (row: number, column: number): number | null => {
    const found = cell(row, column);
    return typeof found === 'number'
      ? found
      : found !== null && typeof found === 'object' && 'mean' in found
        ? found.mean
        : null;
  };
  const done = doneReplicates(network, wish.point);
  const values = layers.map((_, row) =>
    layers.map((_other, column) => (row === column ? (info.itself ?? null) : numberAt(row, column))),
  );
  const nothing = whyNothing(network, layers, wish, findings);
  if (nothing !== null) return withoutPicture(nothing);
  const isRecorded = network.recorded === true;
  const one = `${isRecorded ? 'replicate' : 'seed'} ${seed}`;
  const of = seed === null ? `means over ${plural(done.length, 'replicate')}` : one;
  const when = isRecorded ? '' : ', at the end of training';
  return {
    chart: heatmapChart({
      values,
      ...colours,
      measure: withDirection(info),
      columns: { names: layers },
      pair: (row, column) => {
        const found = findings.mean(network.name, measure, { point, ...placeOf(layers, row, column) });
        const said = found === undefined || seed !== null ? [] : doubts({ ...found, ...remarkedMean(found) });
        return [
          `${layers[row] ?? ''} – ${layers[column] ?? ''}${pText(psOf(findings, network, layers, wish, row, column))}`,
          ...said,
        ].join(' ');
      },
      why: (row, column) => noValue(whyOf(findings, network, layers, wish, row, column)),
      ...(wish.p === null
        ? {}
        : {
            dotted: (row: number, column: number) => {
              const ps = psOf(findings, network, layers, wish, row, column);
              return 2 * ps.filter((p) => p > LEVEL).length > ps.length;
            },
          }),
      written: true,
    }),
    of: `${info.title}, ${of}`,
    description: `${plural(layers.length, 'layer')} of ${network.name} with each other, ${of}.`,
    caption: `${network.name}, ${of}: ${info.title} of every two layers of the same replicate${when}. ${directionText(info)}${info.itself === undefined ? ' A layer with itself is not measured.' : ''} ${colours.text}${wish.p === null ? '' : ` Dots: ${seed === null ? 'in most replicates ' : ''}no more alike than with shuffled stimuli (p > .05; not corrected for the number of pairs).`}`,
    table: {
      columns: ['layer', 'with', numberWord(info)],
      says: { [numberWord(info)]: saysText(info) },
      rows: layers.flatMap((site, row) =>
        layers.slice(row + 1).map((other, after) => [site, other, cell(row, row + 1 + after)]),
      ),
    },
  };
}

/** The earlier layer is the site, the later one the other. */
function placeOf(layers: readonly string[], row: number, column: number): { site: string; other: string } {
  return {
    site: layers[Math.min(row, column)] ?? '',
    other: layers[Math.max(row, column)] ?? '',
  };
}

function cellOf(
  findings: Findings,
  { name }: NetworkResults,
  layers: readonly string[],
  { measure, point, seed }: Wish,
  row: number,
  column: number,
): Cell {
  if (row === column) return 'A layer with itself is not measured.';
  const place = placeOf(layers, row, column);
  return seed === null
    ? intervalCell(findings.mean(name, measure, { point, ...place }))
    : (findings.at({ source: name, point, seed }, measure, place)?.value ?? null);
}

/** The p of two layers, of the replicate that is shown or of all. */
function psOf(
  findings: Findings,
  network: NetworkResults,
  layers: readonly string[],
  { p, point, seed }: Wish,
  row: number,
  column: number,
): number[] {
  if (p === null || row === column) return [];
  const seeds = seed === null ? doneReplicates(network, point).map((one) => one.seed) : [seed];
  const place = placeOf(layers, row, column);
  return seeds.flatMap(
    (one) => findings.at({ source: network.name, point, seed: one }, p, place)?.value ?? [],
  );
}

/** `; p .021` of one replicate, `; p ≤ .05 in 3 of 5` of several. */
function pText(ps: readonly number[]): string {
  const [first] = ps;
  if (first === undefined) return '';
  if (ps.length === 1) return `; p ${decimals(first, 3)}`;
  return `; p ≤ .05 in ${ps.filter((p) => p <= LEVEL).length} of ${ps.length}`;
}

/** Why two layers of one replicate, or of the first that says so, have no number. */
function whyOf(
  findings: Findings,
  network: NetworkResults,
  layers: readonly string[],
  { measure, point, seed }: Wish,
  row: number,
  column: number,
): string | undefined {
  const place = placeOf(layers, row, column);
  return seed === null
    ? findings.whyNone(network.name, measure, { point, ...place })
    : findings.at({ source: network.name, point, seed }, measure, place)?.why;
}

/** Why no two layers have a number; null where some have. */
function whyNothing(
  network: NetworkResults,
  layers: readonly string[],
  wish: Wish,
  findings: Findings,
): string | null {
  const { measure, info, seed } = wish;
  if (layers.length < 2) return `${network.name} has one layer only: nothing to compare it with.`;
  const done = doneReplicates(network, wish.point);
  if (done.length === 0) return `No replicate of ${network.name} is done.`;
  if (seed !== null && !done.some((one) => one.seed === seed))
    return `The replicate of ${network.name} with seed ${seed} is not done.`;
  if (layers.every((site) => findings.others(network.name, measure, site).length === 0))
    return `${network.name}: layers were not compared by this. Over layers, RSA is by the distance and comparison of the experiment (analyses.rdm) alone.`;
  const pairs = layers.flatMap((_, row) =>
    layers.slice(row + 1).map((_other, after) => [row, row + 1 + after] as const),
  );
  const whys = pairs.map(([row, column]) => whyOf(findings, network, layers, wish, row, column));
  return whys.every((why) => why !== undefined)
    ? `${network.name}: ${info.title} of no two layers is defined. ${whys[0] ?? ''}`
    : null;
}
