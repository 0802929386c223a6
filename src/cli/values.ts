import { PLACES } from '../core/values';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import { type Row, values, type Wanted } from '../verbs/values';
import { exitCode } from './exit-code';
import { print } from './print';
import { room } from './room';
import { columns, padColumns } from './text';

/** `repscope values RUN`: the numbers of a run, one a row, or those that are asked for. */
export async function valuesCommand(
  run: string,
  { json, ...wanted }: Wanted & { json?: boolean },
): Promise<number> {
  const found = await values.run({ run, ...wanted }, room);
  await print(json === true ? jsonPieces(found) : lines(found.values));
  return exitCode.done;
}

/** A table with the columns that say something; where there is no number, its reason. */
function* lines(rows: readonly Row[]): Generator<string, void, undefined> {
  const shown = PLACES.filter((name) => rows.some((row) => row[name] !== undefined));
  const cells = rows.map((row) => shown.map((name) => visible(row[name] ?? '')));
  const widths = shown.map((name, at) =>
    cells.reduce((most, row) => Math.max(most, columns(row[at])), name.length),
  );
  yield `${[...shown.map((name, at) => padColumns(name, widths[at])), 'value'].join('  ')}\n`;
  for (const [at, row] of rows.entries()) {
    const value = row.value === null ? `– (${visible(row.why ?? '')})` : String(row.value);
    yield `${[...cells[at].map((cell, column) => padColumns(cell, widths[column])), value].join('  ')}\n`;
  }
}
