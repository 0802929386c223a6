import { h } from './dom';

/** A button that shows and hides something that stands elsewhere on the page. */
export function disclosure(label: string, body: HTMLElement, turned: (open: boolean) => void) {
  body.id = `disclosed-${label.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
  const element = h(
    'button',
    {
      class: 'disclosure',
      attributes: { type: 'button', 'aria-controls': body.id },
      on: { click: () => set(body.hidden === true) },
    },
    h('span', { class: 'chevron', attributes: { 'aria-hidden': 'true' } }),
    label,
  );
  function set(open: boolean): void {
    element.setAttribute('aria-expanded', String(open));
    body.hidden = !open;
    turned(open);
  }
  body.hidden = true;
  element.setAttribute('aria-expanded', 'false');
  return {
    element,
    set,
    /** With nothing to show, neither is to be seen; what was open then opens when there is. */
    offer(there: boolean): void {
      element.hidden = !there;
      body.hidden = !there || element.getAttribute('aria-expanded') === 'false';
    },
  };
}
