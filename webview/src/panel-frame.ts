import { Fragment, h, render, type ComponentChild } from 'preact';
import type { Gathered } from './asking';
import type { Sight } from './charts/picture';
import { ComparisonView } from './comparison-view';
import { Button, ControlBar } from './control-bar';
import { type Figure, FigureView } from './figure';
import { choicesOfFigure, goneOf, onlyFigure } from './one-figure';
import type { Page } from './page';
import type { Block, Panel, View } from './panel';
import { Says } from './says';
import { followedChoices } from './selectors';
import { v } from './view';

/** A panel on the page: its controls as its choices say, its figures and texts as it draws them. */
export class PanelFrame<C extends object> {
  readonly element = document.createElement('div');
  readonly #figures = new Set<Figure>();
  #sight: Sight = { of: '' };

  /** What the host calls the figure that stands by itself. */
  #called: string;
  readonly #choices: Panel<C>['choices'];
  readonly #actions: NonNullable<Panel<C>['actions']>;

  /** @param only the name of the one figure that stands here, by itself; absent: all of the panel does */
  constructor(
    readonly panel: Panel<C>,
    private readonly page: Page,
    private readonly only?: string,
  ) {
    const { choices, actions = [] } = panel;
    this.#called = only ?? '';
    this.#choices = only === undefined ? choices : choicesOfFigure(choices, only);
    this.#actions = actions.filter((action) => only === undefined || action.isFor?.(only) !== false);
  }

  draw(view: View, gathered: Gathered<C>): void {
    const { panel, page } = this;
    const { answers, c } = gathered;
    const all = panel.draw(answers, view, c, {
      choose: (change) => page.choose(change),
      sight: (of) => (this.#sight.of === of ? this.#sight : (this.#sight = { of })),
    });
    const blocks = this.only === undefined ? all : this.#alone(all, this.only, view);
    const placed = blocks.map((block, at) => this.#place(block, String(at), view, gathered));
    render(
      h(Fragment, {}, this.#bar(gathered, undefined, this.#buttons(view, gathered)), placed),
      this.element,
    );
  }

  #alone(blocks: readonly Block[], name: string, view: View): Block[] {
    const shown = onlyFigure(blocks, name);
    const [first] = shown;
    const title = (first?.block === 'figure' && first.content.title) || name;
    if (title !== this.#called) this.page.call((this.#called = title));
    const gone = goneOf(view.wished, view, [...followedChoices(this.panel), ...Object.keys(this.#choices)]);
    return [...gone.map((text): Block => ({ block: 'note', text, spoken: true })), ...shown];
  }

  /** Has a figure shown by itself, of what is shown here: what is chosen by default stays chosen there. */
  #open(figure: string, { wished, replicate, layer }: View, { c }: Gathered<C>): void {
    this.page.openFigure({ panel: this.panel.id, figure }, { ...wished, ...c, ...replicate, layer });
  }

  /** Draws in the colours of the moment. */
  redraw(): void {
    for (const figure of this.#figures) figure.redraw();
  }

  /** Brings the list of hazards to sight, with what a rule says open (the first where none is named) and in focus. */
  showHazards(rule?: string): void {
    for (const figure of this.#figures) figure.showHazards(rule);
  }

  #bar(resolved: Gathered<C>, bar: string | undefined, last: ComponentChild[]): ComponentChild {
    const choose = this.page.choose.bind(this.page);
    return h(ControlBar<C>, {
      key: `bar ${bar ?? ''}`,
      choices: this.#choices,
      resolved,
      bar,
      choose,
      last,
    });
  }

  #buttons(view: View, { answers, c }: Gathered<C>): ComponentChild[] {
    const offered = this.#actions.filter((one) => one.offered?.(answers, view, c) !== false);
    const buttons = offered.map((action) => {
      const press = (): void => {
        if (action.command !== undefined) this.page.command(action.command);
        const change = action.change?.(answers, view, c) ?? null;
        if (change !== null) this.page.choose(change);
      };
      return h(Button, { key: action.label, label: action.label, hint: action.hint, press });
    });
    return buttons.length === 0 ? [] : [v('div', { class: 'steps', key: 'actions' }, ...buttons)];
  }

  #place(block: Block, at: string, view: View, gathered: Gathered<C>): ComponentChild {
    const key = `${block.block} ${at}`;
    switch (block.block) {
      case 'figure': {
        const { name, content } = block;
        const open = view.capabilities.figures === true ? () => this.#open(name, view, gathered) : undefined;
        const fills = this.only !== undefined;
        const figure = { name, content, open, fills, page: this.page, among: this.#figures };
        return h(FigureView, { key: `figure ${name}`, ...figure });
      }
      case 'row':
        return v(
          'div',
          { class: block.as, key },
          ...block.of.map((inner, place) => this.#place(inner, `${at}.${place}`, view, gathered)),
        );
      case 'bar':
        return this.#bar(gathered, block.name, []);
      case 'note': {
        const live = block.spoken === true ? 'polite' : undefined;
        return v('p', { class: 'note', key, 'aria-live': live }, block.text);
      }
      case 'says':
        return h(Says, { key, measures: block.measures });
      case 'changes':
        return h(ComparisonView, { key, ...block.changes });
    }
  }
}
