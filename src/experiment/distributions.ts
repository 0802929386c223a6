import { decimals, minus } from '../formats/fixed';
import { SET_NAMES } from './counts';
import type { Path } from './document';
import { readDraw, sourceOf, type DrawSource } from './draws';
import type { Distribution, Draw, SetName } from './experiment';
import type { Features } from './features';
import { drawnBefore } from './features-of';
import type { ExperimentFile } from './file';
import { knownNames } from './listed-names';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';

/** Longer circles are named by their first features. */
const MAX_NAMED = 6;

/** How each set is drawn. */
export function readDistributions(
  file: Draft<ExperimentFile>,
  features: Features,
  tasks: Tasks,
  problems: Problems,
): Record<SetName, Distribution> {
  if (file.stimuli?.draw) {
    const message = "'draw' belongs into 'sets'; for all sets write its settings at the features. Move it.";
    problems.error('misplaced-key', message, problems.document.keySpan(['stimuli', 'draw']));
  }
  const common = readBalance(file.stimuli?.balance, ['stimuli', 'balance'], tasks, problems);
  // What no set overrides is the same in all, and read once.
  const shared = new Map<string, Draw>();
  const read = (set: SetName): Distribution => {
    const own = file.stimuli?.sets?.[set];
    const path: Path = ['stimuli', 'sets', set];
    checkDrawNames(own?.draw?.keys() ?? [], [...path, 'draw'], features, problems);
    const sources = new Map<string, DrawSource>();
    const draws = new Map<string, Draw>();
    for (const feature of features.list) {
      const ownDraw = own?.draw?.get(feature.name);
      const source = sourceOf(feature.name, features.drafts, set, ownDraw);
      const known = ownDraw === undefined ? shared.get(feature.name) : undefined;
      const draw = known ?? readDraw(feature, source, features, tasks, problems);
      if (ownDraw === undefined) shared.set(feature.name, draw);
      sources.set(feature.name, source);
      draws.set(feature.name, draw);
    }
    checkCorrelations(draws, sources, problems);
    return {
      balance: own?.balance ? readBalance(own.balance, [...path, 'balance'], tasks, problems) : common,
      draws: inOrder(draws, sources, problems),
    };
  };
  const [train, fit, test] = SET_NAMES.map(read);
  return { train, fit, test };
}

function readBalance(
  written: readonly string[] | undefined,
  path: Path,
  tasks: Tasks,
  problems: Problems,
): string[] {
  return knownNames(written ?? [], { what: 'task', names: tasks.names }, "'balance'", path, problems);
}

function checkDrawNames(names: Iterable<string>, path: Path, features: Features, problems: Problems): void {
  for (const name of names) {
    if (features.byName.has(name) || features.broken.has(name)) continue;
    const message = `Unknown feature ${quote(name)} in 'draw'`;
    const span = problems.document.keySpan([...path, name]);
    problems.unknown('unknown-feature', message, name, features.byName.keys(), span);
  }
}

/** Two binary features can only correlate as far as their prevalences allow. */
function checkCorrelations(
  draws: ReadonlyMap<string, Draw>,
  sources: ReadonlyMap<string, DrawSource>,
  problems: Problems,
): void {
  for (const draw of draws.values()) {
    const other = draw.correlates && draws.get(draw.correlates.with);
    if (!draw.correlates || !other || draw.prevalence.length !== 2 || other.prevalence.length !== 2) continue;
    const { r } = draw.correlates;
    const p = draw.prevalence[1];
    const q = other.prevalence[1];
    const spread = Math.sqrt(p * (1 - p) * q * (1 - q));
    const low = spread > 0 ? Math.max((Math.max(0, p + q - 1) - p * q) / spread, -1) : 0;
    const high = spread > 0 ? Math.min((Math.min(p, q) - p * q) / spread, 1) : 0;
    if (r >= low - 1e-9 && r <= high + 1e-9) continue;
    const path = sources.get(draw.feature)?.path('correlates') ?? [];
    const message = `With prevalences ${p} and ${q}, ${quote(draw.feature)} and ${quote(other.feature)} can correlate from ${decimals(low, 3)} to ${decimals(high, 3)}, not ${minus(String(r))}. Change 'r' or a prevalence.`;
    reportOnce(problems, 'correlation', message, [...path, 'r']);
  }
}

/** What each draw depends on before it; otherwise the file's order. */
function inOrder(
  draws: ReadonlyMap<string, Draw>,
  sources: ReadonlyMap<string, DrawSource>,
  problems: Problems,
): Draw[] {
  const order: Draw[] = [];
  const inCycle = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  const before = (draw: Draw | undefined): Iterable<string> => (draw ? drawnBefore(draw) : []);
  // A stack of its own: chains may be as long as the file.
  for (const first of draws.keys()) {
    const stack = [{ name: first, rest: [...before(draws.get(first))] }];
    if (state.has(first)) continue;
    state.set(first, 'open');
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const next = top.rest.shift();
      if (next === undefined) {
        stack.pop();
        state.set(top.name, 'done');
        const draw = draws.get(top.name);
        if (draw) order.push(draw);
      } else if (state.get(next) === 'open' && !inCycle.has(top.name)) {
        inCycle.add(top.name);
        const cycle = stack.slice(stack.findIndex((entry) => entry.name === next)).map((entry) => entry.name);
        const source = sources.get(top.name);
        const message =
          cycle.length === 1
            ? `${quote(next)} is drawn to follow itself. Name another feature.`
            : cycle.length > MAX_NAMED
              ? `${quoteAll(cycle)} follow each other in a circle: none of them can be drawn first. Break the circle.`
              : `${[...cycle, next].map(quote).join(' follows ')}: none of them can be drawn first. Break the circle.`;
        const key = draws.get(top.name)?.agrees ? 'agrees' : 'correlates';
        if (source) reportOnce(problems, 'cycle', message, [...source.path(key), 'with']);
      } else if (!state.has(next) && draws.has(next)) {
        state.set(next, 'open');
        stack.push({ name: next, rest: [...before(draws.get(next))] });
      }
    }
  }
  return order;
}

/** The three sets share most settings, so the same problem turns up in each. */
function reportOnce(problems: Problems, code: string, message: string, path: Path): void {
  const { offset } = problems.document.range(problems.document.valueSpan(path)).start;
  const known = problems
    .sorted()
    .some((problem) => problem.code === code && problem.range.start.offset === offset);
  if (!known) problems.at(path, code, message);
}
