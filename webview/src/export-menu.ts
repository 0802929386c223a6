import { button, dropdown, setHint } from './controls';
import { h } from './dom';
import type { Page } from './page';
import { type Sheet, sheetChoices } from './sheet';

interface Format {
  label: string;
  /** Of a figure of this title. */
  hint: (title: string) => string;
  press: () => void;
  /** A picture, which there may be none of. */
  image: boolean;
}

const parts: Record<keyof Sheet, string> = {
  background: 'Background',
  width: 'Width of pictures',
  dpi: 'Resolution of PNG',
};

/** A button that opens a small menu: into which kinds of file a figure can be written, and how pictures are. */
export function exportMenu(formats: readonly Format[], page: Pick<Page, 'sheet' | 'chooseSheet'>) {
  const buttons = formats.map(({ label, press }) =>
    button(label, () => {
      close();
      press();
    }),
  );
  const settings = h('div', { class: 'export-settings' });
  const box = h('div', { class: 'export-box' }, h('div', { class: 'export-formats' }, ...buttons), settings);
  const summary = h('summary', {}, 'Export');
  const element = h('details', { class: 'export' }, summary, box);
  let images = true;

  function close(): void {
    if (!element.open) return;
    const within = element.contains(document.activeElement);
    element.open = false;
    if (within) summary.focus();
  }

  element.addEventListener('toggle', () => {
    if (!element.open) return;
    // Made when they are first looked at: a page has a dozen figures.
    const made = (Object.keys(parts) as (keyof Sheet)[]).map((part) => {
      const list = dropdown(parts[part], (value) => page.chooseSheet({ [part]: value }));
      list.show(sheetChoices[part], page.sheet()[part]);
      return list.element;
    });
    settings.replaceChildren(...made);
    settings.hidden = !images;
  });
  element.addEventListener('keydown', (event) => {
    // A list that stands open takes the key for itself.
    if (event.key !== 'Escape' || element.querySelector('vscode-dropdown[open]') !== null) return;
    event.stopPropagation();
    close();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) element.open = false;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (element.open && target instanceof Node && !element.contains(target)) element.open = false;
  });
  return {
    element,
    name(title: string): void {
      setHint(summary, `Export ${title}`);
      formats.forEach(({ hint }, at) => {
        const one = buttons[at];
        if (one !== undefined) setHint(one, hint(title));
      });
    },
    /** Whether there is a picture to be written. */
    offerImages(there: boolean): void {
      images = there;
      formats.forEach(({ image }, at) => {
        const one = buttons[at];
        if (one !== undefined) one.hidden = image && !there;
      });
      settings.hidden = !there;
    },
  };
}
