import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { webviewBuilds } from '../../../scripts/webview-build.mjs';
import { launchChromium } from '../../support/chromium';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '../../..');

export interface Bundle {
  bundle: string;
  /** As the editor has it. */
  plotly: string;
  /** As reports have it. */
  plotlyGl3d: string;
  styles: string;
  /** The script and the style sheet of the side panel. */
  side: { script: string; styles: string };
}

/**
 * Stands in for Plotly, whose reading takes as long as everything else of a page: its pictures stay empty. For pages that are not
 * about them.
 */
export const emptyPlotly = `window.Plotly = {
  react: async (element) => Object.assign(element, { on() {}, removeAllListeners() {} }),
  purge() {},
};`;

/** A browser, and what its pages are made of, for the suite that calls this: there once its first test begins. */
export function browserWithBundle(): () => { browser: Browser; bundle: Bundle } {
  let made: { browser: Browser; bundle: Bundle };
  beforeAll(async () => {
    const [browser, bundle] = await Promise.all([launchChromium(), bundleDashboard()]);
    made = { browser, bundle };
  }, 120_000);
  afterAll(() => made.browser.close());
  return () => made;
}

/** The dashboard as it is in the tree now, bundled with the options that the product is built with. */
async function bundleDashboard(): Promise<Bundle> {
  const builds: BuildOptions[] = webviewBuilds({ root, outdir: join(root, 'out'), production: true });
  // All but Plotly, which is as the build wrote it.
  const ours = builds.filter(({ bundle }) => bundle);
  const results = await Promise.all(ours.map((options) => build({ ...options, write: false })));
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  const text = (name: string): string => {
    const found = files.find(({ path }) => path.endsWith(name));
    if (found === undefined) throw new Error(`${name} was not built.`);
    return found.text;
  };
  const built = (name: string): string => readFileSync(join(root, 'dist/webview', name), 'utf8');
  return {
    bundle: text('dashboard.js'),
    plotly: built('plotly.js'),
    plotlyGl3d: built('plotly-gl3d.js'),
    styles: text('dashboard.css'),
    side: { script: text('side.js'), styles: text('side.css') },
  };
}

/** A script of the tests themselves, as one IIFE. */
export async function bundleScript(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/webview', file)],
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
