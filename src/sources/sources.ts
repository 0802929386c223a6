import type { Replicate } from '../core/replicate';
import type { Experiment } from '../experiment/experiment';
import type { Source, SourceKind } from './source';
import { trained } from './trained';

const kinds: readonly SourceKind[] = [trained];

/** Those of an experiment that was asked about: a thread asks for each replicate again and again. */
const known = new WeakMap<Experiment, readonly Source[]>();

/** All that give recordings in an experiment. */
export function sourcesOf(experiment: Experiment): readonly Source[] {
  const sources = known.get(experiment) ?? kinds.flatMap((kind) => kind(experiment));
  known.set(experiment, sources);
  return sources;
}

/** What a replicate is a recording of. @throws RangeError where the experiment has none of that name */
export function sourceOf(experiment: Experiment, { source }: Pick<Replicate, 'source'>): Source {
  const found = sourcesOf(experiment).find(({ name }) => name === source);
  if (!found) throw new RangeError(`This experiment has no source “${source}”.`);
  return found;
}
