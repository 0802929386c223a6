import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { desktopBuild } from './desktop';
import { installation } from './installation';
import { output, project } from './project';

/** The suite that runs inside the extension host, as VS Code wants it: one CommonJS module. */
export const hostSuite = join(output, 'host', 'index.js');

export default async function setup(): Promise<void> {
  rmSync(join(output, 'failures'), { recursive: true, force: true });
  if (desktopBuild === undefined) await installation();
  await build({
    entryPoints: [join(project, 'test', 'vscode', 'host', 'index.ts')],
    outfile: hostSuite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
