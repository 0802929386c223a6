import type { Replicate } from '../core/replicate';
import type { Experiment } from '../experiment/experiment';
import type { Source, SourceKind } from './source';
import { trained } from './trained';

const kinds: readonly SourceKind[] = [trained];

/** All that give recordings in an experiment. */
export function sourcesOf(experiment: Experiment): Source[] {
  return kinds.flatMap((kind) => kind(experiment));
}

/** What a replicate is a recording of. @throws RangeError where the experiment has none of that name */
export function sourceOf(experiment: Experiment, { source }: Pick<Replicate, 'source'>): Source {
  const found = sourcesOf(experiment).find(({ name }) => name === source);
  if (!found) throw new RangeError(`This experiment has no source “${source}”.`);
  return found;
}
