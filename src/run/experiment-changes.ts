import type { Experiment, Network } from '../experiment/experiment';
import type { ExperimentChange } from '../protocol/comparison';

/** More changes than these are counted, not listed. */
const most = 20;
/** Longer values are cut. */
const letters = 80;

/** What of two experiments differs, by its place; what follows from the rest (sizes, numbers of steps of an epoch) is left out. */
export function experimentChanges(
  here: Experiment,
  there: Experiment,
): { changes: ExperimentChange[]; unlisted: number } {
  const all = changesOf(plainOf(here), plainOf(there), []);
  return { changes: all.slice(0, most), unlisted: Math.max(0, all.length - most) };
}

type Plain = Readonly<Record<string, unknown>>;

/** Things with names by their names: what stands in two experiments at other places is the same. */
function plainOf({ stimuli, tasks, networks, ...experiment }: Experiment): Plain {
  return {
    stimuli: {
      ...without(stimuli, 'inputUnits'),
      features: byName(stimuli.features, (feature) => without(feature, 'name', 'inputRange', 'coding')),
      sets: Object.fromEntries(
        Object.entries(stimuli.sets).map(([set, { balance, draws }]) => [
          set,
          { balance, draws: Object.fromEntries(draws.map(({ feature, ...draw }) => [feature, draw])) },
        ]),
      ),
    },
    tasks: byName(tasks, ({ formula }) => formula),
    networks: byName(networks, networkOf),
    ...without(experiment, 'title'),
  };
}

function networkOf({ training, ...layers }: Network): Plain {
  return {
    ...without(layers, 'name', 'sites', 'further', 'parameters', 'isFixed', 'isBuilt', 'isRandom'),
    training: {
      ...without(training, 'stepsPerEpoch', 'totalSteps'),
      phases: training.phases.map((phase) =>
        phase.learningRate === training.learningRate ? without(phase, 'learningRate') : phase,
      ),
    },
  };
}

function byName<T extends { readonly name: string }>(
  items: readonly T[],
  plain: (item: T) => unknown,
): Plain {
  return Object.fromEntries(items.map((item) => [item.name, plain(item)]));
}

function without<T extends object>(of: T, ...keys: (keyof T & string)[]): Plain {
  return Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key as keyof T & string)));
}

/** Whose parts have names of the file's own: what is in one of both only is said elsewhere, what is the same in all of them once. */
const named: ReadonlyMap<string, string> = new Map([
  ['tasks', 'every task'],
  ['networks', 'every network'],
  ['stimuli.features', 'every feature'],
  ['stimuli.sets', 'every set'],
]);

function changesOf(here: Plain, there: Plain, path: readonly string[]): ExperimentChange[] {
  const every = named.get(path.join('.'));
  const keys = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  const shared = keys.filter((key) => Object.hasOwn(here, key) && Object.hasOwn(there, key));
  const changes = (every === undefined ? keys : shared).map((key) => {
    const [a, b] = [own(here, key), own(there, key)];
    return isPlain(a) && isPlain(b) ? changesOf(a, b, [...path, key]) : changeOf(a, b, [...path, key]);
  });
  return every === undefined || shared.length < 2
    ? changes.flat()
    : gathered(changes, [...path, every], path.length + 1);
}

/** Changes that all parts have in common, once; then those of each. */
function gathered(
  changes: readonly ExperimentChange[][],
  every: readonly string[],
  depth: number,
): ExperimentChange[] {
  const keyOf = ({ path, here, there }: ExperimentChange): string =>
    JSON.stringify([path.slice(depth), here, there]);
  const common = new Set(
    (changes[0] ?? [])
      .map(keyOf)
      .filter((key) => changes.every((part) => part.some((one) => keyOf(one) === key))),
  );
  return [
    ...(changes[0] ?? [])
      .filter((change) => common.has(keyOf(change)))
      .map((change) => ({ ...change, path: [...every, ...change.path.slice(depth)] })),
    ...changes.flatMap((part) => part.filter((change) => !common.has(keyOf(change)))),
  ];
}

function changeOf(here: unknown, there: unknown, path: string[]): ExperimentChange[] {
  const [a, b] = [JSON.stringify(here), JSON.stringify(there)];
  return a === b ? [] : [{ path, here: cut(a), there: cut(b) }];
}

function cut(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

function own(of: Plain, key: string): unknown {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
