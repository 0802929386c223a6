import { csv as csvText, tabbed as tabbedText } from '../../src/formats/csv';
import { own } from '../../src/protocol/own';
import { h } from './dom';
import { type Cell, isBound, isInterval, isMean } from './cell';
import { doubts, shown } from './number';
import { orderOf, pressed, type Sorting } from './table-order';

/** The numbers behind a picture. */
export interface Table {
  columns: string[];
  rows: Cell[][];
  /** What is said of a column where its head is pointed at. */
  says?: Readonly<Record<string, string>>;
}

const ROWS = 200;
const COLUMNS = 40;

/**
 * The table as HTML; long ones in part, which is said.
 *
 * @param sorting is kept by whoever shows the table, and changed here
 */
export function tableElement(
  table: Table,
  name: string,
  sorting: Sorting = { column: '', descending: false },
): HTMLElement {
  const columns = table.columns.slice(0, COLUMNS);
  const numeric = columns.map((_, at) => table.rows.every((row) => typeof row[at] !== 'string'));
  const decimals = columns.map((_, at) =>
    table.rows.some((row) => typeof row[at] === 'number' && !Number.isInteger(row[at])),
  );
  const classOf = (at: number): string =>
    `${numeric[at] === true ? 'number' : 'text'}${at === 0 ? ' first' : ''}`;
  const heads = columns.map((column, at) =>
    h(
      'th',
      { class: classOf(at), attributes: { scope: 'col' } },
      h(
        'button',
        {
          class: 'sort',
          attributes: {
            type: 'button',
            title: [own(table.says ?? {}, column), `Sort by ${column}`].filter(Boolean).join('\n'),
          },
          on: {
            click: () => {
              Object.assign(sorting, pressed(sorting, column, numeric[at] === true));
              fill();
            },
          },
        },
        column,
      ),
    ),
  );
  const body = h('tbody');

  function fill(): void {
    const by = columns.indexOf(sorting.column);
    heads.forEach((head, at) => {
      if (at === by) head.setAttribute('aria-sort', sorting.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
    const order =
      by < 0
        ? [...table.rows.keys()]
        : orderOf(
            table.rows.map((row) => row[by] ?? null),
            sorting.descending,
          );
    body.replaceChildren(
      ...order.slice(0, ROWS).map((place) =>
        h(
          'tr',
          {},
          ...columns.map((_, at) => {
            const cell = table.rows[place]?.[at] ?? null;
            return at === 0
              ? h('th', { class: classOf(at), attributes: { scope: 'row' } }, ...cellText(cell, false))
              : h('td', { class: classOf(at) }, ...cellText(cell, decimals[at] === true));
          }),
        ),
      ),
    );
  }
  fill();
  const cut = table.rows.length > ROWS || table.columns.length > COLUMNS;
  return h(
    'div',
    { class: 'table-box', attributes: { tabindex: '0', role: 'region', 'aria-label': `Table: ${name}` } },
    h('table', {}, h('thead', {}, h('tr', {}, ...heads)), body),
    cut
      ? h(
          'p',
          { class: 'caption' },
          `Shown: ${Math.min(ROWS, table.rows.length)} of ${table.rows.length} rows, ${columns.length} of ${table.columns.length} columns. Copy and export give all.`,
        )
      : null,
  );
}

function cellText(cell: Cell, decimals: boolean): (string | HTMLElement)[] {
  if (typeof cell === 'string') return [cell];
  if (cell === null || typeof cell === 'number') return [shown(cell, decimals)];
  if (isBound(cell)) return [`≤ ${shown(cell.atMost, true)}`];
  const said = doubts({ low: null, high: null, ...cell });
  const mean = shown(cell.mean, true);
  return said.length === 0 ? [mean] : [`${mean} `, h('span', { class: 'interval' }, said.join(' '))];
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
      if (isBound(cell)) return [cell.atMost];
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
