import { createHash, randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const staleAfter = 3_600_000;

/** A name that no one else uses, from which everyone can tell whether its maker is still alive. */
export function temporaryName(): string {
  return `${machine}-${process.pid}-${randomUUID()}`;
}

/** Removes what processes left behind that are gone, and whatever is older than an hour. */
export async function sweepTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if (makerIsGone(name) || (await stat(path)).mtimeMs < Date.now() - staleAfter)
        await rm(path, { recursive: true, force: true });
    } catch {
      // Someone else is sweeping too; what remains is for the next time.
    }
  }
}

// Process ids say something only on the same machine and in the same container.
const machine = createHash('sha256').update(`${hostname()} ${namespace()}`).digest('hex').slice(0, 8);

function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function makerIsGone(name: string): boolean {
  const [where, pid] = name.split('-');
  if (where !== machine || pid === undefined || !/^[1-9]\d*$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
