import type { Path } from './document';
import type { Counterparts, CounterpartSide } from './experiment';
import type { CounterpartsSpec } from './file';
import { readFormula } from './formula/read-formula';
import { knownSite, recordedSites } from './further-sites';
import type { ModelsFrom } from './inference';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';

/** Where it stands in the file. */
const PATH: Path = ['analyses', 'counterparts'];

/** What belongs together on two sides; undefined where the file does not ask for any. */
export function readCounterparts(
  specs: ReadonlyMap<string, Draft<CounterpartsSpec>> | undefined,
  {
    features,
    tasks,
    networks,
    recordings,
  }: Pick<ModelsFrom, 'features' | 'tasks' | 'networks' | 'recordings'>,
  problems: Problems,
): Counterparts[] | undefined {
  if (!specs) return undefined;
  const sites = recordedSites({ networks, recordings });
  const label = (name: string, path: Path): string | null =>
    labelOf(name, path, { features, tasks }, problems);
  return [...specs].flatMap(([name, { of, one, other, within, at: written }]): Counterparts[] => {
    const path = [...PATH, name];
    if (of === undefined) return [];
    const where = [one, other].map((formula, at) =>
      formula === undefined
        ? null
        : readFormula(formula, tasks.scope, `'counterparts'`, [...path, ['one', 'other'][at]], problems),
    );
    const at = written?.flatMap(
      (site, side) => knownSite(site, sites, 'counterparts', [...path, 'at', side], problems) ?? [],
    );
    if (at && at.length < 2) return [];
    if (one === other && typeof of === 'string' && (!at || at[0] === at[1])) {
      const message = `Both sides of ${quote(name)} are the same ${at ? 'site of the same ' : ''}stimuli. Say with 'one' and 'other' which are of which${at ? ", or name two sites in 'at'" : ''}.`;
      problems.at(path, 'same-sides', message);
      return [];
    }
    const single = typeof of === 'string' ? label(of, [...path, 'of']) : null;
    const sides = where.flatMap((formula, at): CounterpartSide[] => {
      const found = typeof of === 'string' ? single : label(of[at] ?? '', [...path, 'of', at]);
      return found === null ? [] : [{ of: found, where: formula }];
    });
    const group = within === undefined ? undefined : label(within, [...path, 'within']);
    const [first, second] = sides;
    if (!first || !second || group === null) return [];
    return [
      {
        ...{ name, sides: [first, second] },
        ...(group === undefined ? {} : { within: group }),
        ...(at ? { at: [at[0], at[1]] } : {}),
      },
    ];
  });
}

/** The name of a label whose values can be items; null where it is none. */
function labelOf(
  name: string,
  path: Path,
  { features, tasks }: Pick<ModelsFrom, 'features' | 'tasks'>,
  problems: Problems,
): string | null {
  const { kind } = features.byName.get(name) ?? {};
  const isKnown = tasks.byName.has(name) || kind === 'binary' || kind === 'categorical';
  if (isKnown) return name;
  // It has problems of its own.
  if (tasks.names.has(name) || features.broken.has(name)) return null;
  if (kind) {
    const message = `${quote(name)} has no values that items could be told by. Name a label with classes.`;
    problems.at(path, 'vector', message);
    return null;
  }
  const known = new Set([...tasks.names, ...features.byName.keys()]);
  const span = problems.document.valueSpan(path);
  problems.unknown('unknown-label', `Unknown label ${quote(name)} in 'counterparts'`, name, known, span);
  return null;
}
