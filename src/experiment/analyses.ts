import type { Analyses, Task } from './experiment';
import type { Features } from './features';
import type { SimilarityName } from '../protocol/similarity-names';
import type { AnalysesSpec, ExperimentFile } from './file';
import { readCounterparts } from './counterparts';
import { type ModelsFrom, readInference } from './inference';
import { knownNames } from './listed-names';
import { readDictionary } from './dictionary';
import { isMade, readOwnModels } from './model-rdms';
import { readProbe } from './probes';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';
import { readVarianceParts } from './variance-parts';

/** Bits beyond this many are not labels by default: a long vector would drown the rest. */
const MAX_DEFAULT_BITS = 64;

/** Nor are features of more values than these: each value would have its statistics of every unit. */
const MAX_DEFAULT_VALUES = 64;

/** The name of a bit as a label. */
function bitName(feature: string, index: number): string {
  return `${feature}[${index}]`;
}

/** What is to be computed, with defaults. */
export function readAnalyses(file: Draft<ExperimentFile>, from: ModelsFrom, problems: Problems): Analyses {
  const { rdm, selectivity, pca, subsets, similarity, confidence, probe: spec } = file.analyses ?? {};
  const probe = readProbe(spec, from.features, from.tasks, problems);
  const dictionary = readDictionary(file.analyses?.dictionary, from, problems);
  const counterparts = readCounterparts(file.analyses?.counterparts, from, problems);
  const varianceParts = readVarianceParts(file.analyses?.variance, from, problems);
  const rdms: Analyses['rdm'] = {
    metric: rdm?.metric ?? 'correlation',
    comparison: rdm?.comparison ?? 'pearson',
    over: rdm?.over ?? 'stimuli',
  };
  const own = readOwnModels(file.analyses?.rsa?.models, rdms.over, from, problems);
  const inference = readInference(file, rdms, own, from, problems);
  const madeModels = own.filter(isMade);
  return {
    ...(file.analyses?.sites ? { sites: [...file.analyses.sites] } : {}),
    rdm: rdms,
    selectivity: {
      permutations: selectivity?.permutations ?? 1000,
      labels: labelsOf(selectivity?.labels, from.features, from.tasks, problems),
    },
    pca: { components: pca?.components ?? 10 },
    ...(subsets ? { subsets: { drop: ascending(subsets.drop ?? [0.05, 0.1, 0.25, 0.5]) } } : {}),
    ...(similarity?.measures ? { similarity: similarityOf(similarity.measures, similarity) } : {}),
    confidence: confidence ?? 0.95,
    ...(probe ? { probe } : {}),
    ...(madeModels.length > 0 ? { madeModels } : {}),
    ...(counterparts ? { counterparts } : {}),
    ...(varianceParts ? { varianceParts } : {}),
    ...(file.analyses?.answers ? { answers: answersOf(file.analyses.answers) } : {}),
    ...(dictionary ? { dictionary } : {}),
    ...(inference ? { inference } : {}),
  };
}

/** Each once. */
function similarityOf(
  measures: readonly SimilarityName[],
  { null: permutations = 1000, units = ['raw'] }: Draft<NonNullable<AnalysesSpec['similarity']>>,
): NonNullable<Analyses['similarity']> {
  const scalings = [...new Set(units)];
  const asTheyAre = scalings.every((one) => one === 'raw');
  return { measures: [...new Set(measures)], ...(asTheyAre ? {} : { units: scalings }), null: permutations };
}

function answersOf({
  temperatures = [0.5, 1, 1.5],
  margins = false,
}: Draft<NonNullable<AnalysesSpec['answers']>>): NonNullable<Analyses['answers']> {
  return { temperatures: ascending(temperatures), margins };
}

/** Each once, the smallest first. */
function ascending(written: readonly number[]): number[] {
  return [...new Set(written)].sort((a, b) => a - b);
}

function labelsOf(
  written: readonly string[] | undefined,
  features: Features,
  tasks: Tasks,
  problems: Problems,
): string[] {
  const path = ['analyses', 'selectivity', 'labels'];
  if (!written) return defaultLabels(features, tasks.list);
  const names = new Set<string>([...tasks.names, ...features.byName.keys(), ...features.broken]);
  const bits = new Set<string>();
  for (const label of written) {
    const match = /^(.*)\[(\d{1,4})\]$/su.exec(label);
    const feature = match && features.byName.get(match[1]);
    if (feature?.kind === 'bits' && Number(match?.[2]) < feature.width) bits.add(label);
  }
  return knownNames(
    written,
    { what: 'label', names: new Set([...names, ...bits]) },
    'the selectivity labels',
    path,
    problems,
  );
}

/** The tasks, the features with values, and the bits that a task depends on. */
function defaultLabels(features: Features, tasks: readonly Task[]): string[] {
  const labels = new Set(tasks.map((task) => task.name));
  for (const { kind, name, values } of features.list)
    if (kind === 'binary' || (kind === 'categorical' && values.length <= MAX_DEFAULT_VALUES))
      labels.add(name);
  const bits = new Set<string>();
  for (const task of tasks) {
    for (const { feature, index } of task.bits)
      if (bits.size < MAX_DEFAULT_BITS) bits.add(bitName(feature, index));
  }
  return [...labels, ...bits];
}
