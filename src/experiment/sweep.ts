import type { Node } from 'jsonc-parser';
import { type Document, type Path, spanOf } from './document';
import type { Sweep } from './experiment';
import { quote, quoteAll } from './names';
import type { Problem } from './problem';
import type { Problems } from './problems';

/** Each point is read as a file of its own, on every keystroke. */
const MAX_POINTS = 512;
/** What the same stimuli, tasks and networks are measured by is not varied. */
const VARIED = ['stimuli', 'tasks', 'network', 'training', 'networks'];
/** Whose names the file gives: a setting of one that there is not would make it. */
const NAMED: readonly Path[] = [['tasks'], ['networks'], ['stimuli', 'features']];

interface Setting {
  /** As it is written. */
  readonly name: string;
  readonly path: Path;
  readonly key: Node;
  readonly values: readonly Node[];
}

/** A point of the grid: the file as it would be written there. */
interface WrittenPoint {
  readonly document: Document;
  readonly values: readonly unknown[];
}

/** The settings that a file varies, and the file at each point; null where it varies none, or where what it says of that has problems. */
export function readSweep(
  document: Document,
  problems: Problems,
): { readonly settings: Sweep['settings']; readonly points: readonly WrittenPoint[] } | null {
  const written = document.find(['sweep']);
  if (written?.type !== 'object') return null;
  const settings = (written.children ?? []).flatMap((property) => readSetting(property, document, problems));
  if (settings.length < (written.children?.length ?? 0) || settings.length === 0) return null;
  if (!areApart(settings, problems)) return null;
  const count = settings.reduce((product, { values }) => product * values.length, 1);
  if (count > MAX_POINTS) {
    const message = `The sweep has ${count} points, more than ${MAX_POINTS}. List fewer values.`;
    problems.error('too-many', message, document.keySpan(['sweep']));
    return null;
  }
  const points = Array.from({ length: count }, (_, point) => {
    const chosen = chosenAt(settings, point);
    return {
      document: document.with(chosen),
      values: chosen.map(({ value }) => document.valueOf(value)),
    };
  });
  return { settings: settings.map(({ name }) => name), points };
}

/** Of each setting its value at a point: the last varies fastest. */
function chosenAt(settings: readonly Setting[], point: number): { path: Path; key: Node; value: Node }[] {
  let rest = point;
  return settings
    .toReversed()
    .map(({ path, key, values }) => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return { path, key, value };
    })
    .toReversed();
}

function readSetting(property: Node, document: Document, problems: Problems): Setting[] {
  const [key, list] = property.children ?? [];
  const name = String(key.value);
  const path = pathOf(name, document);
  const refuse = (code: string, message: string, span = spanOf(key)): [] => {
    problems.error(code, message, span);
    return [];
  };
  if (!VARIED.includes(String(path[0])) || path.length < 2) {
    const message = `A sweep varies what stands inside ${quoteAll(VARIED)}, by its path, as in "training.dropout"; ${quote(name)} is no such path.`;
    return refuse('not-varied', message);
  }
  const unknown = unknownName(path, document);
  if (unknown) {
    const { what, written, known } = unknown;
    const message = `Unknown ${what} ${quote(written)} in the sweep`;
    problems.unknown(`unknown-${what}`, message, written, known, spanOf(key), (right) =>
      JSON.stringify(name.replace(written, right)),
    );
    return [];
  }
  // Of another type the structure of the file has a problem already.
  if (list?.type !== 'array') return [];
  const values = list.children ?? [];
  if (values.length === 0)
    return refuse('empty', `The sweep lists no value of ${quote(name)}. List some.`, spanOf(list));
  return [{ name, path, key, values }];
}

/** Keys and indices from dots; what the file has a key of with dots in it is one. */
function pathOf(name: string, document: Document): Path {
  const path: (string | number)[] = [];
  let rest = name;
  while (rest !== '') {
    const here = document.find(path);
    const keys = (here?.children ?? []).map((child) => String(child.children?.[0]?.value));
    const known =
      here?.type === 'object'
        ? keys.filter((key) => rest === key || rest.startsWith(`${key}.`)).sort((a, b) => b.length - a.length)
        : [];
    const dot = rest.indexOf('.');
    const part = known[0] ?? (dot < 0 ? rest : rest.slice(0, dot));
    path.push(here?.type === 'array' && /^\d+$/.test(part) ? Number(part) : part);
    rest = rest.slice(part.length + 1);
  }
  return path;
}

function unknownName(
  path: Path,
  document: Document,
): { what: string; written: string; known: string[] } | null {
  for (const parent of NAMED) {
    const written = path[parent.length];
    if (!parent.every((part, at) => part === path[at]) || written === undefined) continue;
    const known = (document.find(parent)?.children ?? []).map((child) => String(child.children?.[0]?.value));
    const what = String(parent.at(-1)).replace(/s$/, '');
    if (!known.includes(String(written))) return { what, written: String(written), known };
  }
  return null;
}

/** Whether no setting is within another: which of the two would be there is not said. */
function areApart(settings: readonly Setting[], problems: Problems): boolean {
  for (const outer of settings)
    for (const inner of settings) {
      if (inner === outer || !outer.path.every((part, at) => part === inner.path[at])) continue;
      const message = `${quote(inner.name)} is varied inside ${quote(outer.name)}, which is varied, too. Remove one.`;
      problems.error('conflict', message, spanOf(inner.key));
      return false;
    }
  return true;
}

/**
 * The problems of the points, each once: most are of all of them. A name that was meant in place of a setting's last one is put there, not in place of the
 * whole path.
 */
export function problemsOfPoints(found: readonly Problem[], document: Document): Problem[] {
  const seen = new Set<string>();
  const keys = new Map(
    (document.find(['sweep'])?.children ?? []).map(({ children = [] }) => [
      children[0]?.offset,
      String(children[0]?.value),
    ]),
  );
  return found.flatMap((problem) => {
    const id = JSON.stringify([problem.code, problem.message, problem.range.start.offset]);
    if (seen.has(id)) return [];
    seen.add(id);
    const { fix } = problem;
    const path = fix && keys.get(fix.range.start.offset);
    if (fix === undefined || path === undefined) return [problem];
    const meant: unknown = JSON.parse(fix.text);
    const text = JSON.stringify(`${path.slice(0, path.lastIndexOf('.') + 1)}${String(meant)}`);
    return [{ ...problem, fix: { ...fix, text } }];
  });
}
