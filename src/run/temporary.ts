import { createHash, randomUUID } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const staleAfter = 3_600_000;

/** A name that no one else uses, from which everyone can tell whether its maker is still alive. */
export function temporaryName(): string {
  return `${machine}-${process.pid}-${randomUUID()}`;
}

const pattern = '[0-9a-f]{8}-[1-9]\\d*-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const exactly = new RegExp(`^${pattern}$`);
const ofFile = new RegExp(`^repscope-(${pattern})\\.tmp$`);

export function isTemporaryName(name: string): boolean {
  return exactly.test(name);
}

/** A name for a file in a folder of the user's, until it is whole and gets its own. */
export function temporaryFile(): string {
  return `repscope-${temporaryName()}.tmp`;
}

export function isTemporaryFile(name: string): boolean {
  return ofFile.test(name);
}

/** Removes the temporary files in a folder whose makers are gone. */
export async function sweepTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = ofFile.exec(name)?.[1];
    if (maker !== undefined) await removeIfLeft(join(folder, name), maker);
  }
}

/**
 * Removes what processes left behind that are gone, and whatever is dated more than an hour from now.
 *
 * @param folder no link; only temporary names in it are looked at
 */
export async function sweepTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (isTemporaryName(name)) await removeIfLeft(join(folder, name), name);
}

/** Removes a temporary file or folder, unless its maker may still need it. */
async function removeIfLeft(path: string, name: string): Promise<void> {
  try {
    if (makerIsGone(name) || Math.abs(Date.now() - (await lstat(path)).mtimeMs) > staleAfter)
      await rm(path, { recursive: true, force: true });
  } catch {
    // Someone else is sweeping too; what remains is for the next time.
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
