import type { Locator, Page } from 'playwright-core';
import { seen, until } from './limit';

/** The place of a piece of text on screen; runs in the page. Monaco shows spaces as no-break spaces. */
const placeOf = (text: string): string => `(() => {
  const wanted = ${JSON.stringify(text)};
  for (const line of document.querySelectorAll('.editor-instance .view-lines .view-line')) {
    const at = line.textContent.replaceAll('\\u00a0', ' ').indexOf(wanted);
    if (at < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let passed = 0;
    let started = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.data.length;
      if (!started && passed + length > at) { range.setStart(node, at - passed); started = true; }
      if (started && passed + length >= at + wanted.length) {
        range.setEnd(node, at + wanted.length - passed);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      passed += length;
    }
  }
  return null;
})()`;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The text editor that has the focus of attention: reading it, pointing at it, typing in it. */
export class CodeEditor {
  constructor(private readonly window: { readonly page: Page }) {}

  private get page(): Page {
    return this.window.page;
  }

  /** Where `text` (the first one on screen) stands. */
  place(text: string): Promise<Box> {
    return until(
      `the editor shows “${text}”`,
      async () => (await this.page.evaluate<Box | null>(placeOf(text))) ?? undefined,
    );
  }

  /** The hover at the middle of `text`, by mouse. */
  async hover(text: string): Promise<Locator> {
    const { mouse } = this.page;
    const hover = this.page.locator('.monaco-editor .monaco-hover:not(.hidden)').filter({ hasText: /\S/ });
    await until(`a hover at “${text}”`, async () => {
      // Lines move when lenses come.
      const { x, y, width, height } = await this.place(text);
      // Straight there: a slow page takes any stop on the way for the place to hover at.
      await mouse.move(5, 5);
      await mouse.move(x + width / 2, y + height / 2);
      await mouse.move(x + width / 2 + 1, y + height / 2);
      return seen(hover.first(), 3000);
    });
    return hover.first();
  }

  async leaveHover(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.mouse.move(5, 5);
  }

  /** Puts the cursor behind `text`. */
  click(text: string): Promise<void> {
    return this.pressed(text, ({ x, y, width, height }) =>
      this.page.mouse.click(x + width - 1, y + height / 2),
    );
  }

  /** Selects `text` (one word, as a double click does) and types over it. */
  async replace(text: string, by: string): Promise<void> {
    await this.pressed(text, ({ x, y, width, height }) =>
      this.page.mouse.dblclick(x + width / 2, y + height / 2),
    );
    await this.page.keyboard.type(by);
  }

  /** Presses at the place of `text`, again where the lines moved meanwhile: lenses come when they are ready. */
  private async pressed(text: string, press: (at: Box) => Promise<void>): Promise<void> {
    await until(`“${text}” keeps its place while it is pressed`, async () => {
      const before = await this.place(text);
      await press(before);
      return (await this.place(text)).y === before.y;
    });
  }

  /** Takes the first quick fix at the cursor whose title has this. */
  async fix(title: string | RegExp): Promise<void> {
    const fix = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await until(`the quick fix “${title}”`, async () => {
      await this.page.keyboard.press('Control+Period');
      return seen(fix, 3000);
    });
    await this.page.keyboard.press('Enter');
  }

  /** The text that a decoration of ours puts behind the line that holds `text`; empty without one. */
  inline(text: string): Promise<string> {
    return this.page.evaluate<string>(`(() => {
      const lines = [...document.querySelectorAll('.editor-instance .view-lines .view-line')];
      const line = lines.find((one) => one.textContent.replaceAll('\\u00a0', ' ').includes(${JSON.stringify(text)}));
      const contents = [...(line?.querySelectorAll('span') ?? [])].map((span) => getComputedStyle(span, '::after').content);
      const shown = contents.find((content) => content !== 'none' && content !== 'normal');
      return shown === undefined ? '' : JSON.parse(shown).replaceAll('\\u00a0', ' ');
    })()`);
  }

  /** The squiggles on screen. */
  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.page.locator(`.editor-instance .squiggly-${severity}`);
  }

  /** CodeLenses on screen, in order. */
  lenses(): Locator {
    return this.page.locator(
      '.editor-instance .codelens-decoration > a, .editor-instance .codelens-decoration > span',
    );
  }
}
