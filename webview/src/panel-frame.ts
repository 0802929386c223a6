import type { Gathered } from './asking';
import type { Sight } from './charts/picture';
import { actionButtons, controlBars } from './control-bars';
import { changesElement } from './changes-element';
import { h } from './dom';
import { Figure } from './figure';
import type { Page } from './page';
import type { Block, Panel, View } from './panel';
import { saysOf } from './says';

/** A panel on the page: its controls as its choices say, its figures and texts as it draws them. */
export class PanelFrame<C extends object> {
  readonly element = h('div');
  /** What stands in it, by where it stands or what it is called. */
  #parts = new Map<string, Part>();
  #drawn: { view: View; gathered: Gathered<C> } | undefined;
  #sight: Sight = { of: '' };
  readonly #controls;
  readonly #actions;

  constructor(
    readonly panel: Panel<C>,
    private readonly page: Page,
  ) {
    this.#actions = actionButtons(panel.actions ?? [], (action) => {
      if (action.command !== undefined) page.command(action.command);
      const { view, gathered } = this.#drawn ?? {};
      const made = view && gathered && action.change?.(gathered.answers, view, gathered.c);
      if (made) page.choose(made);
    });
    this.#controls = controlBars(panel.choices, page, this.#actions.element);
  }

  draw(view: View, gathered: Gathered<C>): void {
    this.#drawn = { view, gathered };
    const { answers, c } = gathered;
    this.#actions.show((action) => action.offered?.(answers, view, c) !== false);
    this.#controls.show(gathered);
    const blocks = this.panel.draw(answers, view, c, {
      choose: (change) => this.page.choose(change),
      sight: (of) => (this.#sight.of === of ? this.#sight : (this.#sight = { of })),
    });
    const before = this.#parts;
    this.#parts = new Map();
    const elements = blocks.map((block, at) => this.#place(block, String(at), before));
    arrange(this.element, [this.#controls.top, ...elements]);
    // Once they stand, as their size depends on where.
    this.#fill(blocks, '');
  }

  /** Draws in the colours of the moment. */
  redraw(): void {
    for (const part of this.#parts.values()) part.redraw?.();
  }

  /** Brings the list of hazards to sight, with what a rule says open (the first where none is named) and in focus. */
  showHazards(rule?: string): void {
    for (const part of this.#parts.values()) part.reveal?.(rule);
  }

  /** What a block stands in: what stood there for it before, where something did. */
  #place(block: Block, at: string, before: ReadonlyMap<string, Part>): HTMLElement {
    if (block.block === 'bar') return this.#controls.bars.get(block.name) ?? h('div');
    const key = keyOf(block, at);
    const part = before.get(key) ?? partOf(block, this.page);
    this.#parts.set(key, part);
    if (block.block === 'row')
      arrange(
        part.element,
        block.of.map((inner, place) => this.#place(inner, `${at}.${place}`, before)),
      );
    return part.element;
  }

  #fill(blocks: readonly Block[], within: string): void {
    blocks.forEach((block, at) => {
      if (block.block === 'row') this.#fill(block.of, `${within}${at}.`);
      else this.#parts.get(keyOf(block, `${within}${at}`))?.show?.(block);
    });
  }
}

interface Part {
  element: HTMLElement;
  show?(block: Block): void;
  redraw?(): void;
  reveal?(rule?: string): void;
}

function keyOf(block: Block, at: string): string {
  return block.block === 'figure' ? `figure ${block.name}` : `${block.block} ${at}`;
}

function partOf(block: Block, page: Page): Part {
  switch (block.block) {
    case 'figure': {
      const figure = new Figure(block.name, page, block.content.tableOpen);
      return {
        element: figure.element,
        show: (now) => now.block === 'figure' && figure.show(now.content),
        redraw: () => figure.redraw(),
        reveal: (rule) => figure.showHazards(rule),
      };
    }
    case 'row':
      return { element: h('div', { class: block.as }) };
    case 'note': {
      const element = h('p', {
        class: 'note',
        ...(block.spoken === true ? { attributes: { 'aria-live': 'polite' } } : {}),
      });
      return { element, show: (now) => void (now.block === 'note' && (element.textContent = now.text)) };
    }
    case 'says': {
      const says = saysOf();
      return { element: says.element, show: (now) => now.block === 'says' && says.show(now.measures) };
    }
    case 'changes': {
      const element = h('div', { attributes: { 'aria-live': 'polite' } });
      return {
        element,
        show: (now) => now.block === 'changes' && element.replaceChildren(...changesElement(now.changes)),
      };
    }
    case 'bar':
      return { element: h('div') };
  }
}

/** Has these stand in an element, in this order. What stands in its place is not moved: it would lose the focus in it. */
function arrange(into: HTMLElement, wanted: readonly HTMLElement[]): void {
  for (const child of [...into.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
  wanted.forEach((one, at) => {
    if (into.children[at] !== one) into.insertBefore(one, into.children[at] ?? null);
  });
}
