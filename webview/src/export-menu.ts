import { h, type ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, List } from './control-bar';
import type { Page } from './page';
import { type Sheet, sheetChoices } from './sheet';
import { v } from './view';

const formats = [
  { format: 'png', label: 'PNG', image: true },
  { format: 'svg', label: 'SVG', image: true },
  { format: 'csv', label: 'CSV', image: false },
  { format: 'json', label: 'JSON', image: false },
] as const;

export type Format = (typeof formats)[number]['format'];

const parts: Record<keyof Sheet, string> = {
  background: 'Background',
  width: 'Width of pictures',
  dpi: 'Resolution of PNG',
};

/** A button that opens a small menu: into which kinds of file a figure can be written, and how pictures are. */
export function ExportMenu({
  title,
  images,
  save,
  page,
}: {
  title: string;
  /** Whether there is a picture to be written. */
  images: boolean;
  save: (format: Format) => void;
  page: Pick<Page, 'sheet' | 'chooseSheet'>;
}): ComponentChild {
  const { menu, open, close, listeners } = useMenu();
  const buttons = formats
    .filter(({ image }) => images || !image)
    .map(({ format, label, image }) => {
      const hint = `Save ${image ? '' : 'the numbers of '}${title} as ${label}`;
      const press = (): void => {
        close();
        save(format);
      };
      return h(Button, { key: format, label, hint, press });
    });
  const hint = `Export ${title}`;
  return v(
    'details',
    { class: 'export', ref: menu, ...listeners },
    v('summary', { title: hint, 'aria-label': hint }, 'Export'),
    v(
      'div',
      { class: 'export-box' },
      v('div', { class: 'export-formats' }, ...buttons),
      // Made when they are first looked at: a page has a dozen figures.
      open && images ? h(Settings, { page }) : null,
    ),
  );
}

/** Opens and closes: by its summary, Escape, and whatever is done elsewhere. */
function useMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const [open, turn] = useState(false);
  const shutUnless = (within: EventTarget | null): void => {
    if (menu.current !== null && within instanceof Node && !menu.current.contains(within))
      menu.current.open = false;
  };
  const close = (): void => {
    if (menu.current === null || !menu.current.open) return;
    const within = menu.current.contains(document.activeElement);
    menu.current.open = false;
    if (within) menu.current.querySelector('summary')?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    const elsewhere = ({ target }: Event): void => shutUnless(target);
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  const listeners = {
    ontoggle: () => turn(menu.current?.open === true),
    onfocusout: (event: Event) => shutUnless((event as FocusEvent).relatedTarget),
    onkeydown(event: Event) {
      // A list that stands open takes the key for itself.
      if ((event as KeyboardEvent).key !== 'Escape' || menu.current?.querySelector('vscode-dropdown[open]'))
        return;
      event.stopPropagation();
      close();
    },
  };
  return { menu, open, close, listeners };
}

function Settings({ page }: { page: Pick<Page, 'sheet' | 'chooseSheet'> }): ComponentChild {
  const sheet = page.sheet();
  const lists = (Object.keys(parts) as (keyof Sheet)[]).map((part) =>
    h(List, {
      label: parts[part],
      options: sheetChoices[part],
      value: sheet[part],
      choose: (value) => page.chooseSheet({ [part]: value }),
    }),
  );
  return v('div', { class: 'export-settings' }, ...lists);
}
