import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { csv as csvText, tabbed as tabbedText } from '../../src/formats/csv';
import { own } from '../../src/protocol/own';
import { type Cell, isBound, isInterval, isMean } from './cell';
import { doubts, shown } from './number';
import { orderOf, pressed, type Sorting } from './table-order';
import { v } from './view';

/** The numbers behind a picture. */
export interface Table {
  columns: string[];
  rows: Cell[][];
  /** What is said of a column where its head is pointed at. */
  says?: Readonly<Record<string, string>>;
}

const ROWS = 200;
const COLUMNS = 40;

/** How a column is written: numbers right, with decimals where one of them has some. */
interface Column {
  name: string;
  numeric: boolean;
  decimals: boolean;
  class: string;
}

/** The table as HTML; long ones in part, which is said. */
export function TableView({ table, name }: { table: Table; name: string }): ComponentChild {
  const [sorting, sort] = useState<Sorting>({ column: '', descending: false });
  const columns = table.columns.slice(0, COLUMNS).map((column, at) => columnOf(table, column, at));
  const by = columns.findIndex((column) => column.name === sorting.column);
  const keys = table.rows.map((row) => row[by] ?? null);
  const order = by < 0 ? [...table.rows.keys()] : orderOf(keys, sorting.descending);
  const heads = columns.map((column, at) => {
    const says = [own(table.says ?? {}, column.name), `Sort by ${column.name}`].filter(Boolean).join('\n');
    const sorted = at === by ? { 'aria-sort': sorting.descending ? 'descending' : 'ascending' } : {};
    const press = (): void => sort(pressed(sorting, column.name, column.numeric));
    return v(
      'th',
      { class: column.class, scope: 'col', ...sorted },
      v('button', { class: 'sort', type: 'button', title: says, onclick: press }, column.name),
    );
  });
  const rows = order.slice(0, ROWS).map((place) =>
    v(
      'tr',
      {},
      ...columns.map((column, at) => {
        const cell = table.rows[place]?.[at] ?? null;
        const text = cellText(cell, at > 0 && column.decimals);
        return v(
          at === 0 ? 'th' : 'td',
          { class: column.class, scope: at === 0 ? 'row' : undefined },
          ...text,
        );
      }),
    ),
  );
  const cut = table.rows.length > ROWS || table.columns.length > COLUMNS;
  return v(
    'div',
    { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': `Table: ${name}` },
    v('table', {}, v('thead', {}, v('tr', {}, ...heads)), v('tbody', {}, ...rows)),
    cut
      ? v(
          'p',
          { class: 'caption' },
          `Shown: ${Math.min(ROWS, table.rows.length)} of ${table.rows.length} rows, ${columns.length} of ${table.columns.length} columns. Copy and export give all.`,
        )
      : null,
  );
}

function columnOf({ rows }: Table, name: string, at: number): Column {
  const numeric = rows.every((row) => typeof row[at] !== 'string');
  const decimals = rows.some((row) => typeof row[at] === 'number' && !Number.isInteger(row[at]));
  return { name, numeric, decimals, class: `${numeric ? 'number' : 'text'}${at === 0 ? ' first' : ''}` };
}

function cellText(cell: Cell, decimals: boolean): ComponentChild[] {
  if (typeof cell === 'string') return [cell];
  if (cell === null || typeof cell === 'number') return [shown(cell, decimals)];
  if (isBound(cell)) return [`≤ ${shown(cell.atMost, true)}`];
  const said = doubts({ low: null, high: null, ...cell });
  const mean = shown(cell.mean, true);
  return said.length === 0 ? [mean] : [`${mean} `, v('span', { class: 'interval' }, said.join(' '))];
}

/** All of the table as CSV, numbers in full (infinite ones by name), undefined ones empty. */
export function csv(table: Table): string {
  const { head, rows } = plainCells(table);
  return csvText(head, rows);
}

/** The same for the clipboard: spreadsheets put what stands between tabs into cells. */
export function tabbed(table: Table): string {
  const { head, rows } = plainCells(table);
  return tabbedText(head, rows);
}

function plainCells(table: Table): { head: string[]; rows: (string | number | null)[][] } {
  const interval = table.columns.map((_, at) => table.rows.some((row) => isInterval(row[at])));
  const fewer = table.columns.map((_, at) => table.rows.some((row) => isFewer(row[at])));
  const head = table.columns.flatMap((name, at) => [
    name,
    ...(interval[at] === true ? [`${name} low`, `${name} high`] : []),
    ...(fewer[at] === true ? [`${name} n`] : []),
  ]);
  const rows = table.rows.map((row) =>
    table.columns.flatMap((_, at) => {
      const cell = row[at] ?? null;
      if (isBound(cell)) return [cell.is ?? cell.atMost];
      const ends = isInterval(cell) ? [cell.low, cell.high] : [null, null];
      return [
        isMean(cell) ? cell.mean : cell,
        ...(interval[at] === true ? ends : []),
        ...(fewer[at] === true ? [isMean(cell) ? (cell.n ?? null) : null] : []),
      ];
    }),
  );
  return {
    head,
    rows: rows.map((row) =>
      row.map((cell) => (typeof cell === 'number' && Number.isNaN(cell) ? null : cell)),
    ),
  };
}

function isFewer(cell: Cell | undefined): boolean {
  return isMean(cell) && cell.n !== undefined && cell.of !== undefined && cell.n < cell.of;
}
