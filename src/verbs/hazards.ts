import type { Results } from '../protocol/results';
import { inputOf, type OfRun, type Room, runKey, type Verb } from './verb';

/** What of a run misleads, with the number that shows it, and what to look at instead. */
export const hazards: Verb<OfRun, Pick<Results, 'title' | 'hazards'>, Pick<Room, 'kept'>> = {
  name: 'hazards',
  says: 'Print what of a run misleads, with the number that shows it.',
  input: inputOf<OfRun>({ run: runKey }, 'run'),
  changes: 'nothing',
  run: async ({ run }, { kept }) => {
    const { title, hazards: found } = (await kept(run)).results;
    return { title, hazards: found };
  },
};
