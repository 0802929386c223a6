import { isChanged, readChangedNetworks } from './changed-networks';
import { checkName } from './check-name';
import type { Path } from './document';
import type { Network, Stimuli } from './experiment';
import type { ChangedEntry, ExperimentFile, NetworkSpec, OwnEntry } from './file';
import { withFurtherSites } from './further-sites';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { NetworkKinds, NetworkReader } from './network-kind';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';
import { checkTraining, mergeTraining } from './training';

/** Units of the widest hidden layer. */
export const MAX_WIDTH = 65_536;

/** The networks of the file, in its order, each with the defaults merged in. */
export function readNetworks(
  file: Draft<ExperimentFile>,
  tasks: Tasks,
  stimuli: Pick<Stimuli, 'counts' | 'inputUnits' | 'documents'>,
  kinds: NetworkKinds,
  problems: Problems,
): Network[] {
  const base = file.training ?? {};
  const { documents } = stimuli;
  const reader = new KindReader(file.network, tasks, kinds.own, stimuli, problems);
  checkTraining(base, ['training'], tasks.names, problems);
  const folded = new Map<string, string>();
  const own: Network[] = [];
  const changed = new Map<string, Draft<ChangedEntry>>();
  for (const [name, entry] of file.networks ?? []) {
    const path = ['networks', name];
    if (!checkName(name, path, 'network', problems)) continue;
    checkDistinct(name, folded, path, problems);
    if (isChanged(entry)) {
      changed.set(name, entry);
      continue;
    }
    const training = entry.training ?? {};
    checkTraining(training, [...path, 'training'], tasks.names, problems);
    const trainedOn = saysDocuments(problems)
      ? noTasks(entry, name, path, problems)
      : tasksOf(entry.tasks, name, tasks.names, [...path, 'tasks'], problems);
    if (!saysDocuments(problems)) checkOfStacks(entry, name, path, problems);
    const { kind, ...body } = reader.read(name, entry, trainedOn);
    const isUntrained = body.isBuilt === true || body.isRandom === true;
    if (isUntrained) checkUntrained(name, entry, path, problems);
    const merged = isUntrained ? { base: { epochs: 0 }, own: {} } : { base, own: training };
    own.push({
      ...{ name, tasks: trainedOn, kind, ...body },
      training: mergeTraining(
        {
          ...{ network: name, tasks: trainedOn, ...merged, path },
          train: documents?.shape.train.documents ?? stimuli.counts.train,
          formulas: saysDocuments(problems) ? tasks.scope : null,
          hasWorld: saysDocuments(problems) && !documents ? null : documents?.shape.world !== undefined,
          retrieves: entry.retrieval !== undefined && entry.retrieval.train !== false,
        },
        problems,
      ),
    });
  }
  const { inputUnits } = stimuli;
  const all = [
    ...own,
    ...readChangedNetworks(changed, own, { readers: kinds.changes, tasks, inputUnits, problems }),
  ];
  const names = [...(file.networks?.keys() ?? [])];
  return withFurtherSites(all, file.analyses?.sites, problems).sort(
    (a, b) => names.indexOf(a.name) - names.indexOf(b.name),
  );
}

/** Reads what 'network' says, by the kind that its key names. */
class KindReader {
  constructor(
    private readonly base: Draft<NetworkSpec> | undefined,
    private readonly tasks: Tasks,
    private readonly kinds: readonly NetworkReader[],
    private readonly stimuli: Pick<Stimuli, 'inputUnits' | 'documents'>,
    private readonly problems: Problems,
  ) {
    if (base) this.check(base, ['network']);
  }

  /** Whether the file has documents, also where these have problems of their own. */
  private get ofDocuments(): boolean {
    return saysDocuments(this.problems);
  }

  read(
    name: string,
    entry: Draft<OwnEntry>,
    trainedOn: readonly string[],
  ): Omit<Network, 'name' | 'tasks' | 'training'> {
    const { network: own } = entry;
    const { inputUnits, documents } = this.stimuli;
    const entryPath = ['networks', name];
    const ownPath = [...entryPath, 'network'];
    if (own) this.check(own, ownPath);
    const { base, tasks, problems } = this;
    const isEmpty = Object.keys(own ?? {}).length === 0;
    const kind = this.kindOf(isEmpty ? base : own);
    const spec = { ...(this.kindOf(base) === kind ? base : {}), ...own };
    const body = kind.read(spec, {
      ...{ name, inputUnits, problems, entry, entryPath },
      ...(documents ? { documents } : {}),
      path: own && kind.key in own ? ownPath : ['network'],
      tasks: tasks.list.filter((task) => trainedOn.includes(task.name)),
      formulas: tasks.scope,
    });
    return { kind: kind.key, ...body };
  }

  private check(spec: Draft<NetworkSpec>, path: Path): void {
    const { tasks, problems } = this;
    const kind = this.kindOf(spec);
    const named = kind.key in spec;
    if (named && (kind.ofDocuments === true) !== this.ofDocuments) {
      const message = kind.ofDocuments
        ? `A ${quote(kind.key)} is trained on documents, which 'stimuli' have not. Write 'stimuli.documents', or another kind of network.`
        : `${quote(kind.key)} says a network that is shown stimuli with input units, but 'stimuli' are documents. Write a 'transformer'.`;
      problems.error('wrong-network', message, problems.document.keySpan([...path, kind.key]));
    }
    kind.check(spec, { path, formulas: tasks.scope, problems });
  }

  private kindOf(spec: Draft<NetworkSpec> | undefined): NetworkReader {
    const named = this.kinds.find(({ key }) => spec && key in spec);
    const fitting = this.kinds.find(({ ofDocuments }) => (ofDocuments === true) === this.ofDocuments);
    return named ?? fitting ?? this.kinds[0];
  }
}

/** What is not trained has no training of its own. */
function checkUntrained(name: string, entry: Draft<OwnEntry>, path: Path, problems: Problems): void {
  if (!entry.training) return;
  const message = `Network ${quote(name)} is not trained, but as the file says it. Remove its 'training'.`;
  problems.error('not-trained', message, problems.document.keySpan([...path, 'training']));
}

function saysDocuments({ document }: Problems): boolean {
  return document.find(['stimuli', 'documents']) !== undefined;
}

/** A network of documents says their tokens: formulas are labels, and no network is trained on them. */
function noTasks(entry: Draft<OwnEntry>, name: string, path: Path, problems: Problems): string[] {
  if (entry.tasks)
    problems.error(
      'no-effect',
      `Network ${quote(name)} is trained to say the next token of documents, and has no tasks. Remove 'tasks'; 'trainOn' says which documents it is trained on.`,
      problems.document.keySpan([...path, 'tasks']),
    );
  return [];
}

/** What only networks of documents can have. */
function checkOfStacks(entry: Draft<OwnEntry>, name: string, path: Path, problems: Problems): void {
  for (const key of ['trainOn', 'retrieval'] as const)
    if (entry[key] !== undefined)
      problems.error(
        'no-effect',
        `'${key}' is of networks that are trained on documents, but network ${quote(name)} is shown stimuli with input units. Remove it.`,
        problems.document.keySpan([...path, key]),
      );
}

/** Names of networks become names of folders, which some systems do not tell apart by case. */
function checkDistinct(name: string, folded: Map<string, string>, path: Path, problems: Problems): void {
  const key = name.normalize('NFC').toLowerCase();
  const other = folded.get(key);
  if (other !== undefined) {
    const message = `The networks ${quote(other)} and ${quote(name)} differ only in letter case. Rename one.`;
    problems.error('duplicate-name', message, problems.document.keySpan(path));
  }
  folded.set(key, name);
}

function tasksOf(
  written: readonly string[] | undefined,
  network: string,
  taskNames: ReadonlySet<string>,
  path: Path,
  problems: Problems,
): string[] {
  if (!written) return [...taskNames];
  if (written.length === 0) {
    problems.at(
      path,
      'empty',
      `Network ${quote(network)} lists no task. Name one, or leave the key out for all.`,
    );
  }
  const known = { what: 'task', names: taskNames };
  const listed = new Set(knownNames(written, known, `network ${quote(network)}`, path, problems));
  return [...taskNames].filter((task) => listed.has(task));
}
