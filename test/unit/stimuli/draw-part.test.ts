import { expect, it } from 'vitest';
import { Budget } from '../../../src/experiment/budget';
import { SET_NAMES } from '../../../src/experiment/counts';
import { checkDrawing, checkExperiment } from '../../../src/run/check';
import { drawPart } from '../../../src/stimuli/draw-part';
import { experimentOf } from '../../support/run-experiment';
import { randomExperiment } from './random-experiment';

const budget = (): Budget => new Budget(1e9);
const tasks = { t: 'label == yes' };
const of = (features: object, more: object = {}) =>
  experimentOf({
    stimuli: {
      features: { label: { values: ['no', 'yes'] }, ...features },
      ...{ train: 8192, fit: 1024, test: 1024, ...more },
    },
    tasks,
    networks: { n: {} },
  });

it('draws an eighth of each set, or 1,024 stimuli where that is more', () => {
  const part = drawPart(of({ noise: { bits: 24 } }, { train: 20_000 }), budget());
  expect(SET_NAMES.map((set) => part?.sets[set].inputs.rows)).toEqual([2500, 1024, 1024]);
  expect(part?.sets.train.inputs.cols).toBe(25);
});

it('makes no rows where the features say that hardly any are alike, and draws what may miss what is said alone', () => {
  const noise = { noise: { bits: 40 } };
  const shown = { shown: { values: ['no', 'yes'], agrees: { with: 'label', probability: 0.9 } } };
  const drawn = (features: object, more = {}) => {
    const part = drawPart(of({ ...noise, ...features }, more), budget());
    const { features: labels, inputs } = part?.sets.test ?? {};
    return { names: labels?.map(({ name }) => name), rows: inputs?.rows, units: inputs?.cols };
  };
  expect(drawn(shown)).toEqual({ names: [], rows: 256, units: 0 });
  expect(drawn(shown, { balance: ['t'] })).toEqual({ names: ['label'], rows: 256, units: 0 });
  const alike = { alike: { values: ['no', 'yes'], correlates: { with: 'label', r: 0.5 } } };
  expect(drawn({ ...shown, ...alike })).toEqual({ names: ['label', 'alike'], rows: 1024, units: 0 });
  // Rows that are as different, of which something could be wrong.
  const large = { large: { gaussian: 1, amplification: 1e30 } };
  expect(drawn(large)).toEqual({ names: ['label', 'noise', 'large'], rows: 1024, units: 42 });
});

it.each([
  ['rows can be listed', of({ noise: { bits: 18 } })],
  ['a row was left out', of({ noise: { bits: 24, prevalence: 0.01 } })],
  [
    'a combination that is balanced is rare',
    of(
      { label: { values: ['no', 'yes'], prevalence: [0.95, 0.05] }, noise: { bits: 24 } },
      { balance: ['t'] },
    ),
  ],
  ['sets are a design', of({ noise: { bits: 14 } }, { enumerate: true })],
  ['sets are small', of({ noise: { bits: 24, prevalence: 0.1 } }, { train: 1024 })],
])('leaves it to the whole sets where %s', (_, experiment) => {
  expect(drawPart(experiment, budget())).toBeNull();
});

it('says of random experiments what the whole sets say', () => {
  let parts = 0;
  for (let number = 0; number < 20; number++) {
    const file = JSON.parse(randomExperiment(number).text) as { stimuli: Record<string, unknown> };
    const text = JSON.stringify({
      ...file,
      stimuli: { ...file.stimuli, train: 9000, fit: 1500, test: 1100 },
    });
    const whole = checkDrawing(text, budget());
    const told = checkExperiment(text, budget());
    if (whole.reading.experiment && drawPart(whole.reading.experiment, budget())) parts++;
    expect(told.problems, String(number)).toEqual(whole.reading.problems);
  }
  expect(parts).toBeGreaterThan(3);
});

it('takes no steps from the whole sets where it does not tell', () => {
  const features = { label: { values: ['no', 'yes'] }, noise: { bits: 24, prevalence: 0.01 } };
  const stimuli = { features, train: 8192, fit: 1024, test: 1024 };
  const text = JSON.stringify({ stimuli, tasks, networks: { n: {} } });
  const spent = (check: typeof checkExperiment | typeof checkDrawing): number => {
    let steps = 0;
    const counted = new (class extends Budget {
      override spend(some: number): boolean {
        steps += some;
        return super.spend(some);
      }
    })(1e9);
    check(text, counted);
    return steps;
  };
  expect(spent(checkExperiment)).toBe(spent(checkDrawing));
});
