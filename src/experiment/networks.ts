import { checkName } from './check-name';
import type { Path } from './document';
import type { Network } from './experiment';
import type { ExperimentFile, NetworkSpec } from './file';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import { checkTraining, mergeTraining } from './training';

/** Units of the widest hidden layer. */
export const MAX_WIDTH = 65_536;

/** The networks of the file, each with the defaults merged in. */
export function readNetworks(
  file: Draft<ExperimentFile>,
  taskNames: ReadonlySet<string>,
  train: number,
  problems: Problems,
): Network[] {
  const base = file.training ?? {};
  checkHidden(file.network?.hidden, ['network', 'hidden'], problems);
  checkTraining(base, ['training'], taskNames, problems);
  const folded = new Map<string, string>();
  const networks: Network[] = [];
  for (const [name, entry] of file.networks ?? []) {
    const path = ['networks', name];
    if (!checkName(name, path, 'network', problems)) continue;
    checkDistinct(name, folded, path, problems);
    checkHidden(entry.network?.hidden, [...path, 'network', 'hidden'], problems);
    const own = entry.training ?? {};
    checkTraining(own, [...path, 'training'], taskNames, problems);
    const tasks = tasksOf(entry.tasks, name, taskNames, [...path, 'tasks'], problems);
    const layers: Draft<NetworkSpec> = { ...file.network, ...entry.network };
    networks.push({
      name,
      tasks,
      hidden: layers.hidden ?? [64, 64],
      activation: layers.activation ?? 'relu',
      leakySlope: layers.leakySlope ?? 0.01,
      initializer: layers.initializer ?? 'varianceScaling',
      initialScale: layers.initialScale ?? 1,
      training: mergeTraining({ network: name, tasks, base, own, path, train }, problems),
    });
  }
  return networks;
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

function checkHidden(hidden: readonly number[] | undefined, path: Path, problems: Problems): void {
  if (!hidden) return;
  hidden.forEach((width, index) => {
    if (Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH) return;
    const message = `The width of a hidden layer must be a whole number from 1 to ${MAX_WIDTH}; it is ${width}.`;
    problems.at([...path, index], 'out-of-range', message);
  });
}
