import { type Dropdown, dropdown } from './controls';
import { h } from './dom';

/** Lists of names to order by: one for each name that is chosen, and one for the next. */
export function orderBy(label: string, chosen: (names: string[]) => void) {
  const element = h('div', { class: 'orders', attributes: { role: 'group', 'aria-label': label } });
  const lists: Dropdown[] = [];
  let names: readonly string[] = [];

  function list(at: number): Dropdown {
    const known = lists[at];
    if (known !== undefined) return known;
    const title = at === 0 ? label : at === 1 ? 'then by' : `then by (${at + 1})`;
    // What comes after a name that is taken away goes with it only if it is the same.
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
    /** @param all names that there are. @param keys those that are chosen */
    show(all: readonly string[], keys: readonly string[]): void {
      names = keys;
      const count = Math.min(all.length, keys.length + 1);
      for (let at = 0; at < Math.max(count, lists.length); at++) {
        const next = list(at);
        next.element.hidden = at >= count;
        if (next.element.hidden) continue;
        const before = names.slice(0, at);
        const free = all.filter((name) => !before.includes(name));
        next.show(
          [
            ...(at > 0 || keys.length > 1 ? [{ value: '', label: 'nothing' }] : []),
            ...free.map((name) => ({ value: name, label: name })),
          ],
          names[at] ?? '',
        );
      }
    },
  };
}
