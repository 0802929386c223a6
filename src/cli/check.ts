import { check } from '../verbs/check';
import { UserError } from '../verbs/user-error';
import { exitCode } from './exit-code';
import { tellProblems } from './problems';
import { room } from './room';
import { visible } from '../formats/visible';

/** `repscope check FILE…`: prints all problems of all files; the exit code is 1 where there is an error. */
export async function checkCommand(files: readonly string[]): Promise<number> {
  let failed = false;
  for (const file of files) {
    try {
      const { problems } = await check.run({ file }, room);
      if (tellProblems(file, problems, process.stdout)) failed = true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.stderr.write(`${visible(error.message)}\n`);
      failed = true;
    }
  }
  return failed ? exitCode.problems : exitCode.done;
}
