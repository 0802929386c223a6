import { PLACES, type PlacedValue, type PlaceName, type Values } from '../core/values';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import { extended } from '../core/extended';
import { quote } from '../experiment/names';
import { valuesOf } from '../run/values';
import { exitCode } from './analyze';
import { UserError } from './files';
import { print } from './print';
import { readRun } from './read-run';
import { columns, padColumns } from './text';

/** Which rows: of each place, the names that are wanted. */
export type Wanted = { readonly [name in PlaceName]?: readonly string[] };

/** `repscope values RUN`: the numbers of a run, one a row, or those that are asked for. */
export async function values(run: string, { json, ...wanted }: Wanted & { json?: boolean }): Promise<number> {
  const results = await readRun(run);
  const table = valuesOf(results);
  for (const name of PLACES) checkNames(table, name, wanted[name]);
  const rows = [...table.rows(wanted)];
  if (json === true)
    await print(jsonPieces({ title: results.title, version: results.version, values: rows.map(plain) }));
  else await print(lines(rows));
  return exitCode.done;
}

/** @throws UserError for a name that the run does not have, with those that it has */
function checkNames(table: Values, place: PlaceName, wanted: readonly string[] = []): void {
  const known = table.names(place);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const some = known.slice(0, 30).map(quote).join(', ');
  const more = known.length > 30 ? ` and ${known.length - 30} more` : '';
  throw new UserError(
    known.length === 0
      ? `No value of this run has a ${place}.`
      : `There is no ${place} ${quote(unknown)} in this run. It has ${some}${more}.`,
  );
}

/** JSON has no infinite numbers. */
function plain({ value, ...place }: PlacedValue): object {
  return { ...place, value: value === null ? null : extended(value) };
}

/** A table with the columns that say something; where there is no number, its reason. */
function* lines(rows: readonly PlacedValue[]): Generator<string, void, undefined> {
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
