import { placeOfArray } from '../formats/array-place';
import { FormatError } from '../formats/format-error';
import { rdmsIn } from '../formats/rdm-array';
import { mainLayer } from '../protocol/layers';
import type { InferenceMethod } from '../protocol/rdm-words';
import type { BroughtFiles } from './brought';
import type { Path } from './document';
import type { Analyses, Inference, ModelRdm, Network, Recorded } from './experiment';
import type { Features } from './features';
import type { ExperimentFile } from './file';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import type { Table } from './stimuli-kind';
import type { Draft } from './structure';
import { found } from './table';
import type { Tasks } from './tasks';

/** What model RDMs come from. */
export interface ModelsFrom {
  readonly features: Features;
  readonly tasks: Tasks;
  readonly networks: readonly Pick<Network, 'name' | 'sites'>[];
  readonly recordings: readonly Pick<Recorded, 'name' | 'sites'>[];
  readonly files: BroughtFiles;
  /** Of the stimuli, as it is read; null where they are drawn. */
  readonly table: Table | null;
  /** Its rows that are stimuli of the experiment. */
  readonly kept: readonly number[];
}

/** Methods by which the sum of models can be fitted. */
const summed: readonly InferenceMethod[] = ['pearson', 'cosine', 'whitened-pearson', 'whitened-cosine'];

const comparisons = { pearson: 'pearson', spearman: 'spearman', kendall: 'kendall-tau-a' } as const;

/** The tests of model RDMs that are asked for. */
export function readInference(
  file: Draft<ExperimentFile>,
  { over, comparison }: Analyses['rdm'],
  from: ModelsFrom,
  problems: Problems,
): Inference | undefined {
  const { rsa, inference } = file.analyses ?? {};
  const own = ownModels(rsa?.models, over, from, problems);
  if (!inference) {
    if (rsa?.models)
      problems.warning(
        'no-effect',
        "'models' are tested where \"inference\": {} stands in 'analyses'. Add it.",
        problems.document.keySpan(['analyses', 'rsa', 'models']),
      );
    return undefined;
  }
  const method = inference.method ?? comparisons[comparison];
  const weighted = inference.weighted ?? false;
  if (weighted && !summed.includes(method))
    problems.at(
      ['analyses', 'inference', 'weighted'],
      'weighted',
      `There is no weighted sum of models by ${quote(method)}. Take "method": ${summed.map((one) => `"${one}"`).join(' or ')}.`,
    );
  const models = modelsOf(inference.models, own, from, problems);
  if (models.length === 0 && !problems.hasErrors)
    problems.at(
      ['analyses', 'inference'],
      'no-models',
      'There is no model RDM to test: name files of some in \'rsa\' as "models", or add columns to the table.',
    );
  return {
    method,
    models,
    resample: [...new Set(inference.resample ?? (['stimuli', 'replicates'] as const))],
    draws: inference.draws ?? 1000,
    test: inference.test ?? 't',
    correct: inference.correct ?? 'fdr',
    weighted,
    stimuli: inference.stimuli ?? (from.table ? 1000 : 128),
  };
}

/** Those that are named, or all. */
function modelsOf(
  named: readonly string[] | undefined,
  own: readonly ModelRdm[],
  { features, tasks, networks, recordings }: ModelsFrom,
  problems: Problems,
): ModelRdm[] {
  const label = (name: string): ModelRdm => ({ name, from: { label: name } });
  const labels = [...tasks.list, ...features.list].map(({ name }) => label(name));
  if (!named) return [...own, ...labels];
  const sources = [...networks, ...recordings].flatMap(({ name: source, sites }): ModelRdm[] => [
    ...[mainLayer(sites)].flatMap((main) =>
      main ? [{ name: source, from: { source, site: main.name } }] : [],
    ),
    ...sites.map(({ name: site }) => ({ name: `${source}/${site}`, from: { source, site } })),
  ]);
  const known = new Map<string, ModelRdm>();
  for (const model of [...own, ...labels, ...sources])
    if (!known.has(model.name)) known.set(model.name, model);
  const names = new Set([...known.keys(), ...features.broken]);
  const path = ['analyses', 'inference', 'models'];
  return knownNames(named, { what: 'model', names }, "'models'", path, problems).flatMap(
    (name) => known.get(name) ?? [],
  );
}

/** Model RDMs in files. */
function ownModels(
  models: Map<string, string> | undefined,
  over: Analyses['rdm']['over'],
  from: ModelsFrom,
  problems: Problems,
): ModelRdm[] {
  if (!models) return [];
  const path: Path = ['analyses', 'rsa', 'models'];
  const { table } = from;
  if (!table || over === 'conditions') {
    const message = table
      ? 'Model RDMs in files are of single stimuli, and \'rdm.over\' says "conditions". Change that to "stimuli".'
      : "Model RDMs in files are of the stimuli of a table: name its file in 'stimuli' as 'table'.";
    problems.error('model-rdm', message, problems.document.keySpan(path));
    return [];
  }
  return [...models].flatMap(([name, written]) => {
    const at = [...path, name];
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
