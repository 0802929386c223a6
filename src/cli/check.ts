import { checkExperiment } from '../run/check';
import { exitCode } from './analyze';
import { UserError, readText } from './files';
import { problemLine } from './problems';
import { visible } from '../formats/visible';

/** `repscope check FILE…`: prints all problems of all files; the exit code is 1 where there is an error. */
export async function check(files: readonly string[]): Promise<number> {
  let failed = false;
  for (const file of files) {
    try {
      const { experiment, problems } = checkExperiment(await readText(file));
      for (const problem of problems) process.stdout.write(`${problemLine(file, problem)}\n`);
      failed ||= experiment === null;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.stderr.write(`${visible(error.message)}\n`);
      failed = true;
    }
  }
  return failed ? exitCode.problems : exitCode.done;
}
