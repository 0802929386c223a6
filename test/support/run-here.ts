import type { Experiment } from '../../src/experiment/experiment';
import type { Results } from '../../src/protocol/results';
import { sessionOf } from './run-experiment';

/** The results of an experiment, found in this thread. @param text of its file, which they hold */
export async function runHere(experiment: Experiment, store: string, text?: string): Promise<Results> {
  const session = sessionOf(experiment, store);
  try {
    return (await session.run(undefined, undefined, text)).results;
  } finally {
    await session.dispose();
  }
}
