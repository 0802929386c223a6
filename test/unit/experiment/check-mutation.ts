import type { Reading } from '../../../src/experiment/read';
import { checkExperiment } from '../../../src/run/check';
import { type Answer, experimentFaults } from '../../support/run-faults';
import { smallExperiment } from '../../support/small-experiment';
import { mutated } from './mutate';

/** What is wrong with how a mutated file is answered, its stimuli drawn; null where all is well. */
export function mutationFault(number: number): string | null {
  const text = mutated(number);
  try {
    return answerFault(text, checkExperiment(text));
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/** What is wrong with an answer: problems without their place, without a sentence, too long. */
export function answerFault(text: string, { experiment, problems }: Reading): string | null {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if ((experiment === null) !== errors.length > 0) return 'an experiment with errors, or none without';
  for (const { range, message, fix } of problems) {
    const { start: from, end: to } = range;
    if (!(from.offset >= 0 && from.offset <= to.offset && to.offset <= text.length))
      return `offsets of ${message}`;
    if (text.slice(0, from.offset).split('\n').length - 1 !== from.line) return `line of ${message}`;
    if (from.offset - (text.lastIndexOf('\n', from.offset - 1) + 1) !== from.character)
      return `column of ${message}`;
    if (!/[.?]$/.test(message)) return `no sentence: ${message}`;
    if (message.length > 700) return `a long message: ${message.slice(0, 200)}`;
    if (fix && fix.range.end.offset > text.length) return `fix of ${message}`;
  }
  if (({} as Record<string, unknown>).x !== undefined) return 'a polluted prototype';
  return null;
}

/**
 * What is wrong with how the experiment of a mutated file runs, made small, from its stimuli to every picture.
 *
 * @param store a folder for it
 * @returns the faults, and the replicates that were measured; null where there is no experiment to run
 */
export async function mutationRun(number: number, store: string): Promise<Answer | null> {
  const { experiment } = checkExperiment(mutated(number));
  const small = experiment && smallExperiment(experiment);
  return small && experimentFaults(small, store);
}
