import { exitCode } from './cli/analyze';
import { program } from './cli/program';
import { visibleLines } from './formats/visible';
import { whyOf } from './run/system-error';
import { UserError } from './verbs/user-error';

async function main(): Promise<void> {
  // Nobody listens any longer (`2>&1 | head`): the work goes on.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is no error.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`Cannot write standard output: ${whyOf(error)}.\n`);
    process.exit(exitCode.problems);
  });
  try {
    await program().parseAsync();
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

void main();
