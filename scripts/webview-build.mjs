// How the dashboard is bundled: used by the build and by the tests of the webview.
import { join } from 'node:path';

/**
 * Options of esbuild for `dashboard.js` and `side.js` (an IIFE each), their style sheets, and `plotly.js` (which makes `window.Plotly`).
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
    // As its makers ship it, only smaller; it says nothing that we could mend.
    {
      ...common,
      entryPoints: { plotly: join(root, 'node_modules/plotly.js-dist/plotly.js') },
      bundle: false,
      legalComments: 'inline',
      logLevel: 'error',
    },
  ];
}
