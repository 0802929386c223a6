import { expect, it } from 'vitest';
import { Budget } from '../../../src/experiment/budget';
import { checkDrawing, checkExperiment } from '../../../src/run/check';
import { drawPart } from '../../../src/stimuli/draw-stimuli';
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
  const sets = drawPart(of({ noise: { bits: 24 } }, { train: 20_000 }), budget());
  expect([sets?.train, sets?.fit, sets?.test].map((set) => set?.inputs.rows)).toEqual([2500, 1024, 1024]);
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
  ['sets are small', of({ noise: { bits: 24 } }, { train: 1024 })],
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
