import { expect, it } from 'vitest';
import type { VarianceSpec } from '../../../src/experiment/file';
import { siteMeasuresOf } from '../../../src/measures/measures';
import { SiteView } from '../../../src/measures/site-view';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import { readExperiment } from '../../../src/sources/read-experiment';
import { labelNamed } from '../../../src/stimuli/stimulus-set';

const UNITS = 3;

function readOf(variance: VarianceSpec) {
  return readExperiment(
    JSON.stringify({
      stimuli: {
        seed: 0,
        documents: { experts: { heads: 4, relations: 2, tails: 3, experts: 3, knows: 0.5, visits: 20 } },
        ...{ fit: 200, test: 100 },
      },
      network: { transformer: { layers: 1, width: 8, heads: 2 } },
      networks: { transformer: {} },
      analyses: { at: 'set == train and role != none and role != begin', variance },
    }),
  );
}

/** States in which the role of a token stands, and its expert where it is a tail. */
function statesOf(role: Float32Array, expert: Float32Array, tail: number): Float32Array {
  const states = new Float32Array(role.length * UNITS);
  for (const [row, of] of role.entries()) {
    const noise = Math.sin(12.9898 * row) * 43758.5453;
    states.set([5 * of, (of === tail ? 1 : 0) * (expert[row] ?? 0), noise - Math.floor(noise)], row * UNITS);
  }
  return states;
}

it('is R² of the means of a label over the stimuli of each part alone', () => {
  const { experiment, problems } = readOf({ in: 'role', labels: ['expert'] });
  if (!experiment) throw new Error(problems.map(({ message }) => message).join());
  const drawn = new DrawnExperiment(experiment);
  const { fit, test } = drawn.sets;
  const [role, expert] = ['role', 'expert'].map((name) => [fit, test].map((set) => labelNamed(set, name)));
  const tail = role?.[0]?.classes.indexOf('tail') ?? -1;
  const [own, fresh] = [0, 1].map((at) => ({
    rows: [fit, test][at]?.inputs.rows ?? 0,
    cols: UNITS,
    data: statesOf(
      role?.[at]?.values ?? new Float32Array(),
      expert?.[at]?.values ?? new Float32Array(),
      tail,
    ),
  }));
  if (!own || !fresh) throw new Error('There are no stimuli.');
  const measure = siteMeasuresOf(experiment.analyses).find(({ name }) => name === 'varianceExplained.parts');
  const found = [...(measure?.measure(new SiteView(drawn, own, fresh)) ?? [])];
  expect(found.map(({ part }) => part)).toEqual(['head', 'relation', 'tail', 'end']);
  for (const { part, value } of found) {
    const inPart = (at: number): number[] => {
      const values = role?.[at]?.values ?? new Float32Array();
      return [...values.keys()].filter((row) => role?.[at]?.classes[values[row] ?? 0] === part);
    };
    const meanOf = (rows: readonly number[], data: Float32Array, unit: number): number =>
      rows.reduce((sum, row) => sum + (data[row * UNITS + unit] ?? 0), 0) / rows.length;
    let [residual, total] = [0, 0];
    for (let unit = 0; unit < UNITS; unit++) {
      const whole = meanOf(inPart(1), fresh.data, unit);
      for (const row of inPart(1)) {
        const value = fresh.data[row * UNITS + unit] ?? 0;
        const who = expert?.[1]?.values[row];
        const alike = inPart(0).filter((one) => expert?.[0]?.values[one] === who);
        residual += (value - meanOf(alike, own.data, unit)) ** 2;
        total += (value - whole) ** 2;
      }
    }
    expect(value, part).toBeCloseTo(1 - residual / total, 5);
  }
  expect(found.find(({ part }) => part === 'tail')?.value).toBeGreaterThan(0.8);
});

it('says what is wrong with the label that parts the stimuli', () => {
  expect(readOf({ in: 'rol' }).problems.map(({ message }) => message)).toEqual([
    "Unknown label 'rol' in 'in' of 'variance'. Did you mean 'role'?",
  ]);
});
