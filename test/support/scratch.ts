import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A new folder that is removed when the test has finished. */
export function scratch(): string {
  const { folder, remove } = made();
  onTestFinished(remove);
  return folder;
}

/** A new folder that the tests of a file share; it is removed after the last. */
export function sharedScratch(): string {
  const { folder, remove } = made();
  afterAll(remove);
  return folder;
}

function made(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'repscope-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
