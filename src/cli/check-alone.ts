import { checkCommand } from './check';
import { runCommand } from './run-command';

/** `repscope check FILE…` without all that other commands need: most of the time of a check is the start. */
void runCommand(async () => {
  process.exitCode = await checkCommand(process.argv.slice(3));
});
