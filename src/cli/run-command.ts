import { visibleLines } from '../formats/visible';
import { whyOf } from '../run/system-error';
import { UserError } from '../verbs/user-error';
import { exitCode } from './exit-code';

/** Runs what the command line asks for, and says what stops it. */
export async function runCommand(command: () => Promise<unknown>): Promise<void> {
  // Nobody listens any longer (`2>&1 | head`): the work goes on.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no error.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`Cannot write standard output: ${whyOf(error)}.\n`);
    process.exit(exitCode.problems);
  });
  await telling(command);
}

/** What stops a command is said in words, and with an exit code. */
export async function telling(command: () => Promise<unknown>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const known =
      error instanceof UserError ||
      (error instanceof Error && ['StoreError', 'ReportTooLargeError'].includes(error.name));
    const text =
      error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${visibleLines(text)}\n`);
    process.exitCode = exitCode.problems;
  }
}
