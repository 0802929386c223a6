import { h as node, render } from 'preact';
import type { FigureContent } from './figure-content';
import { button, setHint, setPressed } from './controls';
import { h } from './dom';
import { exportMenu } from './export-menu';
import { HazardLine } from './hazard-line';
import { HazardList, revealHazards } from './hazard-list';
import type { Page } from './page';
import { reason } from './reason';
import { Says } from './says';
import { csv, tabbed, TableView } from './table';
import { commentLine, provenanceOf } from './provenance';
import { imageFile } from './image-file';
import { currentTheme } from './theme';
import { visible } from '../../src/formats/visible';

/** Characters of each part of a file's name. */
const MOST = 60;

/** A picture with the table behind it and ways to take either along. */
export class Figure {
  private readonly canvas = h('div', { class: 'picture', attributes: { role: 'img' } });
  private readonly tableBox = h('div', { class: 'figure-table' });
  private readonly hazards = h('div');
  private readonly caption = h('p', { class: 'caption' });
  /** What to be careful about, and what is measured: under the picture, before its numbers. */
  private readonly below = h('div');
  private readonly heading = h('h2');
  /** Of which run it is, where that is not the newest one. */
  private readonly standing = h('p', { class: 'standing' });
  private readonly toggle: HTMLElement;
  private readonly copyButton = button('Copy', () => this.copy());
  private readonly openButton = button('Open', () => this.open?.());
  private readonly tools = h('div', { class: 'tools' });
  private readonly menu: ReturnType<typeof exportMenu>;
  private content: FigureContent | null = null;
  private open: (() => void) | undefined;
  private readonly fills: boolean;
  private tableShown: boolean;
  private tableStale = true;
  private drawing: Promise<void> = Promise.resolve();
  private asked = 0;

  /** @param element is filled with it */
  constructor(
    private readonly element: HTMLElement,
    private title: string,
    private readonly page: Page,
    /** Whether the table stands open from the start, and whether the picture is as high as the page has room. */
    { tableShown, fills }: { tableShown: boolean; fills: boolean },
  ) {
    this.fills = fills;
    this.tableShown = page.tableOpen(title) ?? tableShown;
    this.toggle = button('Table', () => {
      this.showTable(!this.tableShown);
      if (this.tableShown) this.tableBox.scrollIntoView({ block: 'nearest' });
      page.keepTableOpen(title, this.tableShown);
    });
    const save = (label: string, press: () => void, image: boolean) => ({
      label,
      hint: (of: string) => `Save ${image ? '' : 'the numbers of '}${of} as ${label}`,
      press,
      image,
    });
    this.menu = exportMenu(
      [
        save('PNG', () => this.saveImage('png'), true),
        save('SVG', () => this.saveImage('svg'), true),
        save('CSV', () => this.saveCsv(), false),
        save('JSON', () => this.saveJson(), false),
      ],
      page,
    );
    this.tools.append(this.toggle, this.copyButton, this.openButton, this.menu.element);
    element.append(
      h('div', { class: 'figure-head' }, this.heading, this.tools),
      this.standing,
      this.hazards,
      this.canvas,
      this.caption,
      this.below,
      this.tableBox,
    );
    this.name(title);
    setPressed(this.toggle, false);
    let place = '';
    const look = (): void => {
      const { clientWidth } = this.canvas;
      const now = `${clientWidth} ${this.room() ?? ''}`;
      if (now === place || clientWidth === 0) return;
      place = now;
      this.redraw();
    };
    const observer = new ResizeObserver(look);
    observer.observe(this.canvas);
    if (!fills) return;
    observer.observe(document.body);
    window.addEventListener('resize', look);
  }

  /** @param open shows it by itself; absent: there is no place for that */
  show(content: FigureContent, open?: () => void): void {
    this.content = content;
    this.open = open;
    this.openButton.hidden = open === undefined;
    if (content.title !== undefined && content.title !== this.title) this.name(content.title);
    const hasChart = content.chart !== null;
    this.canvas.hidden = !hasChart;
    this.toggle.hidden = !hasChart;
    this.menu.offerImages(hasChart);
    // Where there is no number, there is nothing to take along.
    this.tools.hidden = content.table.columns.length === 0;
    this.canvas.setAttribute('aria-label', visible(`${this.title}. ${content.description}`));
    this.caption.textContent = visible(content.caption);
    const { standing = '' } = this.page.source();
    this.standing.textContent = standing;
    this.standing.hidden = standing === '';
    const { hazards = [], list, says = [] } = content;
    render(node(HazardLine, { hazards, page: this.page }), this.hazards);
    const listed = list === undefined ? null : node(HazardList, { ...list });
    render([listed, node(Says, { measures: says })], this.below);
    this.tableStale = true;
    this.showTable(this.tools.hidden ? false : hasChart ? this.tableShown : true);
    this.redraw();
  }

  /** Brings the list of hazards that stands in it, if one does, to sight. */
  showHazards(rule?: string): void {
    if (this.content?.list !== undefined) revealHazards(this.below, rule);
  }

  /** Draws again, in the colours of the moment; the latest wish wins. */
  redraw(): void {
    const chart = this.content?.chart;
    if (chart === null || chart === undefined || this.canvas.clientWidth === 0) return;
    const wish = ++this.asked;
    this.canvas.dataset['asked'] = String(wish);
    this.drawing = this.drawing.then(async () => {
      if (wish !== this.asked) return;
      try {
        await chart.draw(this.canvas, currentTheme(), this.room());
        this.canvas.dataset['drawn'] = String(wish);
      } catch (error) {
        this.page.say(`${this.title} could not be drawn: ${reason(error)}`);
      }
    });
  }

  /** The height that the page has left for a picture that is to fill it, in pixels; what is long stands below it. */
  private room(): number | undefined {
    if (!this.fills) return undefined;
    const list = this.content?.list === undefined ? [] : [this.below];
    const below = [this.canvas, this.tableBox, ...list];
    const others = below.reduce(
      (height, element) => height - element.offsetHeight,
      document.body.offsetHeight,
    );
    return Math.floor(window.innerHeight - others);
  }

  /** Calls it so wherever it is named. */
  private name(title: string): void {
    this.title = title;
    this.heading.textContent = title;
    this.element.setAttribute('aria-label', title);
    setHint(this.toggle, `Table of ${title}`);
    setHint(this.copyButton, `Copy the numbers of ${title}, for a spreadsheet`);
    setHint(this.openButton, `Open ${title} in an editor of its own`);
    this.menu.name(title);
  }

  private showTable(on: boolean): void {
    this.tableShown = on;
    setPressed(this.toggle, on);
    this.tableBox.hidden = !on;
    if (!on || !this.tableStale || this.content === null) return;
    render(node(TableView, { table: this.content.table, name: this.title }), this.tableBox);
    this.tableStale = false;
  }

  private copy(): void {
    if (this.content === null) return;
    const text = tabbed(this.content.table);
    // Inside a promise, since a page that is not secure has no clipboard at all.
    const copied = Promise.resolve().then(() => navigator.clipboard.writeText(text));
    copied.then(
      () => this.page.say(`Copied the numbers of ${this.title}.`),
      (error: unknown) => this.page.say(`Nothing was copied: ${reason(error)}`),
    );
  }

  private saveImage(format: 'png' | 'svg'): void {
    const { content } = this;
    const chart = content?.chart;
    if (content === null || chart === null || chart === undefined) return;
    const provenance = provenanceOf(this.page.source(), this.title, content);
    this.drawing
      .then(() => imageFile(chart, this.canvas, format, this.page.sheet(), provenance, this.fills))
      .then(
        (bytes) => this.page.exportFile(`${this.fileName()}.${format}`, bytes),
        (error: unknown) => this.page.say(`No picture was made: ${reason(error)}`),
      );
  }

  private saveCsv(): void {
    if (this.content === null) return;
    const head = commentLine(provenanceOf(this.page.source(), this.title, this.content));
    this.saveText('csv', head + csv(this.content.table));
  }

  private saveJson(): void {
    if (this.content === null) return;
    const { figure: title, ...provenance } = provenanceOf(this.page.source(), this.title, this.content);
    this.saveText('json', JSON.stringify({ title, ...provenance, ...this.content.table }, null, 1));
  }

  private saveText(extension: string, text: string): void {
    this.page.exportFile(`${this.fileName()}.${extension}`, new TextEncoder().encode(text));
  }

  /** `EXPERIMENT-NETWORK-SEED-LAYER-EPOCH-FIGURE`. */
  private fileName(): string {
    const parts = [this.page.source().experiment, this.content?.of ?? '', this.title.toLowerCase()];
    return parts
      .map((part) =>
        Array.from(part.replaceAll(/[^\p{L}\p{N}]+/gu, '-'))
          .slice(0, MOST)
          .join(''),
      )
      .map((part) => part.replaceAll(/^-+|-+$/g, ''))
      .filter((part) => part !== '')
      .join('-');
  }
}
