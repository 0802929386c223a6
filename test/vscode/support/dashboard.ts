import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Locator } from 'playwright-core';
import { until } from './limit';
import type { Workbench } from './workbench';

/** Panels that tests look through. */
export const panels = ['overview', 'pca', 'units', 'rsa', 'dynamics'] as const;
/** Those, and others. */
export type PanelName =
  | (typeof panels)[number]
  | 'structure'
  | 'probes'
  | 'functions'
  | 'interventions'
  | 'dictionary'
  | 'sweep';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds to be a barrier in a frame. */
export async function barriers(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  return frame.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => impact + ' ' + id + ': ' + nodes.map(({ html }) => html.slice(0, 300)).join(' | ')))`);
}

/** A dashboard in a panel of the workbench. */
export class Dashboard {
  private constructor(
    private readonly workbench: Workbench,
    readonly frame: Frame,
  ) {}

  /** The dashboard on screen. */
  static async of(workbench: Workbench, seconds = 60): Promise<Dashboard> {
    return new Dashboard(workbench, await workbench.webview('#repscope .live', seconds));
  }

  /** The dashboard in a frame that is known to be one. */
  static in(workbench: Workbench, frame: Frame): Dashboard {
    return new Dashboard(workbench, frame);
  }

  /** How the run stands: `none`, `running`, `done`, … */
  async status(): Promise<string> {
    return (await this.frame.locator('.live').getAttribute('data-status')) ?? 'none';
  }

  /** How far the run is, from 0 to 1. */
  progress(): Promise<number> {
    return this.frame.evaluate<number>(`document.querySelector('.live progress').value`);
  }

  async reaches(status: string, seconds = 60): Promise<void> {
    await until(
      `the dashboard says “${status}”`,
      async () => (await this.status().catch(() => '')) === status,
      seconds,
    );
  }

  message(): Promise<string> {
    return this.frame.locator('.live-message').innerText();
  }

  button(name: string | RegExp): Locator {
    return this.frame.locator('vscode-button:visible', { hasText: name });
  }

  async tab(name: PanelName): Promise<void> {
    await this.frame.click(`#tab-${name}`);
    await this.drawn(name);
  }

  /** Every picture of the panel in front is drawn as it was last asked for. */
  async drawn(name: PanelName | 'compare'): Promise<void> {
    await this.frame.locator(`#panel-${name}:visible`).waitFor();
    await until(
      `the pictures of ${name} are drawn`,
      () =>
        this.frame.evaluate<boolean>(`(() => {
          if (!document.body.dataset.shown?.startsWith(${JSON.stringify(`${name} `)})) return false;
          if (document.body.dataset.progress === 'asked') return false;
          return [...document.querySelectorAll('.figure .picture')]
            .filter((box) => box.clientWidth > 0)
            .every((box) => box.dataset.drawn !== undefined && box.dataset.drawn === box.dataset.asked);
        })()`),
      30,
    );
  }

  figure(title: string): Locator {
    return this.frame.locator(`section.figure[aria-label="${title}"]:visible`);
  }

  /** Scrolls a figure to the top of the panel, under what stays there. */
  async bringToSight(title: string): Promise<void> {
    const selector = JSON.stringify(`section.figure[aria-label="${title}"]`);
    await this.frame.evaluate(`(() => {
      const top = document.querySelector(${selector}).getBoundingClientRect().top;
      scrollBy(0, top - document.querySelector('.sticky').offsetHeight - 8);
    })()`);
  }

  async choose(label: string, option: string | RegExp): Promise<void> {
    const list = this.frame.locator(`vscode-dropdown[aria-label="${label}"]:visible`);
    await list.click();
    await list.locator('vscode-option', { hasText: option }).first().click();
  }

  /** The cells of a figure's table, the head first; opens it where it is closed. */
  async table(title: string): Promise<string[][]> {
    const figure = this.figure(title);
    if (!(await figure.locator('table').isVisible()))
      await figure.getByText('Table', { exact: true }).click();
    await figure.locator('table').waitFor();
    const rows = await figure.locator('tr').all();
    return Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
  }

  /** Presses a button of a figure, answers the save dialog with a file of the workspace, and gives what was written. */
  async saved(title: string, format: 'PNG' | 'SVG' | 'CSV' | 'JSON', name: string): Promise<Buffer> {
    await this.figure(title).getByText('Export', { exact: true }).click();
    await this.figure(title).getByText(format, { exact: true }).click();
    return this.workbench.answerSaveDialog(name);
  }
}

/** A number as the dashboard shows it: a real minus sign, – where it is undefined. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || text === '–' || text === '') return null;
  return Number(text.replace('−', '-').replaceAll(',', ''));
}
