import type { Problem } from '../experiment/problem';
import { checkExperiment } from '../run/check';
import { experimentKey, inputOf, type Room, type Verb } from './verb';

interface Checked {
  /** By position; where one of them is an error, the file cannot be analysed. */
  readonly problems: readonly Problem[];
}

/** What is wrong in an experiment file, at which place, and how to mend it. */
export const check: Verb<{ readonly file: string }, Checked, Pick<Room, 'text'>> = {
  name: 'check',
  says: 'Print the problems of experiment files as file:line:col: message.',
  input: inputOf({ file: experimentKey }, 'file'),
  changes: 'nothing',
  run: async ({ file }, { text }) => ({ problems: checkExperiment(await text(file)).problems }),
};
