import { once } from 'node:events';

/** Prints a long text as fast as it is read. */
export async function print(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}
