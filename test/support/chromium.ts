import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser for tests: the one that REPSCOPE_CHROMIUM names, or the system's. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['REPSCOPE_CHROMIUM'] ?? usual.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'These tests need Chromium: install the package "chromium", or name a Chromium in REPSCOPE_CHROMIUM.',
    );
  }
  return chromium.launch({
    executablePath,
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
    ],
  });
}
