import type { Comparison } from '../protocol/comparison';
import { compareResults } from '../run/compare-results';
import { experimentChanges } from '../run/experiment-changes';
import { inputOf, type Room, runKey, type Verb } from './verb';

interface Compared {
  readonly run: string;
  readonly other: string;
}

/**
 * How accuracies, variance explained and the similarity of layers differ between two runs, with intervals over replicates; and what was changed in the experiment,
 * where both experiments are known.
 */
export const compare: Verb<Compared, Comparison, Pick<Room, 'kept'>> = {
  name: 'compare',
  says: 'Print how two runs differ, with intervals over replicates.',
  input: inputOf<Compared>(
    { run: runKey, other: { type: 'string', description: 'the run that is subtracted' } },
    'run',
    'other',
  ),
  changes: 'nothing',
  run: async ({ run, other }, { kept }) => {
    const [here, there] = [await kept(run), await kept(other)];
    return {
      ...compareResults(here, there, here.results.confidence),
      ...(here.experiment && there.experiment ? experimentChanges(here.experiment, there.experiment) : {}),
    };
  },
};
