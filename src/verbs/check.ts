import type { Problem } from '../experiment/problem';
import { checkExperiment } from '../run/check';
import { experimentKey, inputOf, type OfFile, type Room, type Verb } from './verb';

interface Checked {
  /** By position; where one of them is an error, the file cannot be analysed. */
  readonly problems: readonly Problem[];
}

/** What is wrong in an experiment file, at which place, and how to mend it. */
export const check: Verb<OfFile, Checked, Pick<Room, 'text' | 'brought'>> = {
  name: 'check',
  says: 'Print the problems of experiment files as file:line:col: message.',
  input: inputOf<OfFile>({ file: experimentKey }, 'file'),
  changes: 'nothing',
  run: async ({ file }, { text, brought }) => ({
    problems: checkExperiment(await text(file), undefined, brought(file)).problems,
  }),
};
