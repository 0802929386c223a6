import { own } from '../../../src/protocol/own';
import { drawnAccuracy } from '../../../src/protocol/answer-words';
import { figure, type Panel } from '../panel';
import { marginsOf } from './answers-margins';
import { againstTemperature } from './answers-temperatures';
import { setChoice, setNamed } from './sweep-answers';

type Chosen = {
  sweptSet: string;
};

/** What answers to evaluation sets come from, at all points where something is swept. */
export const answersPanel: Panel<Chosen> = {
  id: 'answers',
  title: 'Answers',
  follows: [],
  ofSweep: true,
  offered: ({ whole }) => own(whole.measures, drawnAccuracy) !== undefined,
  choices: { sweptSet: setChoice },
  draw: (_, { whole }, c) => {
    const set = setNamed(whole, c.sweptSet);
    if (set === undefined) return [];
    const margins = marginsOf(whole, set);
    return [
      figure('Answers against temperature', againstTemperature(whole, set)),
      ...(margins ? [figure('Margins of answers and of votes', margins)] : []),
    ];
  },
};
