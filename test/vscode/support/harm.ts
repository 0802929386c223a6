import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench';

/** What a name would have made, had it been taken for markup: in the document of a frame. */
const made = `(() => {
  const wanted = [
    'img[src="x"]', '[onerror]', '[onload]',
    'a[href^="command:workbench"]', 'a[data-href^="command:workbench"]',
    'a[href*="example.invalid"]', 'a[data-href*="example.invalid"]',
  ];
  const found = [...document.querySelectorAll(wanted.join())].map(({ outerHTML }) => outerHTML.slice(0, 200));
  const scripts = [...document.scripts].filter(({ text }) => text.length < 200 && text.includes('alert(1)'));
  return [...found, ...scripts.map(({ outerHTML }) => outerHTML)];
})()`;

/** Watches for harm that names could do: dialogs, windows, navigation, requests, elements and links that no code of ours made. */
export class HarmWatch {
  private readonly seen: string[] = [];
  private readonly address: string;

  constructor(private readonly workbench: Workbench) {
    const { page } = workbench;
    this.address = page.url();
    page.on('dialog', (dialog) => {
      this.seen.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.context().on('page', (other) => this.seen.push(`a window: ${other.url()}`));
    page.on('request', (request) => {
      const { host, pathname } = new URL(request.url());
      if (host.includes('example.invalid') || pathname.endsWith('/x'))
        this.seen.push(`a request: ${request.url()}`);
    });
  }

  /** All that was seen so far, and what stands in the workbench and in our webviews now. */
  async harm(): Promise<string[]> {
    const { page } = this.workbench;
    const frames: Frame[] = [page.mainFrame(), ...this.workbench.webviews()];
    const elements = await Promise.all(
      frames.map((frame) => frame.evaluate<string[]>(made).catch(() => [] as string[])),
    );
    return [
      ...this.seen,
      ...elements.flat().map((element) => `an element: ${element}`),
      ...(page.url() === this.address ? [] : [`navigation to ${page.url()}`]),
    ];
  }
}
