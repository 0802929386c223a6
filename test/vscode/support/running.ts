import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Scratch } from './scratch';

export interface StartOptions {
  scratch: Scratch;
  /** The folder to open: a path, or a URI with its scheme. */
  folder: string;
  /** For the extension host, on top of ours. */
  environment: Record<string, string>;
  /** Asks whether the folder is trusted. */
  restricted: boolean;
  size: { width: number; height: number };
  /** A module to run in the extension host (in a browser only). */
  tests: string | undefined;
  /** Called with the page, before it loads where that can be. */
  before: (page: Page) => Promise<void>;
}

export interface Log {
  file: string;
  text: string;
}

/** A VS Code that runs, with one window: served to a browser, or on the desktop. */
export interface RunningVSCode {
  readonly page: Page;
  /** Everything that its extension hosts and extensions logged, file by file. */
  logs(): Log[];
  /**
   * @param command does *Developer: Reload Window* as a user does
   * @param atLast called right before the page goes
   */
  reload(command: () => Promise<void>, atLast?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export function logsIn({ data }: Scratch): Log[] {
  const folder = join(data, 'data', 'logs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log'))
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

/** Does every step, whatever becomes of the others. */
export async function undoAll(steps: (() => Promise<unknown> | void)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps)
    await Promise.resolve()
      .then(step)
      .catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, 'VS Code did not end as it should');
}
