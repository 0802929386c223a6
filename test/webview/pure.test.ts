import { describe, expect, it } from 'vitest';
import { initialChoices, restoredChoices } from '../../webview/src/choices';
import { intervalWords } from '../../webview/src/interval-words';
import { shown, shownInterval } from '../../webview/src/number';
import type { Comparison } from '../../src/protocol/comparison';
import { spread, wrapped } from '../../webview/src/charts/names';
import { niceTicks } from '../../webview/src/charts/ticks';
import { hazardRules } from '../../src/hazards/hazards';
import { hazardNumber } from '../../webview/src/panels/hazard-number';
import { hazardsAt, places } from '../../webview/src/panels/hazard-places';
import { byChance } from '../../webview/src/panels/compare-changes';
import { direction } from '../../src/formats/label-names';
import type { LabelColumn } from '../../webview/src/labels';
import { colourReach, directedName, distinct } from '../../webview/src/panels/unit-rows';
import { palettes } from '../../webview/src/palettes';
import { trainingEpoch } from '../../webview/src/selectors';
import { synthetic } from './synthetic';
import { csv } from '../../webview/src/table';

it('says in captions what an interval is, and leaves how it is made to its definition', () => {
  const definitions = {
    interval:
      '95 % interval over replicates: Student’s t, of shares on the logit scale. Conditional on the stimuli.',
    rsaInterval: '95 % interval by the jackknife (pairs share replicates; none is left out): Student’s t.',
  };
  const words = (kind: 'interval' | 'rsaInterval'): string =>
    intervalWords({ ...synthetic().results, definitions }, kind, 'intervals');
  expect(words('interval')).toMatch(/^95 % interval over replicates; ≈: approximate \(/);
  expect(words('rsaInterval')).toMatch(
    /^95 % interval by the jackknife \(pairs share replicates; none is left out\); ≈/,
  );
  expect(intervalWords({ ...synthetic().results, definitions: {} }, 'interval', 'intervals')).toBe(
    'intervals.',
  );
});

it('puts ticks at round numbers, and two at least on the smallest axis', () => {
  expect(niceTicks(0, 48, 2)).toEqual([0, 20, 40]);
  expect(niceTicks(0, 1, 4)).toEqual([0, 0.5, 1]);
  expect(niceTicks(-0.97, 1.03, 2)).toEqual([0, 1]);
  expect(niceTicks(3.3, 3.9, 1)).toEqual([3.4, 3.6, 3.8].map((tick) => expect.closeTo(tick, 9) as number));
});

describe('numbers', () => {
  it.each([
    [0.12345, '0.123'],
    [-0.5, '−0.500'],
    [3, '3'],
    [12345, '12,345'],
    [null, '–'],
    [NaN, '–'],
    [0.0000123, '1.2 × 10⁻⁵'],
    [123456789, '123,456,789'],
    [393_512_345_678, '3.9 × 10¹¹'],
    [-1_234_567.5, '−1.2 × 10⁶'],
    [-0, '0'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%s is shown as %s', (value, text) => expect(shown(value)).toBe(text));

  it('gives whole numbers decimals where others have them', () => {
    expect(shown(0, true)).toBe('0.000');
    expect(shown(1, true)).toBe('1.000');
    expect(shown(-0.0001, true)).toBe('0.000');
  });
});

describe('csv', () => {
  it('quotes, splits intervals into columns, and leaves undefined numbers empty', () => {
    const table = {
      columns: ['a,b', 'share', 'n'],
      rows: [
        ['say "x"', { mean: 0.5, low: 0.25, high: null }, 1],
        ['plain', null, NaN],
        ['perfect', Infinity, 0],
      ],
    };
    expect(csv(table)).toBe(
      '"a,b",share,share low,share high,n\r\n"say ""x""",0.5,0.25,,1\r\nplain,,,,\r\nperfect,Infinity,,,0\r\n',
    );
  });
});

describe('means', () => {
  it('say of how many replicates they are, where not of all, and what their intervals are', () => {
    const ends = { low: 0.25, high: 0.75 };
    expect(shownInterval({ mean: 0.5, ...ends, kind: 'approximate', n: 3, of: 3 })).toBe(
      '0.500 ≈ [0.250, 0.750]',
    );
    expect(shownInterval({ mean: 1, low: null, high: null, kind: 'equal', n: 2, of: 3 })).toBe(
      '1.000 (2 of 3, all equal)',
    );
    const rows = [[{ mean: 0.5, ...ends, n: 1, of: 3 }], [{ mean: 0.5, ...ends, n: 3, of: 3 }]];
    expect(csv({ columns: ['share'], rows })).toBe(
      'share,share low,share high,share n\r\n0.5,0.25,0.75,1\r\n0.5,0.25,0.75,3\r\n',
    );
  });

  it('says over how much a value is, where not over all', () => {
    const rows = [
      ['a', 0.5],
      ['b', { mean: 0.25, n: 40, of: 45 }],
    ];
    expect(csv({ columns: ['replicate', 'a'], rows })).toBe('replicate,a,a n\r\na,0.5,\r\nb,0.25,40\r\n');
  });
});

describe('choices', () => {
  it('takes only what has the right type', () => {
    const stored = { tab: 'pca', seed: 'x', step: 5, nonsense: 1, __proto__: { layer: 'y' } };
    const initial = initialChoices([]);
    expect(restoredChoices(stored, initial)).toEqual({ ...initial, tab: 'pca', step: 5 });
    expect(restoredChoices(null, initial)).toEqual(initial);
  });

  it('keep the network of a page that was closed when it was called so', () => {
    const stored = { tab: 'pca', network: 'both', seed: 1, layer: 'hidden1' };
    const initial = initialChoices([]);
    expect(restoredChoices(stored, initial)).toEqual({
      ...initial,
      ...{ tab: 'pca', source: 'both', point: 0, seed: 1, layer: 'hidden1' },
    });
  });
});

describe('a replicate that was not analysed yet', () => {
  it('still trains up to its last epoch, and not there', () => {
    expect(trainingEpoch(99.5, 100)).toBe('epoch 99.5 of 100, still training');
    expect(trainingEpoch(100, 100)).toBe('epoch 100 of 100, not analysed yet');
    expect(trainingEpoch(100, undefined)).toBe('epoch 100');
  });
});

describe('names in heatmaps', () => {
  it('break between their parts, and are shortened only if that does not help', () => {
    const of = (name: string, letters: number, most = 2): string[] | undefined =>
      wrapped([name], letters, most)[0];
    expect(of('easy: false · hard: true', 30)).toEqual(['easy: false · hard: true']);
    expect(of('easy: false · hard: true', 16)).toEqual(['easy: false ·', 'hard: true']);
    expect(of('a: 1, b: 2, c: 3', 10)).toEqual(['a: 1,', 'b: 2, c: 3']);
    expect(of('easy: false · hard: true', 9)).toEqual(['easy…se ·', 'hard…true']);
    expect(of('easy: false · hard: true', 9, 1)).toEqual(['easy…true']);
    expect(wrapped(['easy: false · hard: true', 'easy: true · hard: true'], 9)).toEqual([
      ['…false ·', 'hard…true'],
      ['…true ·', 'hard…true'],
    ]);
  });

  it('break between words where that shows all of them, and over more lines where there is room', () => {
    expect(wrapped(['Mutual nearest neighbours', 'Linear CKA'], 18)).toEqual([
      ['Mutual nearest', 'neighbours'],
      ['Linear CKA'],
    ]);
    expect(wrapped(['xor=false · and=false · or=false'], 12, 3)).toEqual([
      ['xor=false ·', 'and=false ·', 'or=false'],
    ]);
  });

  it('say of conditions with little room what is true in them', () => {
    const conditions = ['xor=true · and=false · or=true', 'xor=false · and=false · or=false'];
    expect(wrapped(conditions, 16, 1)).toEqual([['xor · or'], ['none true']]);
    // Values that are more than two are not left out.
    expect(wrapped(['a=red · b=true · c=true', 'a=blue · b=true · c=true'], 9, 1).flat()).not.toContain(
      'b · c',
    );
  });

  it('of blocks are moved apart as far as they must', () => {
    expect(spread([0, 20, 40], 13)).toEqual([0, 20, 40]);
    expect(spread([10, 12, 40], 12)).toEqual([5, 17, 40]);
    const close = spread([0, 1, 2, 30], 13);
    expect(close.slice(1).every((place, at) => place - (close[at] ?? 0) >= 13)).toBe(true);
    expect(close.reduce((sum, place) => sum + place, 0)).toBeCloseTo(33);
  });
});

describe('hazards', () => {
  it.each([
    [-0.1534, 'score lower by 0.15'],
    [0.012, 'score higher by 0.012'],
    [0, 'the same score'],
  ])('of probes say a difference of %d as %s', (value, words) => {
    const hazard = { severity: 'warning', message: '', advice: '', where: {}, threshold: 0.02 } as const;
    for (const rule of ['probe-no-better', 'probe-computes-the-label'])
      expect(hazardNumber({ ...hazard, rule, value })).toBe(words);
  });

  it.each([
    [-0.00046, 'similar by 0.00'],
    [-0.026, 'similar by −0.03'],
    [0.05, 'similar by 0.05'],
  ])('of RSA say a similarity of %d in hundredths', (value, words) => {
    const hazard = { severity: 'warning', message: '', advice: '', where: {}, threshold: 0.05 } as const;
    expect(hazardNumber({ ...hazard, rule: 'rsa-misses-what-is-computed', value })).toBe(words);
  });

  it('of every rule have figures over which they are told', () => {
    expect(Object.keys(places).sort()).toEqual(hazardRules.map(({ name }) => name).sort());
  });

  it('are told where the figure shows what they name', () => {
    const where = { network: 'both', layer: 'hidden2', task: 'hard' };
    const rule = 'equally-computed-unequally-represented';
    const hazard = {
      rule,
      severity: 'serious',
      where,
      value: 3,
      threshold: 2,
      message: '',
      advice: '',
    } as const;
    expect(hazardsAt([hazard], 'pca', { network: 'both', layer: 'hidden2' })).toEqual([hazard]);
    expect(hazardsAt([hazard], 'pca', { network: 'both', layer: 'hidden1' })).toEqual([]);
    expect(hazardsAt([hazard], 'similarity')).toEqual([]);
  });
});

describe('differences by chance', () => {
  const of = (tested: number, confidence = 0.95): string =>
    byChance({
      name: '',
      other: '',
      confidence,
      rows: Array.from({ length: tested }, () => ({ beyondSeeds: false })) as Comparison['rows'],
      onlyHere: [],
      onlyThere: [],
      paired: [],
      unchanged: [],
    });

  it('are counted by the intervals and their confidence', () => {
    expect(of(29)).toBe(' (not corrected for 29 comparisons: about 1 to 2 would be so by chance)');
    expect(of(40)).toContain('about 2 would');
    expect(of(10, 0.9)).toContain('about 1 would');
    expect(of(4)).toContain('fewer than 1 would');
    expect(of(1)).toBe('');
  });
});

describe('rows of units', () => {
  const column = (values: number[], classes = ['false', 'true']): LabelColumn => ({
    name: '',
    source: classes[0] === 'false' ? 'task' : 'feature',
    classes,
    values: Float32Array.from(values),
  });
  const row = (name: string, values: (number | null)[], threshold = 0.2, of?: LabelColumn, at = 1) => ({
    name,
    label: name,
    direction: of?.classes?.length === 2 ? direction(of.classes) : 'red − rest',
    column: of,
    at,
    values,
    p: [],
    threshold,
    permutations: 1000,
  });

  it('stand once under both names where they compare the same stimuli, with the direction of their sign', () => {
    const rows = [
      row('easy', [1], 0.2, column([0, 0, 1, 1])),
      row('is red', [0], 0.2, column([1, 0, 0, 0])),
      row('shape', [-1], 0.2, column([1, 1, 0, 0], ['square', 'circle'])),
      row('c = red', [0], 0.2, column([0, 1, 2, 1], ['red', 'green', 'blue']), 0),
      row('c = blue', [0], 0.2, column([0, 1, 2, 1], ['red', 'green', 'blue']), 2),
    ];
    expect(distinct(rows).map(directedName)).toEqual([
      'easy = shape (square − circle)',
      'is red, c = red',
      'c = blue',
    ]);
  });

  it('of a layer of one unit are not taken for the same because its numbers are', () => {
    const rows = [row('a', [0], 0.2, column([0, 0, 1, 1])), row('b', [0], 0.2, column([0, 1, 0, 1]))];
    expect(distinct(rows)).toHaveLength(2);
  });

  it('reach as far as most values, no less than the threshold and no further than the values', () => {
    const usual = Array.from({ length: 99 }, (_, at) => at / 99);
    expect(colourReach([row('easy', [...usual, 14.5])])).toBe(0.95);
    expect(colourReach([row('easy', [...usual.map((value) => value / 100), 1.5], 0.3)])).toBe(0.3);
    expect(colourReach([row('easy', [0.1, -0.11], 0.3)])).toBe(0.11);
    expect(colourReach([row('easy', [null])])).toBe(1);
    // Perfect units lie beyond every scale.
    expect(colourReach([row('easy', [0.1, -0.11, -Infinity], 0.3)])).toBe(0.11);
    expect(colourReach([row('easy', [Infinity], 0.3)])).toBe(1);
  });
});

describe('palettes', () => {
  const luminance = (colour: string): number => {
    const channel = (at: number): number => {
      const value = parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  };
  const contrast = (a: string, b: string): number => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
  };

  it.each([
    ['light', '#ffffff'],
    ['dark', '#1f1f1f'],
  ] as const)('%s: every class stands out 3 : 1', (kind, background) => {
    for (const colour of palettes[kind].categorical) {
      expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(['light', 'dark'] as const)('%s: the diverging scale goes in equal steps of lightness', (kind) => {
    const lightness = palettes[kind].diverging.map((colour) => 116 * Math.cbrt(luminance(colour)) - 16);
    const middle = (lightness.length - 1) / 2;
    const [centre = 0, first = 0] = [lightness[middle], lightness[0]];
    lightness.forEach((value, at) => {
      const even = centre + ((first - centre) * Math.abs(at - middle)) / middle;
      expect(Math.abs(value - even), palettes[kind].diverging[at]).toBeLessThan(1);
    });
  });
});
