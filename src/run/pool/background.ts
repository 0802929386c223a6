import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Lets others go first: an editor's windows and its other extensions are not to wait for this thread. Linux has a priority for each
 * thread; elsewhere nothing changes.
 *
 * @param niceness from 1, a little, to 19, altogether
 */
export function workInBackground(niceness: number): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isSafeInteger(thread)) setPriority(thread, niceness);
  } catch {
    // Not Linux, or not allowed: it is a courtesy.
  }
}
