import { type Dropdown, dropdown } from '../controls';
import { h } from '../dom';
import type { LabelColumn } from '../labels';

/** More tasks than these would make blocks too small to be named. */
const MOST_TASKS = 3;

/** Lists of labels to order by: one for each label that is chosen, and one for the next. */
export function orderBy(label: string, chosen: (names: string[]) => void) {
  const element = h('div', { class: 'orders', attributes: { role: 'group', 'aria-label': label } });
  const lists: Dropdown[] = [];
  let names: string[] = [];

  function list(at: number): Dropdown {
    const known = lists[at];
    if (known !== undefined) return known;
    const title = at === 0 ? label : at === 1 ? 'then by' : `then by (${at + 1})`;
    // What comes after a label that is taken away goes with it only if it is the same.
    const made = dropdown(title, (value) => {
      const after = names.slice(at + 1).filter((name) => name !== value);
      chosen(value === '' ? [...names.slice(0, at), ...after] : [...names.slice(0, at), value, ...after]);
    });
    lists.push(made);
    element.append(made.element);
    return made;
  }

  return {
    element,
    /** Shows what is chosen, and gives those labels; all tasks where none is. */
    show(columns: readonly LabelColumn[], wish: readonly string[]): LabelColumn[] {
      const keys = [...new Set(wish)].flatMap((name) => columns.find((column) => column.name === name) ?? []);
      const tasks = columns.filter(({ source }) => source === 'task');
      if (keys.length === 0)
        keys.push(...(tasks.length > 0 ? tasks.slice(0, MOST_TASKS) : columns.slice(0, 1)));
      names = keys.map(({ name }) => name);
      const count = Math.min(columns.length, keys.length + 1);
      for (let at = 0; at < Math.max(count, lists.length); at++) {
        const next = list(at);
        next.element.hidden = at >= count;
        if (next.element.hidden) continue;
        const before = names.slice(0, at);
        const free = columns.map(({ name }) => name).filter((name) => !before.includes(name));
        next.show(
          [
            ...(at > 0 || keys.length > 1 ? [{ value: '', label: 'nothing' }] : []),
            ...free.map((name) => ({ value: name, label: name })),
          ],
          names[at] ?? '',
        );
      }
      return keys;
    },
  };
}
