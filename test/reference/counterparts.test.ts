import { describe, expect, it } from 'vitest';
import {
  counterpartRsa,
  shuffles,
  sidesOf,
  type PreparedCounterparts,
} from '../../src/analysis/counterparts';
import type { Matrix } from '../../src/core/matrix';
import { siteMeasuresOf } from '../../src/measures/measures';
import { type LabelParts, SiteView } from '../../src/measures/site-view';
import { expectClose, matrix32 } from './support/matrices';
import fixture from './fixtures/counterparts.json';

const states = matrix32(fixture.states);

function prepared(groups: ArrayLike<number>): PreparedCounterparts {
  const [one, other] = fixture.sides.map((side) => Int32Array.from(side));
  return { name: 'item', items: groups.length, sides: [one, other], groups: Uint32Array.from(groups) };
}

const prepares = {
  within: prepared(fixture.groups),
  all: prepared(fixture.groups.map(() => 0)),
} as const;

/** The first half of the stimuli are fit stimuli. */
function siteOf(
  activations: Matrix<Float32Array>,
  counterparts: readonly PreparedCounterparts[],
  beside?: Matrix<Float32Array>,
): SiteView {
  const halves = ({
    rows,
    cols,
    data,
  }: Matrix<Float32Array>): [Matrix<Float32Array>, Matrix<Float32Array>] => {
    const half = Math.floor(rows / 2);
    return [
      { rows: half, cols, data: data.slice(0, half * cols) },
      { rows: rows - half, cols, data: data.slice(half * cols) },
    ];
  };
  const parts = {
    analyses: { rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli' } },
    counterparts,
  } as unknown as LabelParts;
  const besides = beside ? new Map([[counterparts[0].name, halves(beside)] as const]) : undefined;
  return new SiteView(parts, ...halves(activations), undefined, besides);
}

function found(site: SiteView, part: string): { value: number | null; why?: string }[] {
  const measure = siteMeasuresOf({ counterparts: [] }).find(({ name }) => name === `counterparts.${part}`);
  return [...(measure?.measure(site) ?? [])];
}

describe.each(['within', 'all'] as const)('what belongs together on two sides, means of: %s', (which) => {
  const wanted = fixture[which];
  const site = siteOf(states, [prepares[which]]);
  const number = (part: string): number => found(site, part)[0].value ?? NaN;

  it.each(['cosine', 'others', 'told', 'toldByMap', 'rsa'] as const)('agrees with numpy: %s', (part) => {
    expectClose([number(part)], [wanted[part]]);
  });

  it('agrees with scipy by ranks', () => {
    const { value } = counterpartRsa(
      sidesOf(prepares[which], states),
      shuffles(prepares[which].groups),
      'euclidean',
      'spearman',
    );
    expectClose([value], [wanted.spearman]);
  });

  it('has the band of shuffled items, and that of items drawn anew, as other draws of numpy have it', () => {
    const { rsa, drawn, cosine } = wanted.null;
    const ends = ['rsa.nullLow', 'rsa.nullHigh', 'rsa.low', 'rsa.high'].map(number);
    for (const [at, end] of [...rsa, ...drawn].entries()) expect(Math.abs(ends[at] - end)).toBeLessThan(0.04);
    expect(number('rsa.p')).toBeLessThan(0.01);
    const [mean, deviation] = cosine;
    // One-sided, as of a normal null.
    const far = (number('cosine') - mean) / deviation;
    if (far > 2) expect(number('p')).toBeLessThan(0.05);
    else expect(number('p')).toBeGreaterThan(0.9);
  });
});

describe('sides that are read at two sites', () => {
  const at = ['one', 'other'] as const;
  /** What it is on a side, and something else in the rows that are not of it, with some units more. */
  const only = (side: number, more = 0): Matrix<Float32Array> => {
    const { rows, cols, data } = states;
    const found = new Float32Array(rows * (cols + more));
    for (let row = 0; row < rows; row++)
      for (let unit = 0; unit < cols; unit++)
        found[row * (cols + more) + unit] =
          fixture.sides[side][row] >= 0 ? data[row * cols + unit] : Math.sin(row * 7 + unit * unit);
    return { rows, cols: cols + more, data: found };
  };

  it('agree with numpy, each from its own', () => {
    const site = siteOf(only(0), [{ ...prepares.within, at }], only(1));
    for (const part of ['cosine', 'others', 'told', 'toldByMap', 'rsa'] as const)
      expectClose([found(site, part)[0].value], [fixture.within[part]]);
  });

  it('have RDMs alone in common where they are of other numbers of units, and nothing at other sites', () => {
    const site = siteOf(only(0), [{ ...prepares.within, at }], only(1, 3));
    expect(found(site, 'rsa')[0].value).not.toBeNull();
    for (const part of ['cosine', 'told', 'toldByMap'])
      expect(found(site, part)).toEqual([
        { label: 'item', value: null, why: expect.stringContaining('different numbers of units') as string },
      ]);
    expect(found(siteOf(states, [{ ...prepares.within, at }]), 'rsa')).toEqual([]);
  });
});

it('finds one vector for all where there is one, and none in states that have nothing to do with each other', () => {
  const { sides } = prepares.within;
  const moved = (shift: number, noise: number): Matrix<Float32Array> => ({
    ...states,
    data: states.data.map((_, at) => {
      const row = Math.floor(at / states.cols);
      const item = Math.max(sides[0][row], sides[1][row]);
      const code = Math.sin(1 + item * 12.9898 + (at % states.cols) * 78.233) * 43758.5453;
      const own = code - Math.floor(code);
      const drawn = Math.sin(2 + at * 4.1414) * 24634.6345;
      return (sides[0][row] >= 0 ? 0 : shift) + (1 - noise) * own + noise * (drawn - Math.floor(drawn));
    }),
  });
  const at = (matrix: Matrix<Float32Array>, part: string): number =>
    found(siteOf(matrix, [prepares.all]), part)[0].value ?? NaN;
  const same = moved(5, 0);
  expect(
    ['cosine', 'told', 'toldByMap', 'rsa'].map((part) => Math.round(1e6 * at(same, part)) / 1e6),
  ).toEqual([1, 1, 1, 1]);
  const apart = moved(5, 1);
  expect(Math.abs(at(apart, 'told') - 0.5)).toBeLessThan(0.15);
  expect(at(apart, 'p')).toBeGreaterThan(0.02);
});

it('says why there is no number', () => {
  const why = 'No item of “a” has stimuli on both sides, and 4 are needed.';
  const none = { ...prepares.all, items: 0, why };
  const flat = { ...states, data: states.data.map(() => 3) };
  expect(found(siteOf(states, [none]), 'rsa')).toEqual([{ label: 'item', value: null, why }]);
  for (const part of ['cosine', 'told', 'toldByMap', 'rsa']) {
    const [none] = found(siteOf(flat, [prepares.within]), part);
    expect(none.value).toBeNull();
    expect(none.why).toMatch(/\.$/);
  }
});
