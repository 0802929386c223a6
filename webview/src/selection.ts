import { button, dropdown } from './controls';
import { h } from './dom';
import { type LabelColumn, stimulusName, valueName } from './labels';
import { plural } from './number';
import type { Bench, View } from './panel';
import { type Table, tableElement } from './table';

/** Which stimuli are selected, in every panel of single stimuli: how many, of what, and a table of them. */
export function selectionBar(bench: Bench) {
  const condition = dropdown('Select stimuli', (value) => {
    const wanted = Number(value);
    if (value !== '') bench.choose({ selected: stimuliOf(wanted) });
  });
  const text = h('span', { class: 'selection-text', attributes: { 'aria-live': 'polite' } });
  const clear = button('Clear', () => bench.choose({ selected: [] }), 'Clear the selection of stimuli');
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
    show({ shown, choices }: View) {
      condition.element.hidden = shown === null;
      element.hidden = shown === null || selectedOf(choices.selected, shown.stimuli.count).length === 0;
      if (shown === null) return;
      const { stimuli, columns } = shown;
      const { names, counts, of } = stimuli.conditions;
      stimuliOf = (wanted) => Array.from(of.keys()).filter((at) => of[at] === wanted);
      const selected = selectedOf(choices.selected, stimuli.count);
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

/** Those that there are. */
export function selectedOf(selected: readonly number[], count: number): number[] {
  return [...new Set(selected)].filter((at) => at >= 0 && at < count).sort((a, b) => a - b);
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
