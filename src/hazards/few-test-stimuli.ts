import type { TaskResults } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** With fewer stimuli of a class than this, its share of right answers is known to ± .3 at best. */
const threshold = 10;

/** Accuracy and selectivity of a class that is hardly tested. */
export const fewTestStimuli: HazardRule = {
  name: 'few-test-stimuli',
  describe:
    'A class of a task has no test stimulus, or fewer than 10. Designs of which every set shows the whole are exempt from the latter: there is ' +
    'nothing that their stimuli are a sample of. So are labels of tokens of documents, which no network answers.',
  link: 'https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval',
  evaluate({ tasks, stimuli, asked }) {
    if (asked) return [];
    return Object.entries(tasks).flatMap(([task, found]) => {
      const counts = classCounts(found, stimuli.test.count);
      const value = Math.min(...counts);
      if (value >= threshold || (value > 0 && stimuli.coincide)) return [];
      const few = found.classes.filter(
        (_, c) => counts[c] < threshold && (!stimuli.coincide || counts[c] === 0),
      );
      const [name, ...more] = few.map(quoted);
      const others = more.length === 0 ? '' : ` (and of ${more.length} more of its classes)`;
      return [
        {
          rule: fewTestStimuli.name,
          severity: value === 0 ? ('serious' as const) : ('warning' as const),
          where: { task },
          value,
          threshold,
          message:
            `Of ${quoted(task)}, the test set has ${value === 0 ? 'no stimulus' : value === 1 ? '1 stimulus' : `${value} stimuli`} ` +
            `of ${fewest(found, counts)}${few.length > 1 ? others : ''}: ` +
            `${value === 0 ? 'whether it is recognised is not tested' : 'accuracy, d′ and variance explained of it are rough'}.`,
          advice: stimuli.coincide
            ? `No stimulus of the design is ${name}: change the formula, or the values of the features.`
            : `Ask for more test stimuli, or balance ${quoted(task)} in them with "balance".`,
        },
      ];
    });
  },
};

function fewest({ classes }: TaskResults, counts: readonly number[]): string {
  return quoted(classes[counts.indexOf(Math.min(...counts))]);
}

function classCounts({ baseRate }: TaskResults, count: number): number[] {
  const rates = typeof baseRate === 'number' ? [1 - baseRate, baseRate] : baseRate;
  return rates.map((rate) => Math.round(rate * count));
}
