import { keptPoint, type Replicate } from '../core/replicate';
import { effectiveTask } from '../experiment/effective';
import type { Experiment, Inference } from '../experiment/experiment';
import { pointsOf } from '../experiment/replicates';
import type { PairMeasure, SiteMeasure } from '../measures/measure';
import { measureInfos, pairMeasuresOf } from '../measures/measures';
import type { EngineInfo } from '../protocol/results';
import type { Source } from '../sources/source';
import { sourcesOf } from '../sources/sources';
import type { PairRequest } from './jobs';
import type { ModelTestRequest } from './model-tests';
import { digest } from '../core/digest';
import { version } from './version';

/**
 * Raised whenever what is stored, or how it is computed, changes within one version. 8: layers of a
 * replicate are compared, and replicates by other measures than RSA.
 */
const storeFormat = 8;

/** The same of what pictures are drawn from alone. 2: RDMs have their trees. */
const detailFormat = 2;

/** The same of tests of model RDMs. 2: labels that part the stimuli alike are one model; 3: by every standard measure; 4: nothing is a model of itself. */
const testsFormat = 4;

/** The key of what a recording is made from: everything that determines its bytes. */
export function recordingKey(source: Pick<Source, 'key'>, replicate: Replicate, engine: EngineInfo): string {
  return digest({ storeFormat, version, ...source.key(replicate, engine) });
}

/** The key under which the store keeps what a recording of a source is made from: of some less than what determines the recording. */
export function keptKey(
  source: Pick<Source, 'key' | 'keptKey'>,
  replicate: Replicate,
  engine: EngineInfo,
): string {
  return recordingKey(
    { key: (one, info) => source.keptKey?.(one, info) ?? source.key(one, info) },
    replicate,
    engine,
  );
}

/** What the analyses of one replicate are found by. */
export interface AnalysisKeys {
  /** All analyses of the same training and the same labels begin so. */
  readonly family: string;
  /** These analyses. */
  readonly entry: string;
  /** By measure: everything that determines its numbers, beside what the family says. */
  readonly measures: Readonly<Record<string, string>>;
}

/** The keys of the analyses of one replicate: its training and the labels, and of each measure what of the analyses it reads. */
export function analysisKeys(
  { tasks, analyses }: Experiment,
  training: string,
  measures: readonly (Pick<SiteMeasure, 'name' | 'reads'> & Pick<PairMeasure, 'settings'>)[],
): AnalysisKeys {
  const family = digest({
    kind: 'analysis',
    storeFormat,
    version,
    training,
    tasks: tasks.map(effectiveTask),
  });
  const keys = Object.fromEntries(
    measures.map(({ name, reads = [], settings }) => [
      name,
      digest(settings ?? reads.map((part) => [part, analyses[part]])),
    ]),
  );
  // Half a digest each: as long together as the names of all other entries.
  const half = (key: string): string => key.slice(0, key.length / 2);
  return { family: half(family), entry: half(family) + half(digest(keys)), measures: keys };
}

/** The key of the file of one replicate's activations: everything that determines its bytes. @param experiment at the replicate's point */
export function activationsKey({ title, stimuli, tasks }: Experiment, recording: string): string {
  return digest({
    kind: 'activations',
    ...{ storeFormat, version, title, recording },
    ...{ stimuli, tasks: tasks.map(effectiveTask) },
  });
}

/** The key of what all pictures of one replicate at its end are drawn from: its training, the labels, and how things are analysed. */
export function detailKey({ tasks, analyses }: Experiment, training: string): string {
  return digest({
    kind: 'detail',
    ...{ storeFormat, detailFormat },
    version,
    training,
    tasks: tasks.map(effectiveTask),
    analyses,
  });
}

/**
 * The key of one comparison of replicates: what is compared and how.
 *
 * @param replicates in the matrix's order
 * @param keyOf the key of a replicate's recording
 */
export function comparisonKey(
  experiment: Experiment,
  request: PairRequest,
  replicates: readonly Replicate[],
  keyOf: (replicate: Replicate) => string,
): string {
  const measure = pairMeasuresOf(experiment.analyses).find(({ name }) => name === request.measure);
  return digest({
    kind: 'comparison',
    storeFormat,
    version,
    request,
    ...(measure?.settings ? { settings: measure.settings } : {}),
    replicates: replicates.map((replicate) => ({
      ...{ network: replicate.source, ...keptPoint(replicate), seed: replicate.seed },
      training: keyOf(replicate),
    })),
    tasks: experiment.tasks.map(effectiveTask),
    confidence: experiment.analyses.confidence,
  });
}

/** The key of the tests of model RDMs at a layer. @param replicates all that they need */
export function modelTestsKey(
  { analyses, tasks }: Experiment,
  inference: Inference,
  request: ModelTestRequest,
  replicates: readonly Replicate[],
  keyOf: (replicate: Replicate) => string,
): string {
  return digest({
    kind: 'tests',
    testsFormat,
    storeFormat,
    version,
    request,
    replicates: replicates.map((replicate) => ({ ...replicate, recording: keyOf(replicate) })),
    tasks: tasks.map(effectiveTask),
    inference: wherever(inference),
    rdm: [analyses.rdm.metric, analyses.rdm.over],
    confidence: analyses.confidence,
  });
}

/** The key of what of a layer is recovered in another replicate, both at their end. */
export function recoveryKey(
  { tasks }: Experiment,
  layer: string,
  replicates: readonly [Replicate, Replicate],
  keyOf: (replicate: Replicate) => string,
): string {
  return digest({
    kind: 'recovery',
    storeFormat,
    version,
    layer,
    replicates: replicates.map(({ source, point, seed }) => ({
      ...{ source, point, seed },
      recording: keyOf({ source, point, seed }),
    })),
    tasks: tasks.map(effectiveTask),
  });
}

/** All but where files are. */
function wherever({ models, ...rest }: Inference): object {
  return {
    ...rest,
    models: models.map(({ name, from }) => ({
      name,
      from: 'place' in from ? { ...from, place: [from.place.array, from.place.digest] } : from,
    })),
  };
}

/** Equal when, and only when, all numbers of the results must be equal. */
export function fingerprint(experiment: Experiment, engine: EngineInfo): string {
  if (experiment.sweep) return digest({ sweep: pointsOf(experiment).map((at) => fingerprint(at, engine)) });
  const { stimuli, tasks, seeds, analyses } = experiment;
  return digest({
    kind: 'results',
    storeFormat,
    version,
    engine,
    stimuli,
    tasks: tasks.map(effectiveTask),
    networks: sourcesOf(experiment).map(({ effective }) => effective),
    seeds,
    analyses: analyses.inference ? { ...analyses, inference: wherever(analyses.inference) } : analyses,
    measures: Object.keys(measureInfos(analyses, experiment.networks)),
  });
}
