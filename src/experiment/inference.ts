import { mainLayer } from '../protocol/layers';
import type { InferenceMethod } from '../protocol/rdm-words';
import type { BroughtFiles } from './brought';
import type { Analyses, Inference, ModelRdm, Network, Recorded } from './experiment';
import type { Features } from './features';
import type { ExperimentFile } from './file';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';
import type { Table } from './stimuli-kind';
import type { Draft } from './structure';
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
  { comparison }: Analyses['rdm'],
  own: readonly ModelRdm[],
  from: ModelsFrom,
  problems: Problems,
): Inference | undefined {
  const { inference } = file.analyses ?? {};
  if (!inference) {
    if (own.some(({ from: of }) => 'place' in of))
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
