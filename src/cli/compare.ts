import { jsonPieces } from '../formats/json';
import { fixed } from '../formats/fixed';
import { confidenceText } from '../formats/percent';
import { visible } from '../formats/visible';
import type { ComparedValue, Comparison } from '../protocol/comparison';
import { compare } from '../verbs/compare';
import { exitCode } from './exit-code';
import { print } from './print';
import { room } from './room';
import { columns, padColumns } from './text';

export interface CompareOptions {
  /** As `HERE=THERE`. */
  pair?: string[];
  json?: boolean;
}

/**
 * `repscope compare RUN OTHER…`: how accuracies, variance explained and the similarity of layers differ between a run and others, with intervals over replicates.
 * JSON is an object for one other run, a list for several.
 */
export async function compareCommand(
  run: string,
  others: readonly string[],
  { pair = [], json }: CompareOptions,
): Promise<number> {
  const found = await compare.run({ run, others, pair }, room);
  await print(json === true ? jsonPieces(found.length === 1 ? found[0] : found) : allLines(found));
  return exitCode.done;
}

function* allLines(found: readonly Comparison[]): Generator<string, void, undefined> {
  for (const [at, comparison] of found.entries()) {
    if (at > 0) yield '\n';
    yield* lines(comparison);
  }
}

function* lines({
  name,
  other,
  confidence,
  rows,
  onlyHere,
  onlyThere,
  unchanged,
}: Comparison): Generator<string, void, undefined> {
  yield `${visible(name)} − ${visible(other)}: differences of means over replicates, with ${confidenceText(confidence)} Welch intervals\n\n`;
  const table = [['network', 'layer', 'measure', 'label', 'here', 'there', 'difference'], ...rows.map(cells)];
  const widths = table[0].map((_, at) => Math.max(...table.map((row) => columns(row[at]))));
  for (const row of table)
    yield `${row
      .map((cell, at) => padColumns(cell, widths[at]))
      .join('  ')
      .trimEnd()}\n`;
  if (onlyHere.length > 0) yield `\nOnly in ${visible(name)}: ${visible(onlyHere.join(', '))}.\n`;
  if (onlyThere.length > 0) yield `\nOnly in ${visible(other)}: ${visible(onlyThere.join(', '))}.\n`;
  if (unchanged.length > 0)
    yield `\nThe same in both, replicate by replicate: ${visible(unchanged.join(', '))}.\n`;
}

function cells({
  network,
  against,
  layer,
  other,
  measure,
  label,
  here,
  there,
  difference,
  low,
  high,
  n,
}: ComparedValue): string[] {
  const number = (value: number | null): string => (value === null ? '–' : fixed(value, 3));
  const interval = low === null || high === null ? '' : ` [${number(low)}, ${number(high)}]`;
  return [
    visible(against === undefined ? network : `${network} − ${against}`),
    visible(other === undefined ? layer : `${layer} – ${other}`),
    measure,
    visible(label),
    `${number(here)} (n ${n[0]})`,
    `${number(there)} (n ${n[1]})`,
    `${number(difference)}${interval}`,
  ];
}
