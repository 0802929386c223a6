import { replicateNamed } from '../../src/core/replicate';
import type { Experiment } from '../../src/experiment/experiment';
import { DrawnExperiment } from '../../src/run/drawn-experiment';
import type { Recording } from '../../src/sources/source';
import { sourceOf } from '../../src/sources/sources';
import { FusedEngine } from '../../src/training/fused/engine';
import { withSequences } from '../../src/training/graph/sequences';

/** A source's replicate from seed 0, made here, of which nothing is kept. */
export async function madeAnew(
  experiment: Experiment,
  source: string,
): Promise<{ drawn: DrawnExperiment; recording: Recording }> {
  const drawn = new DrawnExperiment(experiment);
  const context = { engine: withSequences(FusedEngine.create()), sets: drawn.sets };
  const nothing = { read: () => Promise.resolve(null), write: () => Promise.resolve() };
  const made = await sourceOf(experiment, { source }).make(replicateNamed(source, 0), context, nothing, {});
  return { drawn, recording: made.recording };
}
