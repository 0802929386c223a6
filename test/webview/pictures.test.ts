import { runsOf } from '../../src/protocol/layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { findIn } from '../../webview/src/charts/find';
import { handOver } from '../../webview/src/charts/hand';
import { type Heatmap, heatmapPicture } from '../../webview/src/charts/heatmap';
import { layOut } from '../../webview/src/charts/layout';
import { livePicture } from '../../webview/src/charts/live-picture';
import { lettersIn } from '../../webview/src/charts/names';
import { overviewPicture, type Series } from '../../webview/src/charts/overview-picture';
import { paint } from '../../webview/src/charts/paint';
import type { Pen } from '../../webview/src/charts/pen';
import type { LegendEntry, Mark, Picture, Sight } from '../../webview/src/charts/picture';
import { scatterPicture } from '../../webview/src/charts/scatter';
import { stripsPicture } from '../../webview/src/charts/strips';
import type { Move, Stop } from '../../webview/src/charts/stops';
import { differencePicture } from '../../webview/src/panels/compare-picture';
import { palettes } from '../../webview/src/palettes';
import { printTheme } from '../../webview/src/theme';

const theme = printTheme({ font: 'serif' });

// Every letter is 6 pixels wide.
beforeAll(() => {
  const context = { measureText: (text: string) => ({ width: 6 * text.length }) };
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => context }) });
});

/** A picture laid out for a page, with what is found in it and what is drawn. */
function look(picture: Picture, page = 600, whole = false) {
  const layout = layOut(picture, theme, page, whole);
  const { find, stops } = findIn(layout, picture.enter);
  const drawn: { name: string; given: unknown[] }[] = [];
  const pen = new Proxy({} as Pen, {
    get:
      (_, name: string) =>
      (...given: unknown[]) =>
        drawn.push({ name, given }),
  });
  paint(pen, picture, layout, theme);
  return {
    ...layout,
    find,
    stops,
    drawn,
    texts: drawn.filter(({ name }) => name === 'text').map(({ given }) => given[2] as string),
    /** What is said after each key. */
    press: (...moves: Move[]): string[] => {
      let stop: Stop | null = null;
      return moves.map((move) => {
        stop = stops.go(stop, move);
        return stop === null ? '' : (stops.at(stop)?.found.lines.join('\n') ?? '');
      });
    },
  };
}

it('names an axis that plots share once, below the lowest, and breaks notes that are wider than their panel', () => {
  const axis = {
    title: 'hidden',
    range: [-0.5, 1.5] as const,
    names: ['[64]', '[32]'].map((name, at) => ({ at, name })),
  };
  const y = { title: '', range: [0, 1] as const };
  const small = {
    title: 'adam',
    note: 'dropout 0.1, weightDecay 0.001, prevalence 0.5',
    plots: [1, 2].map(() => ({ x: axis, y, height: 80, marks: [] })),
  };
  const { texts, heads } = look({ panels: [small, small], panelWidth: { least: 230, most: 300 } }, 500);
  expect(texts.filter((text) => text === 'hidden')).toHaveLength(2);
  expect(texts.filter((text) => text === '[64]')).toHaveLength(2);
  expect(heads[0]?.notes).toEqual(['dropout 0.1, weightDecay 0.001,', 'prevalence 0.5']);
});

it('names settings in whatever order they stand, and keeps long ones on the page', () => {
  const ticks = ['half', 'tenth', '[128, 128, 128]'].map((name, at) => ({
    at: [0.5, 0.1, 1][at] ?? NaN,
    name,
  }));
  const x = { title: 'prevalence', range: [0.1, 1] as const, ticks };
  const plots = [{ x, y: { title: '', range: [0, 1] as const }, height: 80, marks: [] }];
  const { drawn } = look({ panels: [{ plots }] }, 400);
  const places = drawn.flatMap(({ name, given: [place, , text] }) =>
    name === 'text' && ticks.some((tick) => tick.name === text) ? [Number(place)] : [],
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).toHaveLength(3);
  // Half of its fifteen letters, and a little.
  expect(Math.max(...places) + 45).toBeLessThanOrEqual(400);
});

const plot = (marks: readonly Mark[]): Picture => ({
  panels: [
    {
      plots: [{ x: { title: 'x', range: [0, 10] }, y: { title: 'y', range: [0, 10] }, height: 200, marks }],
    },
  ],
});

const map: Heatmap = {
  values: [
    [1, null, Infinity],
    [-2, 0, 5],
  ],
  range: [-2, 2],
  diverging: true,
  measure: 'd′',
  columns: { title: 'Unit', names: ['0', '1', '2'] },
  rows: { names: ['a very long name of the first row', 'the second row'] },
  pair: (row, column) => `row ${row}, unit ${column}`,
};

describe('a heatmap', () => {
  it('says each cell to pointer and keyboard, undefined and infinite ones too', () => {
    const chosen: number[][] = [];
    const { find, press, placed } = look(heatmapPicture(map, (column, row) => chosen.push([column, row])));
    const box = placed[0]?.box ?? { left: 0, top: 0, width: 0, height: 0 };
    const at = (column: number, row: number) =>
      find(box.left + ((column + 0.5) / 3) * box.width, box.top + ((row + 0.5) / 2) * box.height);
    expect(at(0, 1)?.lines).toEqual(['row 1, unit 0', '−2.000']);
    expect(at(1, 0)?.lines).toEqual(['row 0, unit 1', 'no value']);
    expect(at(2, 0)?.lines).toEqual(['row 0, unit 2', '∞']);
    const why = (row: number, column: number) => [`none in ${row} ${column}`];
    expect(look(heatmapPicture({ ...map, why })).press('down', 'right')).toEqual([
      'row 0, unit 0\n1.000',
      'row 0, unit 1\nnone in 0 1',
    ]);
    at(2, 1)?.pick?.();
    expect(chosen).toEqual([[2, 1]]);
    expect(press('down', 'down', 'end', 'right')).toEqual([
      'row 0, unit 0\n1.000',
      'row 1, unit 0\n−2.000',
      'row 1, unit 2\n5.000',
      'row 1, unit 2\n5.000',
    ]);
  });

  it('names a row in full beside it, and in files at it', () => {
    const { find, placed, texts } = look(heatmapPicture(map), 320);
    const box = placed[0]?.box;
    expect(find(4, (box?.top ?? 0) + 2)?.lines).toEqual(['a very long name of the first row']);
    expect(texts).not.toContain('a very long name of the first row');
    expect(look(heatmapPicture(map), 320, true).texts).toContain('a very long name of the first row');
  });

  it('names blocks of rows in full where they are high enough, and below the columns under the pointer', () => {
    const blocks = ['retrieval of one document', 'no reversals in context'].map((name, at) => ({
      ...{ at: 2 * at + 0.5, name },
    }));
    const values = Array.from({ length: 4 }, () => [0, 1, 2, 3]);
    const replicates = { ...map, values, columns: { names: ['0', '1', '0', '1'], blocks } };
    const { rows: _, ...square } = replicates;
    const { find, placed, texts } = look(heatmapPicture(square), 500);
    const [first] = placed;
    expect(first?.rows?.blocks.map(({ lines }) => lines)).toEqual([
      ['retrieval of one', 'document'],
      ['no reversals in', 'context'],
    ]);
    expect(texts.filter((text) => text.includes('…'))).toEqual([]);
    const { left = 0, top = 0, width = 0, height = 0 } = first?.box ?? {};
    const [names = 0, outer = 0] = (first?.columns ?? []).map((one) => one.height);
    const below = (y: number) => find(left + 0.7 * width, top + height + y)?.lines;
    expect(below(0.6 * names)).toEqual(['0']);
    expect(below(names + 0.5 * outer)).toEqual(['no reversals in context']);
    expect(below(names + outer + 30)).toBeUndefined();
    expect(find(2, top + 0.2 * height)?.lines).toEqual(['retrieval of one document']);
    expect(find(left - 10, top + 0.2 * height)?.lines).toEqual(['0']);
    // Where blocks are low there is one line for each.
    const low = look(
      heatmapPicture({ ...replicates, rows: replicates.columns, values: values.slice(0, 2) }),
      500,
    );
    expect(low.texts.some((text) => text.includes('…'))).toBe(true);
  });

  it('says which values lie beyond the ends of its colours', () => {
    expect(heatmapPicture(map).scale).toMatchObject({
      undefinedValues: true,
      beyond: { low: false, high: true },
    });
    const rounded = { ...map, values: [[-2 - 4e-16, 0, 2 + 4e-16]] };
    expect(heatmapPicture(rounded).scale?.beyond).toEqual({ low: false, high: false });
  });
});

describe('points', () => {
  const sight: Sight = { of: '' };
  const picked: number[] = [];
  const scatter = (drag: 'lasso' | 'move', enclosed: (points: number[]) => void = () => undefined) =>
    scatterPicture(
      {
        x: [0, 10, 5, NaN],
        y: [0, 0, 10, 5],
        colour: [0, 1, 0, 0],
        shape: [0, 0, 1, 0],
        xTitle: 'PC1',
        yTitle: 'PC2',
        xRange: [0, 10],
        yRange: [0, 10],
        equal: false,
        legend: [],
        selected: [2],
        nameOf: (point) => `stimulus ${point}`,
      },
      { drag, sight, clicked: (point) => picked.push(point), enclosed },
      200,
    );

  it('are found by pointer and keyboard, but for undefined ones', () => {
    const { find, placed, press, stops } = look(scatter('lasso'));
    const at = placed[0]?.at ?? { x: () => 0, y: () => 0 };
    const found = find(at.x(10) - 4, at.y(0) + 4);
    expect(found?.lines).toEqual(['stimulus 1', '10.00, 0.000']);
    found?.pick?.();
    expect(picked).toEqual([1]);
    expect(find(at.x(7), at.y(7))).toBeNull();
    expect(press('first', 'next', 'up', 'next')).toEqual([
      'stimulus 0\n0.000, 0.000',
      'stimulus 1\n10.00, 0.000',
      'stimulus 2\n5.000, 10.00\nselected',
      'stimulus 2\n5.000, 10.00\nselected',
    ]);
    expect(stops.keys).toContain('Enter: select or deselect.');
  });

  it('are enclosed by a lasso, and moved and brought nearer by hand', () => {
    const enclosed: number[][] = [];
    const lasso = scatter('lasso', (points) => enclosed.push(points));
    const layout = layOut(lasso, theme, 600, false);
    const { left, top, width, height } = layout.placed[0]?.box ?? { left: 0, top: 0, width: 0, height: 0 };
    const [right, bottom] = [left + width + 5, top + height + 5];
    handOver(lasso, layout)?.enclosed?.([
      left - 5,
      bottom,
      right,
      bottom,
      right,
      bottom - 50,
      left - 5,
      bottom - 50,
    ]);
    expect(enclosed).toEqual([[0, 1]]);
    const move = scatter('move');
    handOver(move, layOut(move, theme, 600, false))?.zoomed?.(0.5, left + width / 2, top + height / 2);
    expect(sight).toMatchObject({ x: [2.5, 7.5], y: [2.5, 7.5] });
    // What is out of sight is neither drawn nor found.
    expect(look(scatter('move')).press('first')).toEqual(['']);
  });

  it('of a strip are said, the mean is a line and no point', () => {
    const strips = stripsPicture({
      groups: [
        { name: 'no', mean: 1 },
        { name: 'yes', mean: 3 },
      ],
      values: new Float32Array([0, 2, 3]),
      of: [0, 0, 1],
      selected: [2],
      nameOf: (at) => `stimulus ${at}`,
      title: 'Activation',
    });
    const { press, texts, drawn } = look(strips);
    expect(press('first', 'next', 'next', 'next')).toEqual([
      'stimulus 0\n0.000',
      'stimulus 1\n2.000',
      'stimulus 2\n3.000',
      'stimulus 2\n3.000',
    ]);
    expect(texts).toEqual(expect.arrayContaining(['no', 'yes', 'Activation']));
    const rings = drawn.filter(({ name, given }) => name === 'discs' && 'ring' in (given[2] as object));
    expect(rings).toHaveLength(1);
  });
});

describe('intervals', () => {
  it('end at the axis, without a cap where they go on beyond it', () => {
    const lines = (ends: [number, number]): unknown[] =>
      look(plot([{ kind: 'intervals', along: 'x', at: [5], ends: [ends], colour: { classes: 0 }, width: 2 }]))
        .drawn.filter(
          ({ name, given }) =>
            name === 'line' && (given[1] as { colour: string }).colour === palettes.light.categorical[0],
        )
        .map(({ given }) => given[0]);
    expect(lines([2, 8])).toHaveLength(3);
    expect(lines([2, 99])).toHaveLength(2);
    const [bar] = lines([2, 99]) as number[][];
    expect(bar?.[2]).toBe(600 - 14);
  });
});

describe('the overview', () => {
  const interval = (mean: number, values: number[]) => ({
    mean,
    low: mean - 0.1,
    high: mean + 0.1,
    values,
    n: values.length,
    of: values.length,
    kind: 'nominal' as const,
  });
  const network = (name: string) => ({
    name,
    note: '',
    layers: ['hidden1', 'output'],
    runs: [[0, 1]],
    coming: false,
    series: [
      {
        label: 'easy',
        accuracy: interval(0.9, [0.8, 1]),
        chance: 0.5,
        layers: [interval(0.4, [0.3, 0.5]), null],
        seeds: ['seed 0', 'seed 7'],
      },
    ],
  });
  const content = {
    measure: 'Variance explained',
    apart: false,
    labels: ['easy'],
    networks: ['both', 'one'].map(network),
  };

  it('says every replicate and every mean with its interval, by keyboard too', () => {
    const { press } = look(overviewPicture(content, 600));
    const said = press('first', ...Array<Move>(11).fill('next'));
    expect(said.slice(0, 3)).toEqual([
      'both, accuracy of easy, seed 0: 0.800',
      'both, accuracy of easy, seed 7: 1',
      'both, accuracy of easy: mean 0.900 [0.800, 1.000], 2 replicates',
    ]);
    expect(said[5]).toBe('both, hidden1, easy: mean 0.400 [0.300, 0.500], 2 replicates');
    expect(new Set(said).size).toBe(12);
  });

  it('stands in as many columns as have room, and says once what colours are', () => {
    const heads = (page: number) =>
      new Set(look(overviewPicture(content, page), page).heads.map(({ top }) => top)).size;
    expect(heads(600)).toBe(1);
    expect(heads(500)).toBe(2);
    expect(look(overviewPicture(content, 600)).texts.filter((text) => text === 'easy')).toHaveLength(1);
  });

  it('gives the accuracies of many labels that a network does not answer no place, and each its own mark', () => {
    const of = (count: number) => {
      const none = { accuracy: null, chance: null, layers: [null, null] };
      const series = Array.from({ length: count }, (_, at) => {
        const [one] = network('').series;
        return { ...(one as Series), label: `label ${at}`, ...(at === count - 1 ? {} : none) };
      });
      const [panel] = overviewPicture({ ...content, networks: [{ ...network('both'), series }] }, 600).panels;
      const points = panel?.plots[0]?.marks.flatMap((mark) => (mark.kind === 'points' ? [mark] : [])).at(-1);
      return { range: panel?.plots[0]?.x.range, x: points?.x, colour: points?.colour };
    };
    expect(of(4)).toEqual({ range: [-0.5, 3.5], x: [3], colour: { classes: 3 } });
    expect(of(12)).toEqual({ range: [-0.5, 0.5], x: [0], colour: { classes: 11 } });
  });

  it('has a line from layer to layer, and none from a layer to a gradient', () => {
    const [one] = network('').series;
    const series = [
      { ...(one as Series), layers: [0.4, 0.3, 0.2, 0.1].map((mean) => interval(mean, [mean])) },
    ];
    const layers = ['hidden1', 'output', 'hidden1.gradient', 'output.gradient'];
    const runs = runsOf([
      ...(['hidden', 'readout', 'gradient', 'gradient'] as const).map((role) => ({ role })),
    ]);
    const [panel] = overviewPicture(
      { ...content, networks: [{ ...network('both'), layers, runs, series }] },
      600,
    ).panels;
    const lines = panel?.plots[1]?.marks.flatMap((mark) => (mark.kind === 'line' ? [mark.points] : []));
    expect(lines?.map((points) => points.map(({ x }) => x))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('is no wider in a file than its panels', () => {
    const panel = look(overviewPicture({ ...content, networks: [network('both')] }, 900), 900, true);
    expect(panel.width).toBe(620);
  });

  it('says that a network has no accuracy, or none yet', () => {
    const untrained = { ...network('untrained'), series: [] };
    const texts = (coming: boolean) =>
      look(overviewPicture({ ...content, networks: [{ ...untrained, coming }] }, 600)).texts;
    const both = (text: string): string[] => [text, text];
    // Accuracy, and the measure by layer.
    expect(texts(false).filter((text) => text === 'none')).toEqual(both('none'));
    expect(texts(true).filter((text) => text === 'not yet')).toEqual(both('not yet'));
  });

  it('has no place for the accuracy of a recording, and the axis at its measure instead', () => {
    const texts = look(
      overviewPicture({ ...content, networks: [{ ...network('IT'), silent: true }] }, 600),
    ).texts;
    expect(texts).not.toContain('Accuracy');
    expect(texts).toContain('0.5');
  });
});

describe('the differences of two runs', () => {
  const row = {
    ...{
      network: 'easy and hard',
      measure: 'varianceExplained',
      title: 'variance explained',
      layer: 'hidden1',
    },
    ...{ label: 'hard', here: 0.5, there: 0.25, n: [2, 2] as [number, number], difference: 0.25 },
    ...{ low: 0.125, high: 0.375, beyondSeeds: true, hereEnds: null, thereEnds: null },
  };
  const ofPair = { ...row, title: 'Linear CKA, debiased by pairs of units', other: 'hidden2', label: '' };

  it.each([350, 530, 900])('are named in whole words on a page of %i pixels', (page) => {
    const { texts, placed } = look(differencePicture([ofPair, row], lettersIn(page, true)), page);
    const all = texts.join(' ');
    // At a comma, where there is one.
    expect(texts).toContain(page < 400 ? 'variance explained' : 'hard, variance explained');
    expect(all).not.toContain('…');
    for (const name of [
      'Linear CKA, debiased by pairs of units',
      'hard, variance explained',
      'easy and hard',
    ])
      expect(all).toContain(name);
    // The names leave half of the page to what they name.
    expect(placed[0]?.box.width).toBeGreaterThan(0.5 * page - 25);
  });
});

describe('live curves', () => {
  const curve = {
    ...{ source: 'both', point: 0, seed: 3 },
    status: 'training' as const,
    reused: false,
    step: 10,
    totalSteps: 20,
    tasks: ['easy'],
    epochs: [0, 1],
    loss: [0.8, null],
    accuracy: [[0.5, 1]],
  };

  it('say the loss itself, which has a scale of its own, and nothing where there is no number', () => {
    expect(look(livePicture([curve])).press('first', 'right', 'next', 'right')).toEqual([
      'loss, seed 3\nepoch 0: 0.800',
      'loss, seed 3\nepoch 0: 0.800',
      'accuracy, easy, seed 3\nepoch 0: 0.500',
      'accuracy, easy, seed 3\nepoch 1: 1.000',
    ]);
  });

  it('say why there are none', () => {
    const nothing = { ...curve, epochs: [], loss: [], accuracy: [[]] };
    expect(look(livePicture([nothing])).texts).toContain('training');
    expect(look(livePicture([{ ...nothing, status: 'analysing', reused: true }])).texts).toContain(
      'from the store',
    );
  });
});

describe('a legend', () => {
  const entry = (name: string, classes: number): LegendEntry => ({
    name,
    colour: { classes },
    shape: 'disc',
  });
  const names = Array.from({ length: 12 }, (_, at) => `network ${at} with a name that says much`);
  const picture: Picture = {
    ...plot([]),
    legend: [
      { head: 'network', entries: names.map(entry) },
      { head: 'shape', entries: [entry('yes', 0), entry('no', 1)] },
    ],
  };

  it('has the head of each group once, and entries over as many lines as they take', () => {
    const { drawn, texts, placed } = look(picture, 530);
    expect(texts.filter((text) => text === 'network')).toHaveLength(1);
    const entries = drawn.filter(
      ({ name, given }) => name === 'text' && String(given[2]).startsWith('network '),
    );
    expect(entries).toHaveLength(12);
    expect(new Set(entries.map(({ given }) => given[1])).size).toBeGreaterThan(3);
    for (const { given } of entries)
      expect((given[0] as number) + 6 * String(given[2]).length).toBeLessThan(530);
    // The plot is as high as without.
    expect(placed[0]?.box.height).toBe(200);
  });

  it('takes one line where its entries fit, each with the room that it needs', () => {
    const entries = ['a', 'a much longer name', 'b'].map(entry);
    const { drawn } = look({ ...plot([]), legend: [{ entries }] }, 400);
    const places = entries.map(({ name }) => drawn.find(({ given }) => given[2] === name)?.given ?? []);
    expect(new Set(places.map(([, y]) => y)).size).toBe(1);
    expect(Number(places[1]?.[0]) - Number(places[0]?.[0])).toBeLessThan(6 * 'a much longer name'.length);
  });

  it('has whole names in a file, with 12 networks too', () => {
    const { drawn, texts, width } = look(picture, 340, true);
    expect(texts).toEqual(expect.arrayContaining(names));
    for (const { name, given } of drawn)
      if (name === 'text' && String(given[2]).startsWith('network '))
        expect((given[0] as number) + 6 * String(given[2]).length).toBeLessThanOrEqual(width);
  });
});
