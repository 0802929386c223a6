// How the dashboard is bundled: used by the build and by the tests of the webview.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What turns is drawn by it: the editor has the whole, a report, which is mailed, its build for three dimensions, a third of the size. */
const plotlyFiles = [
  ['plotly', 'plotly.js-dist/plotly.js'],
  ['plotly-gl3d', 'plotly.js-gl3d-dist-min/plotly-gl3d.min.js'],
];

/**
 * Options of esbuild for `dashboard.js` and `side.js` (an IIFE each), their style sheets, and `plotly.js` and `plotly-gl3d.js`, which make `window.Plotly`.
 *
 * @param {{ root: string, outdir: string, production: boolean }} where
 * @returns {import('esbuild').BuildOptions[]}
 */
export function webviewBuilds({ root, outdir, production }) {
  const common = {
    outdir: join(outdir, 'webview'),
    platform: 'browser',
    target: ['chrome118', 'firefox115', 'safari16.4'],
    logLevel: 'warning',
    minify: true,
  };
  return [
    {
      ...common,
      entryPoints: {
        dashboard: join(root, 'webview/src/main.ts'),
        side: join(root, 'webview/src/side.ts'),
      },
      bundle: true,
      format: 'iife',
      minify: production,
      legalComments: 'none',
    },
    {
      ...common,
      entryPoints: {
        dashboard: join(root, 'webview/src/dashboard.css'),
        side: join(root, 'webview/src/side.css'),
      },
      bundle: true,
    },
    ...plotlyFiles.map(([name, file]) => plotlyBuild(common, name, join(root, 'node_modules', file))),
  ];
}

/** As its makers ship it, only smaller, with its copyright; it says nothing that we could mend. */
function plotlyBuild(common, name, file) {
  const [copyright] = /^\/\*\*[^]*?\*\//.exec(readFileSync(file, 'utf8')) ?? [];
  if (copyright === undefined) throw new Error(`${file} does not begin with its copyright.`);
  return {
    ...common,
    entryPoints: { [name]: file },
    bundle: false,
    banner: { js: copyright },
    legalComments: 'inline',
    logLevel: 'error',
  };
}
