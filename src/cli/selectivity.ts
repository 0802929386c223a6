import { type Extended, extendedNumber, statisticRows } from '../core/extended';
import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import { selectivity, type SelectivityAsked, type SelectivityFound } from '../verbs/selectivity';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

/** Units that one looks through in a terminal. */
const unitsShown = 20;

/** `repscope selectivity FILE`: which units prefer which value of a label. */
export async function selectivityCommand(
  activations: string,
  { json, ...how }: Omit<SelectivityAsked, 'activations'> & { readonly json?: boolean },
): Promise<number> {
  const found = await selectivity.run({ activations, ...how }, arrayRoom);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

function* lines(found: SelectivityFound): Generator<string, void, undefined> {
  const { n, missing, units, label, classes, counts, values, undefinedValues } = found;
  yield `selectivity of ${units} units for ${visible(label)}, over ${n} rows${missing > 0 ? ` (${missing} without it are left out)` : ''}\n`;
  yield `values: ${visible(classes.map((name, c) => `${name} (${counts[c]})`).join(', '))}; ${values.permutations} permutations\n\n`;
  const { maximum } = values;
  const head = ['strongest unit', 'value', 'p', '95 % of the null'];
  const rows = (Object.keys(maximum) as (keyof typeof maximum)[]).map((statistic) => {
    const { value, p, threshold } = maximum[statistic];
    return [statistic, shown(value), shown(p), shown(threshold)];
  });
  for (const line of aligned([head, ...rows])) yield `${line}\n`;
  yield '\n';
  for (const line of aligned(strongest(found))) yield `${line}\n`;
  if (units * compared(found).length > unitsShown) yield 'Give --json for all of them.\n';
  for (const why of new Set(Object.values(undefinedValues))) yield `\n${visible(why)}\n`;
}

/** The units with the largest |d′|, of several values each with the rest. */
function strongest(found: SelectivityFound): string[][] {
  const { dprime, auroc, correlation, p } = found.values;
  const size = (value: Extended): number => Math.abs(extendedNumber(value) ?? 0);
  const first = statisticRows(dprime)
    .flatMap((row, at) => row.map((value, unit) => ({ at, value, unit })))
    .filter(({ value }) => value !== null)
    .sort((a, b) => (size(a.value) === size(b.value) ? 0 : size(b.value) - size(a.value)))
    .slice(0, unitsShown);
  const names = compared(found);
  return [
    ['unit', 'compared', 'd′', 'p', 'AUROC', 'correlation'],
    ...first.map(({ at, value, unit }) => [
      `${unit}`,
      names[at],
      ...[value, statisticRows(p.dprime)[at][unit]].map(shown),
      ...[auroc, correlation].map((of) => shown(statisticRows(of)[at][unit])),
    ]),
  ];
}

/** What the rows of the statistics are of. */
const compared = ({ classes }: SelectivityFound): readonly string[] =>
  classes.length === 2 ? [`${classes[1]} over ${classes[0]}`] : classes;

function shown(value: Extended): string {
  const number = extendedNumber(value);
  if (number === null) return '–';
  return Number.isFinite(number) ? fixed(number, 3) : number > 0 ? '∞' : '−∞';
}
