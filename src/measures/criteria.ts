import { END, type PlacedValue } from '../core/values';
import type { Network } from '../experiment/experiment';
import type { MeasureInfo } from '../protocol/results';
import type { Course } from '../sources/source';

/** How long tasks took to be learned, of networks with phases that last until they are. */
export const criteria: Readonly<Record<'stepsToCriterion', MeasureInfo>> = {
  stepsToCriterion: {
    title: 'Steps to criterion',
    range: 'positive',
    of: 'replicate',
    by: ['label'],
    formula:
      'Training steps from the beginning of the phase that lasts until the task is learned (the first that names it) to the end of the first epoch over which its training accuracy was at least the criterion; no number where there was none in the phase.',
    meaning: 'How hard a task is to learn, after what was learned before.',
    misleads:
      'Only networks with the same learning rate and batch size compare. Where some replicates have no number, the mean is over the others, which were faster. An accuracy over an epoch lags behind the network by about half of one.',
    source: 'by counting',
  },
};

/** Whether a network has phases that last until tasks are learned; what is a change of one is not trained. */
export function hasCriteria({ training, of }: Pick<Network, 'training' | 'of'>): boolean {
  return of === undefined && training.phases.some(({ until }) => until);
}

/** One row for each task: of the first phase that waits for it. */
export function criteriaValues(found: Course['criteria']): PlacedValue[] {
  const first = found.filter(({ task }, at) => found.findIndex((one) => one.task === task) === at);
  return first.map(({ task, phase, steps, of }) => ({
    ...{ measure: 'stepsToCriterion', checkpoint: END, label: task, value: steps },
    ...(steps === null ? { why: `Phase ${phase + 1} ended after ${of} steps without it.` } : {}),
  }));
}
