import { type Browser, chromium } from 'playwright-core';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from './project';

/** A Chromium for the workbench; installed where it is missing. WebGL 2 in software, as VS Code's 3-D pictures need it. */
export async function launchBrowser(): Promise<Browser> {
  const scripts = (await import(pathToFileURL(join(project, 'scripts', 'chromium.mjs')).href)) as {
    chromium(): Promise<{ executable: string; env: Record<string, string> }>;
  };
  const { executable, env } = await scripts.chromium();
  return chromium.launch({
    executablePath: executable,
    env: { ...(process.env as Record<string, string>), ...env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}
