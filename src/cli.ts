import { program } from './cli/program';
import { runCommand } from './cli/run-command';

void runCommand(() => program().parseAsync());
