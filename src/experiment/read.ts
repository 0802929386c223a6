import { readAnalyses } from './analyses';
import { type BroughtFiles, nothingBrought } from './brought';
import { Budget } from './budget';
import { trainingIn } from './changed-networks';
import { checkExperiment } from './checks/check-experiment';
import { Document, type Path } from './document';
import type { Experiment, Feature, StimulusTable, SweepPoint } from './experiment';
import { readFeatures } from './features';
import type { Expression } from './expression';
import { furtherSites, recordedSites } from './further-sites';
import type { ExperimentFile, TrainingSpec } from './file';
import { readFormula } from './formula/read-formula';
import type { NetworkKinds } from './network-kind';
import { readNetworks } from './networks';
import type { Problem, Range } from './problem';
import { Problems } from './problems';
import { readRecordings } from './recordings';
import { readStimuli } from './stimuli';
import { checkStructure, type Draft } from './structure';
import { readGiven } from './stimuli-kinds';
import { problemsOfPoints, readSweep } from './sweep';
import { readTasks, type Tasks } from './tasks';

/** What became of an experiment file. */
export interface Reading {
  /** Null where any problem is an error. */
  readonly experiment: Experiment | null;
  /** All problems, by position. */
  readonly problems: Problem[];
  /** Features that are columns of a table or of documents, whatever else has problems: the text does not name them. */
  readonly tableFeatures: readonly Feature[];
  /** What networks and recordings are recorded at, and what networks can be recorded at, too, whatever else has problems. */
  readonly sites: { readonly recorded: readonly string[]; readonly further: readonly string[] };
  /** The range of the value at a path of keys and indices, as in `['networks', 'both', 'tasks', 0]`; null if it is absent. */
  locate(path: Path): Range | null;
}

/** Weights of tasks in all phases of all networks. */
const MAX_WEIGHTS = 2 ** 20;
/** Points with errors after which the others are not read. */
const MOST_WRONG = 8;
const MAX_ENTRIES = { features: 1024, tasks: 256, networks: 256, recordings: 256 } as const;

/**
 * Reads an experiment file: JSON with comments to a validated experiment, or to problems with their places. Never throws,
 * executes nothing, and takes time and memory in proportion to the text.
 *
 * @param kinds of networks, and of changes of them
 * @param budget what can only be found by trying is tried as far as this goes
 * @param options.seeds replicates of each network, in place of what the file says
 * @param options.files what it brings along; nothing by default
 * @param options.suggests whether a problem of an unknown name says which one was meant; by default it does
 */
export function readExperimentOf(
  kinds: NetworkKinds,
  text: string,
  budget = new Budget(),
  {
    seeds,
    suggests = true,
    files = nothingBrought,
  }: { readonly seeds?: number; readonly suggests?: boolean; readonly files?: BroughtFiles } = {},
): Reading {
  const document = new Document(text);
  const problems = new Problems(document, suggests);
  const around = { kinds, seeds, files, suggests };
  const experiment = isReadable(document, problems) ? readPoints(document, around, budget, problems) : null;
  return {
    experiment: problems.hasErrors ? null : experiment,
    problems: problems.sorted(),
    tableFeatures: givenFeatures(experiment),
    sites: {
      recorded: experiment ? [...recordedSites(experiment)] : [],
      further: [...furtherSites(experiment?.networks ?? [])],
    },
    locate: (path) => {
      const node = document.find(path);
      return node ? document.range({ start: node.offset, end: node.offset + node.length }) : null;
    },
  };
}

function givenFeatures(experiment: Experiment | null): readonly Feature[] {
  const { table, documents, features } = experiment?.stimuli ?? {};
  return (table ?? documents) ? (features ?? []) : [];
}

/** What a file is read with. */
interface Around {
  readonly kinds: NetworkKinds;
  readonly seeds: number | undefined;
  readonly files: BroughtFiles;
  readonly suggests: boolean;
}

/** An experiment, at each of its points where it sweeps settings: every point is read as the file that it stands for. */
function readPoints(
  document: Document,
  around: Around,
  budget: Budget,
  problems: Problems,
): Experiment | null {
  const sweep = readSweep(document, problems);
  if (!sweep) return read(document, around, budget, problems);
  const found: Problem[] = [];
  const points: SweepPoint[] = [];
  let wrong = 0;
  for (const { document: at, values } of sweep.points) {
    const own = new Problems(at, around.suggests);
    const experiment = read(at, around, budget, own);
    found.push(...own.sorted());
    if (experiment) points.push({ values, experiment });
    // The others have the same problems, nearly always.
    if (own.hasErrors && ++wrong === MOST_WRONG) break;
  }
  problems.take(problemsOfPoints(found, document));
  const first = points[0]?.experiment;
  return first ? { ...first, sweep: { settings: sweep.settings, points } } : null;
}

/** Whether there is a tree that can be read; says what is wrong with the text. */
function isReadable(document: Document, problems: Problems): boolean {
  for (const { span, message, structural } of document.syntaxProblems)
    (structural ? problems.ofStructure() : problems).error('syntax', message, span);
  if (!document.root) {
    if (document.syntaxProblems.length === 0) {
      problems.error('syntax', 'The file is empty. Start with { "stimuli": …, "tasks": …, "networks": … }.', {
        start: 0,
        end: 1,
      });
    }
    return false;
  }
  // What follows a broken place may have been read wrongly, and would give misleading problems.
  return document.syntaxProblems.every((problem) => problem.harmless);
}

function read(
  document: Document,
  { kinds, seeds, files }: Around,
  budget: Budget,
  problems: Problems,
): Experiment | null {
  if (!document.root) return null;
  const file = checkStructure(document.root, problems);
  if (!checkEntries(file, problems)) return null;

  checkWhole(problems);
  const given = readGiven(file, { files, documents: kinds.documents }, problems);
  // All that follows names columns of documents, of which nothing is known where these cannot be read.
  if (!given && document.find(['stimuli', 'documents'])) return null;
  const { table = null } = given ?? {};
  const { list: recordings, kept } = readRecordings(file, table, files, problems);
  const features = readFeatures(file, given, problems);
  const tasks = readTasks(file, features, problems);
  const rows = {
    ...(table ? { table: keptOf(table, kept) } : {}),
    ...(given?.documents ? { documents: { ...given.documents, at: readAt(file, tasks, problems) } } : {}),
  };
  const stimuli = readStimuli(file, features, tasks, rows, problems);
  const networks = readNetworks(file, tasks, stimuli, kinds, problems);
  const from = { features, tasks, networks, recordings, files, table, kept };
  const analyses = readAnalyses(file, from, problems);
  const experiment: Experiment = {
    title: file.title ?? '',
    stimuli,
    tasks: tasks.list,
    networks,
    seeds: seeds ?? file.seeds ?? 5,
    ...(recordings.length > 0 ? { recordings } : {}),
    analyses,
  };
  checkExperiment(experiment, features.broken.size === 0, budget, problems);
  return experiment;
}

/** Which tokens of documents are stimuli, as 'analyses.at' says it. */
function readAt(file: Draft<ExperimentFile>, { scope }: Tasks, problems: Problems): Expression | null {
  const { at } = file.analyses ?? {};
  return at === undefined ? null : readFormula(at, scope, "'at'", ['analyses', 'at'], problems);
}

/** Networks need tasks, but for those of documents, and without networks there must be recordings. */
function checkWhole(problems: Problems): void {
  const has = (key: string): boolean => problems.document.find([key]) !== undefined;
  const missing = (key: string, more: string): void =>
    problems.error(
      'missing-key',
      `The key '${key}'${more} is missing in the experiment. Add it.`,
      problems.document.keySpan([]),
    );
  if (has('recordings')) {
    if (has('networks') && !has('tasks')) missing('tasks', ', which networks are trained on,');
    return;
  }
  const ofDocuments = problems.document.find(['stimuli', 'documents']) !== undefined;
  if (!has('tasks') && !ofDocuments) missing('tasks', '');
  const ofDocumentsAlone = (key: string, says: string): void => {
    const path = ['analyses', key];
    if (ofDocuments || !problems.document.find(path)) return;
    const message = `'${key}' says ${says}, but 'stimuli' have no 'documents'. Remove it.`;
    problems.error('no-effect', message, problems.document.keySpan(path));
  };
  ofDocumentsAlone('at', 'which tokens of documents are looked at');
  ofDocumentsAlone('answers', 'what is measured of answers to evaluation sets of documents');
  if (!has('networks')) missing('networks', " (or 'recordings')");
}

/** A table with some of its rows alone. */
function keptOf({ ids, columns }: StimulusTable, rows: readonly number[]): StimulusTable {
  return {
    ids: rows.map((row) => ids[row]),
    columns: columns.map((column) => rows.map((row) => column[row])),
  };
}

/** Whether there are few enough of everything to be worked out. */
function checkEntries(file: Draft<ExperimentFile>, problems: Problems): boolean {
  let good = true;
  const check = (size: number, most: number, path: Path): void => {
    if (size <= most) return;
    good = false;
    const message = `There are ${size} ${path[path.length - 1]}, more than ${most}. Name fewer.`;
    problems.error('too-many', message, problems.document.keySpan(path));
  };
  check(file.stimuli?.features?.size ?? 0, MAX_ENTRIES.features, ['stimuli', 'features']);
  check(file.tasks?.size ?? 0, MAX_ENTRIES.tasks, ['tasks']);
  check(file.networks?.size ?? 0, MAX_ENTRIES.networks, ['networks']);
  check(file.recordings?.size ?? 0, MAX_ENTRIES.recordings, ['recordings']);
  const phasesOf = (training: Draft<TrainingSpec> | undefined): number | undefined =>
    training?.phases?.length;
  const phases = [...(file.networks?.values() ?? [])].reduce(
    (sum, entry) => sum + (phasesOf(trainingIn(entry)) ?? phasesOf(file.training) ?? 1),
    0,
  );
  const weights = phases * (file.tasks?.size ?? 0);
  if (weights > MAX_WEIGHTS) {
    good = false;
    const message = `The networks have ${phases} phases together, with ${weights} weights of tasks, more than ${MAX_WEIGHTS}. Name fewer phases.`;
    problems.error('too-many', message, problems.document.keySpan(['training', 'phases']));
  }
  return good;
}
