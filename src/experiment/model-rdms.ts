import { placeOfArray } from '../formats/array-place';
import { FormatError } from '../formats/format-error';
import { rdmsIn } from '../formats/rdm-array';
import type { Path } from './document';
import type { Analyses, ModelRdm } from './experiment';
import type { CoOccurrenceSpec, DifferSpec, GeodesicSpec } from './file';
import type { ModelsFrom } from './inference';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Table } from './stimuli-kind';
import { found } from './table';

const PATH: Path = ['analyses', 'rsa', 'models'];

type Made = Draft<DifferSpec & CoOccurrenceSpec & GeodesicSpec>;
type Written = string | Made;

/** Model RDMs of the file's own, by name: made of labels and documents, or in files. */
export function readOwnModels(
  models: ReadonlyMap<string, Written> | undefined,
  over: Analyses['rdm']['over'],
  from: ModelsFrom,
  problems: Problems,
): ModelRdm[] {
  const all = [...(models ?? [])];
  const inFiles = all.flatMap(([name, written]) =>
    typeof written === 'string' ? [[name, written] as const] : [],
  );
  const ofFiles = new Map(modelsInFiles(inFiles, over, from, problems).map((model) => [model.name, model]));
  return all.flatMap(([name, written]): ModelRdm[] => {
    if (typeof written === 'string') return [ofFiles.get(name) ?? []].flat();
    const made = madeOf(written, [...PATH, name], from, problems);
    return made ? [{ name, from: made }] : [];
  });
}

/** Whether it is made of labels or documents, and known without a file or another network. */
export function isMade({ from }: ModelRdm): boolean {
  return 'differ' in from || 'coOccurrence' in from || 'geodesic' in from;
}

/** What a model is made of; null where that has a problem. */
function madeOf(
  { differ, coOccurrence, geodesic }: Made,
  path: Path,
  { features, tasks }: ModelsFrom,
  problems: Problems,
): ModelRdm['from'] | null {
  const { document } = problems;
  if (differ) {
    const names = new Set<string>([...tasks.names, ...features.byName.keys(), ...features.broken]);
    const labels = knownNames(differ, { what: 'label', names }, "'differ'", [...path, 'differ'], problems);
    const real = labels.find(
      (name) => features.byName.get(name)?.values.length === 0 && !tasks.names.has(name),
    );
    if (real !== undefined) {
      const message = `${quote(real)} has no values that could differ or be the same. Name labels with classes.`;
      problems.at([...path, 'differ', differ.indexOf(real)], 'vector', message);
      return null;
    }
    return labels.length === differ.length ? { differ: labels } : null;
  }
  if (geodesic !== undefined) {
    if (geodesic === 'place' && document.find(['stimuli', 'documents', 'grid']) !== undefined)
      return { geodesic };
    const message =
      "'geodesic' is of places of a gridworld: of stimuli whose 'documents' are a 'grid', write \"geodesic\": \"place\". Else take 'differ'.";
    problems.at([...path, 'geodesic'], 'model-rdm', message);
    return null;
  }
  const name = coOccurrence ?? '';
  const at = [...path, 'coOccurrence'];
  if (problems.document.find(['stimuli', 'documents']) === undefined) {
    const message =
      "'coOccurrence' is of training documents, and 'stimuli' have no 'documents'. Take 'differ'.";
    problems.at(at, 'model-rdm', message);
    return null;
  }
  if (features.byName.has(name)) return { coOccurrence: name };
  const known = new Set(features.byName.keys());
  problems.unknown('unknown-feature', `Unknown column ${quote(name)}`, name, known, document.valueSpan(at));
  return null;
}

/** Model RDMs in files. */
function modelsInFiles(
  models: readonly (readonly [string, string])[],
  over: Analyses['rdm']['over'],
  from: ModelsFrom,
  problems: Problems,
): ModelRdm[] {
  if (models.length === 0) return [];
  const { table } = from;
  if (!table || over === 'conditions') {
    const message = table
      ? 'Model RDMs in files are of single stimuli, and \'rdm.over\' says "conditions". Change that to "stimuli".'
      : "Model RDMs in files are of the stimuli of a table: name its file in 'stimuli' as 'table'.";
    problems.error('model-rdm', message, problems.document.keySpan(PATH));
    return [];
  }
  return models.flatMap(([name, written]) => {
    const at = [...PATH, name];
    const read = found(() => modelIn(written, table, from), at, problems);
    if (typeof read !== 'string') return read ? [{ name, from: read }] : [];
    problems.at(at, 'model-rdm', read);
    return [];
  });
}

/** One RDM of a file, or what is wrong with it. @throws BroughtError where it cannot be read */
function modelIn(written: string, table: Table, { files, kept }: ModelsFrom): ModelRdm['from'] | string {
  const [, pattern = written, number] = /^(.*)\[(\d{1,9})\]$/.exec(written) ?? [];
  const [{ path: file, digest, shapes }] = files.matching(pattern);
  const { array: asked } = placeOfArray(pattern);
  const arrays = [...shapes].filter(([name]) => asked === undefined || name === asked);
  if (arrays.length !== 1)
    return `${quote(pattern)} has ${[...shapes.keys()].map(quote).join(', ') || 'no array'}: name one of them, as in FILE:NAME.`;
  const [[array, shape]] = arrays;
  try {
    const { count, size } = rdmsIn(quote(pattern), shape);
    if (size !== table.ids.length)
      return `${quote(pattern)} has RDMs of ${size} stimuli, and the table ${table.ids.length}: they must be of the same stimuli.`;
    if (number === undefined && count > 1)
      return `${quote(pattern)} has ${count} RDMs: say which, as in "${pattern}[0]", the first.`;
    if (Number(number ?? 0) >= count)
      return `${quote(pattern)} has ${count} RDMs, counted from 0: there is none with the number ${number ?? 0}.`;
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
  return { place: { file, array, digest }, at: Number(number ?? 0), rows: kept };
}
