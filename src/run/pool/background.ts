import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets everything else go first: an editor's windows and its other extensions are not to wait for this thread. Linux has a priority
 * for each thread; elsewhere nothing changes.
 */
export function workInBackground(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isSafeInteger(thread)) setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not Linux, or not allowed: it is a courtesy.
  }
}
