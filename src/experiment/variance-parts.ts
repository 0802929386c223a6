import type { Analyses } from './experiment';
import type { VarianceSpec } from './file';
import type { ModelsFrom } from './inference';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';

const PATH = ['analyses', 'variance'];

/** Which parts of the stimuli variance explained is also measured in; undefined where the file does not ask for any. */
export function readVarianceParts(
  spec: Draft<VarianceSpec> | undefined,
  { features, tasks }: Pick<ModelsFrom, 'features' | 'tasks'>,
  problems: Problems,
): Analyses['varianceParts'] {
  if (spec?.in === undefined) return undefined;
  const names = new Set([...tasks.names, ...features.byName.keys(), ...features.broken]);
  const known = (listed: readonly string[], where: string, key: string): string[] =>
    knownNames(listed, { what: 'label', names }, where, [...PATH, key], problems, (name) =>
      problems.document.valueSpan(key === 'in' ? [...PATH, key] : [...PATH, key, listed.indexOf(name)]),
    );
  const [part] = known([spec.in], `'in' of 'variance'`, 'in');
  const { kind } = features.byName.get(part) ?? {};
  if (kind === 'bits' || kind === 'real') {
    const message = `${quote(part)} has no classes that part the stimuli. Name a label with classes; a task can cut a number, as in "far": "distance > 2".`;
    problems.at([...PATH, 'in'], 'no-classes', message);
    return undefined;
  }
  const all = tasks.list.length > 0 ? tasks.list : features.list.filter(({ values }) => values.length > 0);
  const labels = spec.labels
    ? known(spec.labels, `the labels of 'variance'`, 'labels')
    : all.map(({ name }) => name);
  return part === undefined ? undefined : { part, labels };
}
