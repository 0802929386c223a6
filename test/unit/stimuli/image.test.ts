import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { describeSubject } from '../../../src/language/describe-subject';
import { IMAGE_WORDS } from '../../../src/experiment/image';
import type { FeatureSpec, ImageProperty, ImageSpec } from '../../../src/experiment/file';
import { readExperiment } from '../../../src/sources/read-experiment';
import { drawStimuli } from '../../../src/stimuli/draw-stimuli';
import { drawObject, imagesOf } from '../../../src/stimuli/image';
import { linearity } from '../../../src/stimuli/tasks/linearity';
import { pearson, valuesOf } from './builder';

const shape: FeatureSpec = { values: ['circle', 'square', 'star'], shows: 'shape' };
const colour: FeatureSpec = { values: ['red', 'cyan'], shows: 'colour' };

function text(
  features: Record<string, FeatureSpec>,
  image: ImageSpec | undefined,
  more: object = {},
): string {
  const [[name, of]] = Object.entries(features);
  return JSON.stringify({
    stimuli: { ...(image ? { image } : {}), features, train: 64, fit: 16, test: 16, ...more },
    tasks: { one: 'values' in of ? `${name} == ${of.values[0]}` : `${name}[0]` },
    network: { hidden: [4] },
    networks: { net: {} },
  });
}

function sets(features: Record<string, FeatureSpec>, image: ImageSpec, more: object = {}) {
  const { experiment, problems } = readExperiment(text(features, image, more));
  if (!experiment) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { experiment, ...drawStimuli(experiment) };
}

const problemsOf = (features: Record<string, FeatureSpec>, image?: ImageSpec) =>
  readExperiment(text(features, image)).problems.map(({ code, message }) => `${code}: ${message}`);

function drawn(look: Partial<Record<ImageProperty, number>>, size: number): Float64Array {
  const pixels = new Float64Array(size * size * 3);
  drawObject({ shape: 0, colour: 0, texture: 0, size: 0, place: 0, ...look }, size, pixels);
  return pixels;
}

/** Brightness of each pixel's channel, with its place from the middle. */
function moments(pixels: Float64Array, size: number) {
  let [mass, x, y] = [0, 0, 0];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const bright = pixels[(row * size + column) * 3];
      mass += bright;
      x += bright * (column + 0.5 - size / 2);
      y += bright * (row + 0.5 - size / 2);
    }
  return { mass, x: x / mass, y: y / mass };
}

describe('an object', () => {
  it.each(IMAGE_WORDS.shape.map((name, at) => [name, at] as const))(
    '%s has the area of the circle, about the same middle',
    (_, at) => {
      const { mass, x, y } = moments(drawn({ shape: at }, 32), 32);
      expect(Math.abs(mass / (Math.PI * (0.28 * 32) ** 2) - 1)).toBeLessThan(0.02);
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(0.2);
    },
  );

  it('looks different for every two words of a property', () => {
    for (const [property, words] of Object.entries(IMAGE_WORDS)) {
      const pictures = words.map((_, at) => drawn({ [property]: at }, 12).join());
      expect(new Set(pictures).size, property).toBe(words.length);
    }
  });

  it('is as large as its word says, and where it says', () => {
    const of = (look: Partial<Record<ImageProperty, number>>) => moments(drawn(look, 32), 32);
    const [medium, small, large] = IMAGE_WORDS.size.map((_, size) => of({ size }).mass);
    expect(small / medium).toBeCloseTo((0.2 / 0.28) ** 2, 1);
    expect(large / medium).toBeCloseTo((0.36 / 0.28) ** 2, 1);
    const place = of({ size: 1, place: IMAGE_WORDS.place.indexOf('top right') });
    expect(place.x).toBeCloseTo(0.18 * 32, 1);
    expect(place.y).toBeCloseTo(-0.18 * 32, 1);
  });

  it('has its colour in proportion, from 0 to 1', () => {
    const pixels = drawn({ colour: IMAGE_WORDS.colour.indexOf('orange'), texture: 1 }, 12);
    for (let at = 0; at < pixels.length; at += 3) {
      expect(pixels[at + 1]).toBe(pixels[at] / 2);
      expect(pixels[at + 2]).toBe(0);
      expect(pixels[at]).toBeGreaterThanOrEqual(0);
      expect(pixels[at]).toBeLessThanOrEqual(1);
    }
  });
});

describe('pictures as stimuli', () => {
  it('are drawn from features by their values, and agreement works on them unchanged', () => {
    const { experiment, train } = sets(
      { shape, colour: { ...colour, agrees: { with: 'shape == circle', probability: 1 } } },
      { jitter: 0.1 },
      { train: 512 },
    );
    expect(experiment.stimuli.inputUnits).toBe(12 * 12 * 3);
    const red = Float32Array.from({ length: 512 }, (_, row) => {
      const pixels = train.inputs.data.subarray(row * 432, (row + 1) * 432);
      return pixels.some((value, at) => at % 3 === 0 && value > 0) ? 0 : 1;
    });
    expect(pearson(red, valuesOf(train, 'colour'))).toBeCloseTo(1, 10);
    expect(
      pearson(
        red,
        Float32Array.from(valuesOf(train, 'shape'), (value) => (value === 0 ? 1 : 0)),
      ),
    ).toBeCloseTo(1, 10);
  });

  it('of the same features are the same without jitter, and else moved no further than it says', () => {
    const still = sets(
      { shape, colour },
      { jitter: 0 },
      { enumerate: true, train: undefined, fit: undefined, test: undefined },
    );
    const look = {
      shape: valuesOf(still.test, 'shape')[0],
      colour: valuesOf(still.test, 'colour')[0] === 0 ? 1 : 5,
    };
    const first = still.test.inputs.data.subarray(0, 432);
    const names = ['circle', 'square', 'star'];
    expect([...first]).toEqual([
      ...Float32Array.from(drawn({ ...look, shape: IMAGE_WORDS.shape.indexOf(names[look.shape]) }, 12)),
    ]);

    const { test } = sets(
      {
        colour: { values: ['white', 'red'], shows: 'colour' },
        size: { values: ['small', 'medium'], shows: 'size', prevalence: 0 },
      },
      { size: 32, jitter: 0.1 },
      { test: 200 },
    );
    const found = Array.from({ length: 200 }, (_, row) =>
      moments(Float64Array.from(test.inputs.data.subarray(row * 3072, (row + 1) * 3072)), 32),
    );
    const right = found.map(({ x }) => x / 32);
    expect(Math.max(...right.map(Math.abs))).toBeLessThan(0.101);
    expect(Math.max(...right)).toBeGreaterThan(0.08);
    expect(Math.min(...right)).toBeLessThan(-0.08);
    const area = found.map(({ mass }) => Math.sqrt(mass / Math.PI) / (0.2 * 32));
    expect(Math.max(...area)).toBeLessThan(1.11);
    expect(Math.min(...area)).toBeGreaterThan(0.89);
  });

  it('come before the units of features that are not shown, and are what a page is told of them', () => {
    const { experiment, test } = sets({ shape, bits: { bits: 3 } }, { size: 8 });
    expect(experiment.stimuli.features.map(({ inputRange }) => inputRange)).toEqual([
      [0, 192],
      [192, 195],
    ]);
    const images = imagesOf(experiment.stimuli, test.inputs);
    expect(images?.size).toBe(8);
    expect([...(images?.pixels ?? [])].slice(0, 192)).toEqual(
      Array.from(test.inputs.data.subarray(0, 192), (value) => Math.round(value * 255)),
    );
    const [first, second] = [0, 1].map((row) => [
      ...test.inputs.data.subarray(row * 195 + 192, (row + 1) * 195),
    ]);
    expect([first, second].flat()).toEqual([...valuesOf(test, 'bits').slice(0, 6)]);
  });

  it('say nothing of what is linear in them', () => {
    const { experiment } = sets({ shape, colour }, {});
    expect(linearity(experiment, experiment.tasks[0])).toEqual({ kind: 'shown' });
  });
});

describe('what is wrong', () => {
  it.each([
    [
      { shape },
      undefined,
      /^no-image: 'shape' shows its value in a picture, but 'stimuli' have none\. Add "image": \{\}/,
    ],
    [{ bits: { bits: 4 } }, {}, /^no-image: No feature is shown in the picture\. Add 'shows' to one/],
    [{ shape, other: shape }, {}, /^duplicate-name: 'shape' shows the shape already/],
    [
      { shape: { values: ['circle', 'sqare'], shows: 'shape' } },
      {},
      /^unknown-value: 'sqare' is no shape.*'square'/,
    ],
    [
      { shape: { ...shape, units: 4 } },
      {},
      /^no-effect: 'units' is of features with input units of their own/,
    ],
    [{ shape }, { size: 4 }, /size/],
  ] as [Record<string, FeatureSpec>, ImageSpec | undefined, RegExp][])('%j', (features, image, message) => {
    expect(problemsOf(features, image)[0]).toMatch(message);
  });
});

it('shows in a hover what the values of a feature look like', () => {
  const { outline, reading } = parseExperiment(text({ shape, bits: { bits: 3 } }, {}));
  const context = { experiment: reading.experiment, outline, known: null, theme: 'light', now: 0 } as const;
  const hover = (name: string): string =>
    describeSubject({ kind: 'feature', name, span: { start: 0, end: 1 } }, context) ?? '';
  expect(hover('shape')).toContain('](data:image/svg+xml;base64,');
  expect(hover('shape')).toContain('shape: circle, square, star');
  expect(hover('bits')).not.toContain('data:image');
});
