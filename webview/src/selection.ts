import { h, type ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { StimuliDetail } from '../../src/protocol/detail';
import type { Change } from './choices';
import { Button, List } from './control-bar';
import { labelColumns, placeOf, stimulusKey, stimulusName, toldOf, valueName } from './labels';
import { plural } from './number';
import type { Page } from './page';
import { type Table, TableView } from './table';
import { v } from './view';

interface Selection {
  stimuli: StimuliDetail;
  /** Those that are marked, of these. */
  selected: readonly number[];
  choose: Page['choose'];
  /** Where single stimuli are tokens: what shows the document of the first; null where nothing can. */
  document?: Change | null;
}

/** The list to select stimuli by condition. */
export function SelectStimuli({ stimuli, selected, choose }: Selection): ComponentChild {
  const { names, counts, of } = stimuli.conditions;
  const first = selected[0];
  const same = first === undefined ? -1 : (of[first] ?? -1);
  const whole = same >= 0 && selected.length === counts[same] && selected.every((at) => of[at] === same);
  const nothing = { value: '', label: selected.length > 0 && !whole ? '(own selection)' : '(none)' };
  return h(List, {
    label: 'Select stimuli',
    options: [nothing, ...names.map((name, at) => ({ value: String(at), label: name }))],
    value: whole ? String(same) : '',
    choose: (value) => {
      if (value !== '') choose({ selected: Array.from(of.keys()).filter((at) => of[at] === Number(value)) });
    },
  });
}

/** Which stimuli are selected, in every panel of single stimuli: how many, of what, and a table of them. */
export function SelectedStimuli({ stimuli, selected, choose, document }: Selection): ComponentChild {
  const [open, turn] = useState(false);
  const toggle = ({ target }: Event): void => turn((target as HTMLDetailsElement).open);
  return v(
    'section',
    {
      class: 'selection',
      hidden: selected.length === 0,
      'aria-label': 'Selection of stimuli',
    },
    v(
      'div',
      { class: 'bar' },
      v(
        'span',
        { class: 'selection-text', 'aria-live': 'polite' },
        selected.length === 0 ? '' : inShort(stimuli, selected),
      ),
      h(Button, {
        label: 'Clear',
        hint: 'Clear the selection of stimuli',
        press: () => choose({ selected: [] }),
      }),
      document
        ? h(Button, {
            label: 'Show document',
            hint: 'Show the document that the (first) selected token is of, and what the network says of it',
            press: () => choose(document),
          })
        : null,
    ),
    v(
      'details',
      { class: 'selection-table', ontoggle: toggle },
      v('summary', {}, 'Selected stimuli'),
      open ? h(TableView, { table: tableOf(stimuli, selected), name: 'Selected stimuli' }) : null,
    ),
  );
}

function tableOf(stimuli: StimuliDetail, selected: readonly number[]): Table {
  const columns = labelColumns(stimuli);
  const { names, of } = stimuli.conditions;
  return {
    columns: [
      'stimulus',
      ...(stimuli.tokens ? ['documents', 'document', 'position in it'] : []),
      'condition',
      ...columns.map(({ name }) => name),
    ],
    rows: selected.map((at) => [
      stimulusKey(stimuli, at),
      ...(placeOf(stimuli, at) ?? []),
      names[of[at] ?? 0] ?? '',
      ...columns.map((column) =>
        column.classes === null ? (column.values[at] ?? null) : valueName(column, at),
      ),
    ]),
  };
}

function inShort(stimuli: StimuliDetail, selected: readonly number[]): string {
  const count = `${plural(selected.length, 'stimulus', 'stimuli')} of ${stimuli.count.toLocaleString('en')}`;
  const of = makeUp(stimuli, selected);
  return `${count} selected${of === '' ? '' : `: ${of}`}`;
}

/** How the selected stimuli divide by task; by the first of their features where there are no tasks. */
function makeUp(stimuli: StimuliDetail, selected: readonly number[]): string {
  const only = selected[0];
  if (selected.length === 1 && only !== undefined) return stimulusName(stimuli, only);
  return toldOf(labelColumns(stimuli))
    .filter(({ classes }) => classes !== null)
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
