import { Command, InvalidArgumentError, Option } from 'commander';
import { PLACES } from '../core/values';
import { visibleLines } from '../formats/visible';
import { defaultCapBytes } from '../run/store/store';
import { version } from '../run/version';
import type { PcaAsked } from '../verbs/pca';
import type { StructureAsked } from '../verbs/structure';
import type { ProbeAsked } from '../verbs/probe-given';
import type { RecoveryAsked } from '../verbs/recovery';
import type { SelectivityAsked } from '../verbs/selectivity';
import type { Wanted } from '../verbs/values';
import { verbs } from '../verbs/verbs';
import { analyzeCommand, type AnalyzeOptions } from './analyze';
import { checkCommand } from './check';
import { compareRdmsCommand, type CompareRdmsOptions } from './compare-rdms';
import { compareCommand, type CompareOptions } from './compare';
import { explainCommand } from './explain';
import { hazardsCommand } from './hazards';
import { pcaCommand } from './pca';
import { structureCommand } from './structure';
import { planCommand, type PlanOptions } from './plan';
import { probeCommand } from './probe';
import { rdmCommand, type RdmOptions } from './rdm';
import { recoveryCommand } from './recovery';
import { rsaCommand, type RsaOptions } from './rsa';
import { selectivityCommand } from './selectivity';
import { interruption } from './signals';
import { similarityCommand, type SimilarityOptions } from './similarity';
import { stimuli } from './stimuli';
import { storeCommand } from './store';
import { defaultStore } from './store-folder';
import { valuesCommand } from './values';

/** The commands of `repscope` with their options, in the order of its help; what they say is what the verbs say of themselves. */
export function program(): Command {
  const repscope = new Command('repscope')
    .description('Trains the networks of experiment files and shows what they represent.')
    .version(version)
    // Before the verbs, which inherit it.
    .configureOutput({ outputError: (text, write) => write(visibleLines(text)) })
    .showHelpAfterError();
  addFileCommands(repscope);
  addAnalyze(repscope);
  addStimuli(repscope);
  addRunCommands(repscope);
  addArrayCommands(repscope);
  addLabelCommands(repscope);
  addStore(repscope);
  return repscope;
}

interface Json {
  readonly json?: boolean;
}

const command = (repscope: Command, name: keyof typeof verbs): Command =>
  repscope.command(name).description(verbs[name].says);

const exits = (code: Promise<number>): Promise<void> => code.then((value) => void (process.exitCode = value));

const storeOption = (): Option =>
  new Option(
    '--store <folder>',
    'where finished replicates are kept and found again: a folder that is new, empty or a store',
  ).default(defaultStore);

/** A whole number between bounds, as an option's value. */
const whole =
  ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < minimum || value > maximum)
      throw new InvalidArgumentError(`Give a whole number from ${minimum} to ${maximum}.`);
    return value;
  };

/** Any number between bounds. */
const between =
  ({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) =>
  (text: string): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!(value >= minimum && value <= maximum))
      throw new InvalidArgumentError(`Give a number from ${minimum} to ${maximum}.`);
    return value;
  };

/** What of a file is said before anything is trained. */
function addFileCommands(repscope: Command): void {
  command(repscope, 'check')
    .argument('<files...>', 'experiment files')
    .action((files: string[]) => exits(checkCommand(files)));
  command(repscope, 'explain')
    .argument('<file>', verbs.explain.input.properties.file.description)
    .option('--json', 'print JSON')
    .action((file: string, options: Json) => exits(explainCommand(file, options)));
  const { file, seeds, workers } = verbs.plan.input.properties;
  command(repscope, 'plan')
    .argument('<file>', file.description)
    .option('--seeds <n>', seeds.description, whole(seeds))
    .option('--workers <n>', workers.description, whole(workers))
    .option('--json', 'print JSON')
    .addOption(storeOption())
    .action((name: string, options: PlanOptions) => exits(planCommand(name, options)));
}

function addAnalyze(repscope: Command): void {
  const { file, seeds, workers } = verbs.analyze.input.properties;
  command(repscope, 'analyze')
    .argument('<file>', file.description)
    .option('--out <folder>', 'where results go (default: NAME.results; nothing with --json alone)')
    .option('--force', 'replace files in the folder that are of no earlier run')
    .option('--seeds <n>', seeds.description, whole(seeds))
    .option('--workers <n>', workers.description, whole(workers))
    .option('--json', 'print results.json to standard output, and nothing else')
    .addOption(storeOption())
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
      (name: string, { storeCap, ...options }: Omit<AnalyzeOptions, 'storeCap'> & { storeCap?: number }) =>
        exits(
          analyzeCommand(
            name,
            { ...options, storeCap: storeCap === undefined ? defaultCapBytes : storeCap * 1e6 },
            interruption(),
          ),
        ),
    );
}

function addStimuli(repscope: Command): void {
  repscope
    .command('stimuli')
    .description(
      'Write the stimulus table (labels and inputs of all sets) as CSV, or the documents as lines of JSON.',
    )
    .argument('<file>', 'experiment file')
    .option('--out <file>', 'where it goes (default: standard output)')
    .option('--documents', 'of networks of documents: all that are trained and asked, as "file" reads them')
    .action((file: string, options: { out?: string; documents?: boolean }) => exits(stimuli(file, options)));
}

/** What is said of runs that were written. */
function addRunCommands(repscope: Command): void {
  const places = verbs.values.input.properties;
  const numbers = command(repscope, 'values')
    // An option takes all names behind it.
    .argument('<run>', `${places.run.description}; it stands before the options`);
  for (const name of PLACES) numbers.option(`--${name} <name...>`, places[name].description);
  numbers
    .option('--json', 'print JSON')
    .action((run: string, options: Wanted & Json) => exits(valuesCommand(run, options)));
  command(repscope, 'hazards')
    .argument('<run>', verbs.hazards.input.properties.run.description)
    .option('--json', 'print JSON')
    .action((run: string, options: Json) => exits(hazardsCommand(run, options)));
  const compared = verbs.compare.input.properties;
  command(repscope, 'compare')
    .argument('<run>', compared.run.description)
    .argument('<others...>', compared.others.description)
    .addOption(
      new Option('--pair <here=there>', compared.pair.description).argParser(
        (pair: string, before: readonly string[] = []) => [...before, pair],
      ),
    )
    .option('--json', 'print JSON')
    .action((run: string, others: string[], options: CompareOptions) =>
      exits(compareCommand(run, others, options)),
    );
}

/** What is computed of array files. */
function addArrayCommands(repscope: Command): void {
  const of = verbs.rdm.input.properties;
  command(repscope, 'rdm')
    .argument('<activations>', of.activations.description)
    .addOption(new Option('--metric <name>', of.metric.description).choices(of.metric.enum ?? []))
    .option('--labels <file.csv>', of.labels.description)
    .option('--condition <column>', of.condition.description)
    .option('--fold <column>', of.fold.description)
    .option('--noise <file>', of.noise.description)
    .addOption(new Option('--shrinkage <name>', of.shrinkage.description).choices(of.shrinkage.enum ?? []))
    .addOption(new Option('--transform <name>', of.transform.description).choices(of.transform.enum ?? []))
    .option('--low <percent>', of.low.description, whole(of.low))
    .option('--high <percent>', of.high.description, whole(of.high))
    .option('--out <file.npy>', 'where the matrix goes')
    .option('--json', 'print JSON')
    .action((file: string, options: RdmOptions) => exits(rdmCommand(file, options)));
  const compared = verbs['compare-rdms'].input.properties;
  command(repscope, 'compare-rdms')
    .argument('<first>', compared.first.description)
    .argument('<others...>', compared.others.description)
    .addOption(new Option('--method <name>', compared.method.description).choices(compared.method.enum ?? []))
    .option('--partial', 'with each model RDM, the other ones held')
    .option('--regression', 'with the sum of all model RDMs, weighted by least squares')
    .option('--non-negative', 'regression with no weight below 0')
    .option('--json', 'print JSON')
    .action((first: string, others: string[], options: CompareRdmsOptions) =>
      exits(compareRdmsCommand(first, others, options)),
    );
  addRsa(repscope);
  const alike = verbs.similarity.input.properties;
  command(repscope, 'similarity')
    .argument('<first>', alike.first.description)
    .argument('<second>', alike.second.description)
    .addOption(
      new Option('--measure <name>', `${alike.measure.description} (default: cka)`).choices(
        alike.measure.enum ?? [],
      ),
    )
    .option('--all', 'by every measure')
    .option('--null <n>', alike.null.description, whole(alike.null))
    .addOption(new Option('--units <scaling>', alike.units.description).choices(alike.units.enum ?? []))
    .option('--alpha <a>', alike.alpha.description, between(alike.alpha))
    .option('--json', 'print JSON')
    .action((first: string, second: string, options: SimilarityOptions) =>
      exits(similarityCommand(first, second, options)),
    );
  const { activations, components } = verbs.pca.input.properties;
  command(repscope, 'pca')
    .argument('<activations>', activations.description)
    .option('--components <n>', components.description, whole(components))
    .option('--json', 'print JSON, with loadings and scores')
    .action((file: string, options: Omit<PcaAsked, 'activations'> & Json) =>
      exits(pcaCommand(file, options)),
    );
  addStructure(repscope);
}

function addStructure(repscope: Command): void {
  const map = verbs.structure.input.properties;
  command(repscope, 'structure')
    .argument('<activations>', map.activations.description)
    .addOption(new Option('--method <name>', map.method.description).choices(map.method.enum ?? []))
    .option('--neighbours <n>', map.neighbours.description, whole(map.neighbours))
    .option('--json', 'print JSON, with the places')
    .action((file: string, options: Omit<StructureAsked, 'activations'> & Json) =>
      exits(structureCommand(file, options)),
    );
}

/** What is computed of array files and labels. */
function addLabelCommands(repscope: Command): void {
  const preferred = verbs.selectivity.input.properties;
  command(repscope, 'selectivity')
    .argument('<activations>', preferred.activations.description)
    .requiredOption('--labels <file.csv>', preferred.labels.description)
    .requiredOption('--label <column>', preferred.label.description)
    .option('--permutations <n>', preferred.permutations.description, whole(preferred.permutations))
    .option('--json', 'print JSON')
    .action((file: string, options: Omit<SelectivityAsked, 'activations'> & Json) =>
      exits(selectivityCommand(file, options)),
    );
  const recovered = verbs.recovery.input.properties;
  command(repscope, 'recovery')
    .argument('<first>', recovered.first.description)
    .argument('<second>', recovered.second.description)
    .option('--labels <file.csv>', recovered.labels.description)
    .option('--label <column...>', recovered.label.description)
    .option('--components <n>', recovered.components.description, whole(recovered.components))
    .option('--json', 'print JSON, with the scores without each')
    .action((first: string, second: string, options: Omit<RecoveryAsked, 'first' | 'second'> & Json) =>
      exits(recoveryCommand(first, second, options)),
    );
  const of = verbs.probe.input.properties;
  command(repscope, 'probe')
    // An option takes all names behind it.
    .argument('<activations>', `${of.activations.description}; it stands before the options`)
    .requiredOption('--labels <file.csv>', of.labels.description)
    .requiredOption('--label <column>', of.label.description)
    .addOption(new Option('--kind <name>', of.kind.description).choices(of.kind.enum ?? []))
    .addOption(new Option('--as <what>', of.as.description).choices(of.as.enum ?? []))
    .option('--group <column>', of.group.description)
    .option('--folds <n>', of.folds.description, whole(of.folds))
    .option('--inputs <file>', of.inputs.description)
    .option('--untrained <file>', of.untrained.description)
    .option('--control <column...>', of.control.description)
    .option('--agree <column>', of.agree.description)
    .option('--to <file>', of.to.description)
    .option('--seed <n>', of.seed.description, whole(of.seed))
    .option('--json', 'print JSON')
    .action((file: string, options: Omit<ProbeAsked, 'activations'> & Json) =>
      exits(probeCommand(file, options)),
    );
}

function addRsa(repscope: Command): void {
  const of = verbs.rsa.input.properties;
  command(repscope, 'rsa')
    .argument(
      '<subjects...>',
      `${of.subjects.description}; or, without --models, ${verbs['rsa-layers'].input.properties.run.description}, of which all layers are shown`,
    )
    .option('--models <files...>', of.models.description)
    .option('--names <names...>', of.names.description)
    .option('--weighted', of.weighted.description)
    .addOption(new Option('--method <name>', of.method.description).choices(of.method.enum ?? []))
    .option('--resample <things>', of.resample.description, (text: string) => text.split(','))
    .option('--draws <n>', of.draws.description, whole(of.draws))
    .addOption(new Option('--test <name>', of.test.description).choices(of.test.enum ?? []))
    .addOption(new Option('--correct <name>', of.correct.description).choices(of.correct.enum ?? []))
    .option(
      '--figure <file.svg>',
      'where the figure goes: bars with noise ceiling and what is significant at .05',
    )
    .option('--json', 'print JSON')
    .action((subjects: string[], options: RsaOptions) => exits(rsaCommand(subjects, options)));
}

function addStore(repscope: Command): void {
  repscope
    .command('store')
    .description('Say where finished replicates are kept, and how much there is.')
    .addOption(storeOption())
    .option('--clear', 'remove all of it')
    .action((options: { store: string; clear?: boolean }) => exits(storeCommand(options)));
}
