import { documentCounts, readCounts, tableCounts } from './counts';
import { readDistributions } from './distributions';
import type { Stimuli } from './experiment';
import type { Features } from './features';
import type { ExperimentFile } from './file';
import { imageUnits, readImage } from './image';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';

/** What the networks are shown. */
export function readStimuli(
  file: Draft<ExperimentFile>,
  features: Features,
  tasks: Tasks,
  { table, documents }: Pick<Stimuli, 'table' | 'documents'>,
  problems: Problems,
): Stimuli {
  const spec = file.stimuli ?? {};
  const image = readImage(file);
  const units = features.list.reduce(
    (last, feature) => Math.max(last, feature.inputRange[1]),
    imageUnits(image),
  );
  const isShown = features.list.some(({ shows }) => shows);
  if (!documents && units === 0 && features.list.length > 0 && features.broken.size === 0 && !isShown) {
    const message =
      "No feature has input units, so the networks would see nothing. Give one 'units' of at least 1.";
    problems.error('no-input', message, problems.document.keySpan(['stimuli', 'features']));
  }
  return {
    seed: spec.seed ?? 0,
    ...(table
      ? { counts: tableCounts(file, table.ids.length, problems), enumerate: 'split' as const }
      : documents
        ? { counts: documentCounts(file, documents.shape, problems), enumerate: 'split' as const }
        : readCounts(file, features, problems)),
    repeats: spec.repeats ?? false,
    inputNoise: spec.inputNoise ?? 0,
    ...(image ? { image } : {}),
    embedding: readEmbedding(spec.embedding, units, problems),
    features: features.list,
    sets: readDistributions(file, features, tasks, problems),
    inputUnits: documents?.shape.vocabulary.length ?? spec.embedding?.units ?? units,
    ...(table ? { table } : {}),
    ...(documents ? { documents } : {}),
  };
}

function readEmbedding(
  spec: NonNullable<Draft<ExperimentFile>['stimuli']>['embedding'],
  before: number,
  problems: Problems,
): Stimuli['embedding'] {
  if (spec?.units === undefined) return null;
  const matrix = spec.matrix ?? 'gaussian';
  if (matrix === 'orthogonal' && spec.units < before) {
    const path = ['stimuli', 'embedding', 'units'];
    problems.at(
      path,
      'embedding',
      `An orthogonal embedding needs at least the ${before} units that the features have; it has ${spec.units}. Raise 'units' or use "gaussian".`,
    );
  }
  return { units: spec.units, matrix };
}
