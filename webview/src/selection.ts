import { button, dropdown } from './controls';
import { h } from './dom';
import { type LabelColumn, labelColumns, selectedOf, stimulusName, valueName } from './labels';
import { plural } from './number';
import type { StimuliDetail } from '../../src/protocol/detail';
import type { Page } from './page';
import { type Table, tableElement } from './table';

/** Which stimuli are selected, in every panel of single stimuli: how many, of what, and a table of them. */
export function selectionBar(page: Pick<Page, 'choose'>) {
  const condition = dropdown('Select stimuli', (value) => {
    const wanted = Number(value);
    if (value !== '') page.choose({ selected: stimuliOf(wanted) });
  });
  const text = h('span', { class: 'selection-text', attributes: { 'aria-live': 'polite' } });
  const clear = button('Clear', () => page.choose({ selected: [] }), 'Clear the selection of stimuli');
  const rows = h('details', { class: 'selection-table' }, h('summary', {}, 'Selected stimuli'), h('div'));
  const element = h(
    'section',
    { class: 'selection', attributes: { 'aria-label': 'Selection of stimuli' } },
    h('div', { class: 'bar' }, text, clear),
    rows,
  );
  let stimuliOf: (condition: number) => number[] = () => [];
  let table: Table | null = null;
  const fill = (): void => {
    if (rows.open && table !== null)
      rows.lastElementChild?.replaceChildren(tableElement(table, 'Selected stimuli'));
  };
  rows.addEventListener('toggle', fill);

  return {
    element,
    /** The list to select by condition. */
    control: condition.element,
    /** @param stimuli undefined where no single ones are shown */
    show(stimuli: StimuliDetail | undefined, wish: readonly number[]) {
      condition.element.hidden = stimuli === undefined;
      element.hidden = stimuli === undefined || selectedOf(wish, stimuli.count).length === 0;
      if (stimuli === undefined) return;
      const columns = labelColumns(stimuli);
      const { names, counts, of } = stimuli.conditions;
      stimuliOf = (wanted) => Array.from(of.keys()).filter((at) => of[at] === wanted);
      const selected = selectedOf(wish, stimuli.count);
      const first = selected[0];
      const same = first === undefined ? -1 : (of[first] ?? -1);
      const whole = same >= 0 && selected.length === counts[same] && selected.every((at) => of[at] === same);
      condition.show(
        [
          { value: '', label: selected.length > 0 && !whole ? '(own selection)' : '(none)' },
          ...names.map((name, at) => ({ value: String(at), label: name })),
        ],
        whole ? String(same) : '',
      );
      text.textContent =
        selected.length === 0
          ? ''
          : `${plural(selected.length, 'stimulus', 'stimuli')} of ${stimuli.count.toLocaleString('en')} selected: ${makeUp(columns, selected)}`;
      table = {
        columns: ['stimulus', 'condition', ...columns.map(({ name }) => name)],
        rows: selected.map((at) => [
          at,
          names[of[at] ?? 0] ?? '',
          ...columns.map((column) =>
            column.classes === null ? (column.values[at] ?? null) : valueName(column, at),
          ),
        ]),
      };
      fill();
    },
  };
}

/** How the selected stimuli divide by task. */
function makeUp(columns: readonly LabelColumn[], selected: readonly number[]): string {
  const only = selected[0];
  if (selected.length === 1 && only !== undefined) return stimulusName(columns, only);
  return columns
    .filter(({ source, classes }) => source === 'task' && classes !== null)
    .map((column) => {
      const counts = new Map<string, number>();
      for (const at of selected) {
        const value = valueName(column, at);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return `${column.name} ${[...counts].map(([value, count]) => `${value} ${count}`).join(', ')}`;
    })
    .join('; ');
}
