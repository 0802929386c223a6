import { Command, InvalidArgumentError, Option } from 'commander';
import { analyzeCommand, type AnalyzeOptions, exitCode } from './cli/analyze';
import { checkCommand } from './cli/check';
import { compareCommand } from './cli/compare';
import { explainCommand } from './cli/explain';
import { hazardsCommand } from './cli/hazards';
import { interruption } from './cli/signals';
import { stimuli } from './cli/stimuli';
import { storeCommand } from './cli/store';
import { defaultStore } from './cli/store-folder';
import { valuesCommand } from './cli/values';
import { PLACES } from './core/values';
import { visibleLines } from './formats/visible';
import { defaultCapBytes } from './run/store/store';
import { whyOf } from './run/system-error';
import { version } from './run/version';
import { UserError } from './verbs/user-error';
import type { Wanted } from './verbs/values';
import { verbs } from './verbs/verbs';

/** A whole number between bounds, as an option's value. */
const whole =
  ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < minimum || value > maximum)
      throw new InvalidArgumentError(`Give a whole number from ${minimum} to ${maximum}.`);
    return value;
  };

function program(): Command {
  const store = new Option(
    '--store <folder>',
    'where finished replicates are kept and found again: a folder that is new, empty or a store',
  ).default(defaultStore);
  const exits = (code: Promise<number>): Promise<void> =>
    code.then((value) => void (process.exitCode = value));
  const repscope = new Command('repscope')
    .description('Trains the networks of experiment files and shows what they represent.')
    .version(version)
    // Before the verbs, which inherit it.
    .configureOutput({ outputError: (text, write) => write(visibleLines(text)) })
    .showHelpAfterError();
  const command = (name: keyof typeof verbs): Command => repscope.command(name).description(verbs[name].says);
  command('check')
    .argument('<files...>', 'experiment files')
    .action((files: string[]) => exits(checkCommand(files)));
  command('explain')
    .argument('<file>', verbs.explain.input.properties.file.description)
    .option('--json', 'print JSON')
    .action((file: string, options: { json?: boolean }) => exits(explainCommand(file, options)));
  const analyzed = verbs.analyze.input.properties;
  command('analyze')
    .argument('<file>', analyzed.file.description)
    .option('--out <folder>', 'where results go (default: NAME.results; nothing with --json alone)')
    .option('--force', 'replace files in the folder that are of no earlier run')
    .option('--seeds <n>', analyzed.seeds.description, whole(analyzed.seeds))
    .option('--workers <n>', analyzed.workers.description, whole(analyzed.workers))
    .option('--json', 'print results.json to standard output, and nothing else')
    .addOption(store)
    .option(
      '--store-cap <megabytes>',
      'size that the store is kept to; what a run uses stays until it ends',
      whole({ minimum: 1, maximum: 10_000_000 }),
    )
    .addOption(
      new Option('--engine <name>', 'what trains: the fused training step, or TensorFlow.js alone')
        .choices(['fused', 'tfjs'])
        .default('fused'),
    )
    .action(
      (file: string, { storeCap, ...options }: Omit<AnalyzeOptions, 'storeCap'> & { storeCap?: number }) =>
        exits(
          analyzeCommand(
            file,
            { ...options, storeCap: storeCap === undefined ? defaultCapBytes : storeCap * 1e6 },
            interruption(),
          ),
        ),
    );
  repscope
    .command('stimuli')
    .description('Write the stimulus table (labels and inputs of all sets) as CSV.')
    .argument('<file>', 'experiment file')
    .option('--out <file.csv>', 'where it goes (default: standard output)')
    .action((file: string, options: { out?: string }) => exits(stimuli(file, options)));
  const places = verbs.values.input.properties;
  const numbers = command('values')
    // An option takes all names behind it.
    .argument('<run>', `${places.run.description}; it stands before the options`);
  for (const name of PLACES) numbers.option(`--${name} <name...>`, places[name].description);
  numbers
    .option('--json', 'print JSON')
    .action((run: string, options: Wanted & { json?: boolean }) => exits(valuesCommand(run, options)));
  command('hazards')
    .argument('<run>', verbs.hazards.input.properties.run.description)
    .option('--json', 'print JSON')
    .action((run: string, options: { json?: boolean }) => exits(hazardsCommand(run, options)));
  const compared = verbs.compare.input.properties;
  command('compare')
    .argument('<run>', compared.run.description)
    .argument('<other>', compared.other.description)
    .option('--json', 'print JSON')
    .action((run: string, other: string, options: { json?: boolean }) =>
      exits(compareCommand(run, other, options)),
    );
  repscope
    .command('store')
    .description('Say where finished replicates are kept, and how much there is.')
    .addOption(store)
    .option('--clear', 'remove all of it')
    .action((options: { store: string; clear?: boolean }) => exits(storeCommand(options)));
  return repscope;
}

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
