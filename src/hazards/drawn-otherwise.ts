import { fisherZ } from '../numerics/fisher-z';
import type { SetResults } from '../protocol/results';
import type { HazardInput } from './hazard-rule';

/** A task whose correlation with another label differs by this much between training and test is drawn otherwise there on purpose … */
const otherwise = 0.3;
/** … where that is also this many standard errors: with 64 labels it happens by chance to 4 tasks of 1,000. */
const errors = 4;

/** Whether the test set draws a task otherwise than the training set does: then it asks for what training did not show. */
export function drawnOtherwise({ stimuli: { train, test } }: HazardInput, task: string): boolean {
  const [before, after] = [correlations(train, task), correlations(test, task)];
  // A variance of 1 / (n − 3); of so few stimuli nothing is known.
  const error = Math.sqrt(1 / Math.max(0, train.count - 3) + 1 / Math.max(0, test.count - 3));
  return [...before].some(([label, r]) => {
    const then = after.get(label) ?? r;
    return (
      label !== task &&
      Math.abs(r - then) > otherwise &&
      Math.abs(fisherZ(r) - fisherZ(then)) > errors * error
    );
  });
}

/** Of a task with every other label, those that are undefined left out. */
function correlations(
  { labelCorrelations: { labels, matrix } }: SetResults,
  task: string,
): Map<string, number> {
  const row = matrix[labels.indexOf(task)] ?? [];
  return new Map(row.flatMap((r, at) => (r === null ? [] : [[labels[at], r] as const])));
}
