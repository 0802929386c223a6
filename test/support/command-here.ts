import { CommanderError } from 'commander';
import { vi } from 'vitest';
import { program } from '../../src/cli/program';
import { telling } from '../../src/cli/run-command';
import type { Ended } from './command-line';

/** `repscope` in this process, for commands that start no threads and where their process is not what is tested. */
export async function repscopeHere(args: readonly string[], { cwd = '.' } = {}): Promise<Ended> {
  const before = { folder: process.cwd(), code: process.exitCode };
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((piece) => {
      written[name] += typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
      return true;
    }),
  );
  process.chdir(cwd);
  process.exitCode = undefined;
  try {
    await telling(() => parsed(args));
    return { code: Number(process.exitCode ?? 0), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.chdir(before.folder);
    process.exitCode = before.code;
  }
}

/** Where the command line would end the process, its exit code is set. */
async function parsed(args: readonly string[]): Promise<void> {
  const repscope = program().exitOverride();
  for (const one of repscope.commands) one.exitOverride();
  try {
    await repscope.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
}
