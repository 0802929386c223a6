import { h } from './dom';

interface Tab {
  id: string;
  title: string;
  element: HTMLElement;
}

/** Tabs as ARIA describes them: arrows, Home and End move between them, Tab goes into the panel. */
export function tabs(list: readonly Tab[], label: string, chosen: (id: string) => void) {
  const heads = list.map(({ id, title }) =>
    h(
      'button',
      {
        class: 'tab',
        attributes: { role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`, type: 'button' },
        on: { click: () => chosen(id) },
      },
      title,
    ),
  );
  const row = h('div', { class: 'tabs', attributes: { role: 'tablist', 'aria-label': label } }, ...heads);
  const bodies = list.map(({ id, element }) =>
    h(
      'div',
      { class: 'panel', attributes: { role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}` } },
      element,
    ),
  );
  row.addEventListener('keydown', (event) => {
    const offered = heads.filter((head) => !head.hidden);
    const at = offered.findIndex((head) => head === document.activeElement);
    const last = offered.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    const head = to === undefined ? undefined : offered[to];
    const next = head === undefined ? undefined : list[heads.indexOf(head)];
    if (at < 0 || head === undefined || next === undefined) return;
    event.preventDefault();
    head.focus();
    chosen(next.id);
  });
  return {
    row,
    bodies,
    /** Hides the others. */
    offer(ids: readonly string[]) {
      list.forEach(({ id }, at) => {
        const head = heads[at];
        if (head !== undefined) head.hidden = !ids.includes(id);
      });
    },
    show(id: string) {
      list.forEach((tab, at) => {
        const on = tab.id === id;
        heads[at]?.setAttribute('aria-selected', String(on));
        heads[at]?.setAttribute('tabindex', on ? '0' : '-1');
        const body = bodies[at];
        if (body !== undefined) body.hidden = !on;
      });
    },
  };
}
