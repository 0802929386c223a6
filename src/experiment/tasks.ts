import { checkName } from './check-name';
import type { Path } from './document';
import type { Feature, Task } from './experiment';
import type { Features } from './features';
import { keysOf } from './features';
import { featuresOf, lookupsOf } from './features-of';
import type { ExperimentFile } from './file';
import { parseAt, resolveAt } from './formula/read-formula';
import { secondValue, type Scope } from './formula/resolve';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import { areTruths, hasNamedClasses, TRUTH_CLASSES } from './truth-values';

export interface Tasks {
  /** In the file's order. */
  readonly list: readonly Task[];
  readonly byName: ReadonlyMap<string, Task>;
  /** Every name in the file, those with problems among them. */
  readonly names: ReadonlySet<string>;
  /** What their formulas may name. */
  readonly scope: Scope;
}

/** The tasks of the file with their formulas resolved. */
export function readTasks(file: Draft<ExperimentFile>, features: Features, problems: Problems): Tasks {
  const names = new Set(keysOf(problems, ['tasks']));
  const { byName: known, broken, parts } = features;
  const scope: Scope = { features: known, tasks: names, broken, parts };
  const byName = new Map<string, Task>();
  for (const [name, formula] of file.tasks ?? []) {
    const path = ['tasks', name];
    if (!checkName(name, path, 'task', problems)) continue;
    const task = readTask(
      { name, formula, where: `the formula of task ${quote(name)}` },
      scope,
      path,
      problems,
    );
    if (!task) continue;
    checkSharedName(task, features, path, problems);
    byName.set(name, task);
  }
  return { list: [...byName.values()], byName, names, scope };
}

/** @param where for messages, as in `the formula of task 'hard'` */
export function readTask(
  { name, formula, where }: { name: string; formula: string; where: string },
  scope: Scope,
  path: Path,
  problems: Problems,
): Task | null {
  const syntax = parseAt(formula, path, problems);
  if (!syntax) return null;
  const bare = syntax.kind === 'name' ? scope.features.get(syntax.name) : undefined;
  if (bare?.kind === 'categorical') {
    return {
      name,
      formula,
      label: { kind: 'categorical', feature: bare.name },
      classes: bare.values,
      outputs: bare.values.length,
      features: [bare.name],
      bits: [],
    };
  }
  const isNamed = bare?.kind === 'binary' && !areTruths(bare.values);
  const expression = isNamed ? secondValue(bare) : resolveAt(syntax, scope, where, path, problems);
  if (!expression) return null;
  const used = featuresOf(expression);
  const bits = lookupsOf(expression).filter((lookup) => lookup.isBit);
  return {
    name,
    formula,
    label: { kind: 'binary', expression },
    classes: isNamed ? bare.values : TRUTH_CLASSES,
    outputs: 1,
    features: [...scope.features.keys()].filter((feature) => used.has(feature)),
    bits: bits.map(({ feature, index }) => ({ feature, index })),
  };
}

/** One name must not stand for two labels: a task may share a feature's name only where it is that feature's value. */
function checkSharedName(task: Task, features: Features, path: Path, problems: Problems): void {
  const feature = features.byName.get(task.name);
  if (feature && !isValueOf(task, feature)) {
    const message = `Task ${quote(task.name)} has the name of a feature but is not that feature's value. Rename one of them.`;
    problems.error('shared-name', message, problems.document.keySpan(path));
  }
}

function isValueOf(task: Task, { name, values }: Feature): boolean {
  if (task.label.kind === 'categorical') return task.label.feature === name;
  const { expression } = task.label;
  const isSecond = expression.kind === 'is' && expression.feature === name && expression.value === 1;
  return isSecond && (hasNamedClasses(task) || areTruths(values));
}
