import { columnOf, type Columns } from '../experiment/evaluate';
import type { Feature, ImageProperty, SetName, Stimuli } from '../experiment/experiment';
import { IMAGE_WORDS } from '../experiment/image';
import type { Matrix } from '../core/matrix';
import { stream, type Stream } from '../core/stream';

/** What an object looks like: the place of each property's word. */
type Look = Readonly<Record<ImageProperty, number>>;

/** Where an object is: its middle from that of the picture (right, down), and by what it is larger, the first two in shares of the side. */
interface Pose {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

type Image = NonNullable<Stimuli['image']>;

/** Places in a pixel, along each side, whose mean it is. */
const SAMPLES = 4;
/** Places that take about as long as one step of a budget. */
const PLACES_A_STEP = 4;
/** Radius of a circle, of each word for the size, in shares of the side. */
const RADII = [0.28, 0.2, 0.36];
/** How far from the middle an object is that is not in the centre. */
const ASIDE = 0.18;
/** What of an object is dark has this share of its colour. */
const DARK = 0.25;
/** No shape reaches further from its middle, in radii of the circle of its area. */
const REACH = 1.6;

const STILL: Pose = { x: 0, y: 0, scale: 1 };

type Inside = (x: number, y: number) => boolean;

/** In an order round the shape; x to the right, y upwards. */
type Corners = readonly (readonly [number, number])[];

const star: Corners = [
  [0, 1.5413],
  [-0.4077, 0.5611],
  [-1.4658, 0.4763],
  [-0.6596, -0.2143],
  [-0.9059, -1.2469],
  [0, -0.6936],
  [0.9059, -1.2469],
  [0.6596, -0.2143],
  [1.4658, 0.4763],
  [0.4077, 0.5611],
];
const arrow: Corners = [
  [1.4167, 0],
  [0.1529, 1.2638],
  [0.1529, 0.517],
  [-1.3406, 0.517],
  [-1.3406, -0.517],
  [0.1529, -0.517],
  [0.1529, -1.2638],
];

/** Whether a place is in the shape, by its word. Each has the area π of the circle, and its middle (centroid) about the origin. */
const SHAPES: readonly Inside[] = [
  (x, y) => x * x + y * y <= 1,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.8862,
  (x, y) => y >= -0.7776 && 1.7320508 * Math.abs(x) <= 1.5551 - y,
  (x, y) => Math.abs(x) + Math.abs(y) <= 1.2533,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.3963 && Math.max(Math.abs(x), Math.abs(y)) <= 1.189,
  (x, y) => x * x + y * y <= 1.5625 && x * x + y * y >= 0.5625,
  inCorners(star),
  (x, y) => {
    const [u, v] = [x * 1.07966, y * 1.07966 + 0.2935];
    const w = u * u + v * v - 1;
    return w * w * w <= u * u * v * v * v;
  },
  (x, y) => {
    const [u, v] = [x * 0.69775 - 0.386, y * 0.69775];
    return u * u + v * v <= 1 && (u - 0.5) * (u - 0.5) + v * v > 0.64;
  },
  inCorners(arrow),
];

/** Red, green and blue of each word. */
const COLOURS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 0, 0],
  [1, 0.5, 0],
  [1, 1, 0],
  [0, 0.8, 0],
  [0, 1, 1],
  [0, 0.2, 1],
  [0.6, 0, 1],
  [1, 0.5, 0.8],
  [0.5, 0.5, 0.5],
];

/** How bright a place of the object is, from 0 (dark) to 1, by the word. */
const TEXTURES: readonly ((x: number, y: number) => number)[] = [
  () => 1,
  (x, y) => light(isEven(x / 0.55) === isEven(y / 0.55)),
  (_, y) => light(isEven(y / 0.4)),
  (x) => light(isEven(x / 0.4)),
  (x, y) => light(isEven((x + y) / 0.6)),
  (x, y) => {
    const [u, v] = [fraction(x / 0.8) - 0.5, fraction(y / 0.8) - 0.5];
    return light(u * u + v * v > 0.1);
  },
  (x, y) => light(fraction(x / 0.7 + 0.5) > 0.35 && fraction(y / 0.7 + 0.5) > 0.35),
  (x, y) => light(isEven(Math.sqrt(x * x + y * y) / 0.35)),
  (_, y) => light(y > 0),
  (x) => Math.min(1, Math.max(0, 0.5 + 0.4 * x)),
];

/** Of each word for a place: how far to the right, and down. */
const PLACES: readonly (readonly [number, number])[] = [
  [0, 0],
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
];

/** Writes the pictures of stimuli, each from the values of the features that are shown; where and how large the object is has a random stream of its own in each set. */
export class ImageEncoder {
  private readonly pixels: Float64Array;
  private readonly features: readonly Feature[];
  private columns: readonly Float32Array[] = [];
  private readonly random: Stream;
  private readonly look: Record<ImageProperty, number>;

  /** @param all input units of all features: the picture is the first of them */
  constructor(
    { features, seed }: Stimuli,
    private readonly image: Image,
    set: SetName,
    all: Float64Array,
  ) {
    this.features = features.filter(({ shows }) => shows);
    this.pixels = all.subarray(0, image.size ** 2 * 3);
    this.random = stream('stimuli', seed, set, 'image');
    this.look = plainLook();
  }

  read(columns: Columns): void {
    this.columns = this.features.map(({ name }) => columnOf(columns, name).values);
  }

  write(row: number): void {
    const { image, look, random } = this;
    this.features.forEach((feature, at) => {
      if (feature.shows) look[feature.shows] = placeOf(feature, this.columns[at][row]);
    });
    const { jitter } = image;
    const within = (): number => jitter * (2 * random.uniform() - 1);
    const pose = jitter > 0 ? { x: within(), y: within(), scale: 1 + within() } : STILL;
    drawObject(look, image.size, this.pixels, pose);
  }
}

/** What an object looks like that no feature says anything of. */
function plainLook(): Record<ImageProperty, number> {
  return { shape: 0, colour: 0, texture: 0, size: 0, place: 0 };
}

function placeOf({ shows, values }: Feature, value: number): number {
  return shows ? IMAGE_WORDS[shows].indexOf(values[value]) : 0;
}

/** The look of an object for which one feature has a value. */
export function lookOf(feature: Feature, value: number): Look {
  const look = plainLook();
  if (feature.shows) look[feature.shows] = placeOf(feature, value);
  return look;
}

/**
 * Draws an object on black.
 *
 * @param size pixels of a side
 * @param pixels size × size × 3, row-major from the top left: red, green and blue from 0 to 1, which are overwritten
 */
export function drawObject(look: Look, size: number, pixels: Float64Array, pose: Pose = STILL): void {
  const inside = SHAPES[look.shape];
  const texture = TEXTURES[look.texture];
  const colour = COLOURS[look.colour];
  const radius = RADII[look.size] * pose.scale * size;
  const [right, down] = PLACES[look.place];
  const [middleX, middleY] = [(0.5 + right * ASIDE + pose.x) * size, (0.5 + down * ASIDE + pose.y) * size];
  pixels.fill(0);
  const within = (middle: number): [number, number] => [
    Math.max(0, Math.floor(middle - REACH * radius)),
    Math.min(size, Math.ceil(middle + REACH * radius)),
  ];
  const [left, end] = within(middleX);
  const [top, bottom] = within(middleY);
  for (let row = top; row < bottom; row++)
    for (let column = left; column < end; column++) {
      let bright = 0;
      for (let i = 0; i < SAMPLES; i++)
        for (let j = 0; j < SAMPLES; j++) {
          const x = (column + (j + 0.5) / SAMPLES - middleX) / radius;
          const y = (middleY - row - (i + 0.5) / SAMPLES) / radius;
          if (inside(x, y)) bright += DARK + (1 - DARK) * texture(x, y);
        }
      const share = bright / SAMPLES ** 2;
      const at = (row * size + column) * 3;
      for (let channel = 0; channel < 3; channel++) pixels[at + channel] = share * colour[channel];
    }
}

/**
 * The pictures of stimuli, as networks see them: noise is cut off at black and white.
 *
 * @param inputs stimuli × input units
 * @returns stimuli × size × size × 3 bytes; undefined where stimuli are no pictures, or mixed by an embedding
 */
export function imagesOf(
  { image, embedding }: Stimuli,
  { rows, cols, data }: Matrix,
): { size: number; pixels: Uint8Array } | undefined {
  if (!image || embedding) return undefined;
  const units = image.size ** 2 * 3;
  const pixels = new Uint8Array(rows * units);
  for (let row = 0; row < rows; row++)
    for (let at = 0; at < units; at++)
      pixels[row * units + at] = Math.round(255 * Math.min(1, Math.max(0, data[row * cols + at])));
  return { size: image.size, pixels };
}

/** Steps of drawing a picture. */
export function imageCost({ size }: Image): number {
  return (size * SAMPLES) ** 2 / PLACES_A_STEP;
}

/** By the crossings of a ray to the right. */
function inCorners(corners: Corners): Inside {
  return (x, y) => {
    let inside = false;
    for (let at = 0, before = corners.length - 1; at < corners.length; before = at++) {
      const [x1, y1] = corners[at];
      const [x2, y2] = corners[before];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    return inside;
  };
}

function light(is: boolean): number {
  return is ? 1 : 0;
}

function isEven(x: number): boolean {
  return Math.floor(x) % 2 === 0;
}

function fraction(x: number): number {
  return x - Math.floor(x);
}
