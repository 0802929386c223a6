import type { ComponentChild } from 'preact';
import { v } from './view';

/** Tabs as ARIA describes them: arrows, Home and End move between them, Tab goes into the panel. */
export function Tabs({
  tabs,
  front,
  choose,
}: {
  tabs: readonly { id: string; title: string; offered: boolean }[];
  /** The one that is chosen. */
  front: string;
  choose: (id: string) => void;
}): ComponentChild {
  const offered = tabs.filter((tab) => tab.offered);
  const move = (event: Event): void => {
    const at = offered.findIndex(({ id }) => `tab-${id}` === document.activeElement?.id);
    const last = offered.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[(event as KeyboardEvent).key];
    const next = to === undefined ? undefined : offered[to];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    document.getElementById(`tab-${next.id}`)?.focus();
    choose(next.id);
  };
  return v(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Views', onkeydown: move },
    ...tabs.map(({ id, title, offered: there }) =>
      v(
        'button',
        {
          class: 'tab',
          hidden: !there,
          ...{ role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}`, type: 'button' },
          ...{ 'aria-selected': id === front, tabindex: id === front ? '0' : '-1' },
          onclick: () => choose(id),
        },
        title,
      ),
    ),
  );
}
