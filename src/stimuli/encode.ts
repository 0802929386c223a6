import type { Budget } from '../experiment/budget';
import { columnOf, type Columns } from '../experiment/evaluate';
import type { Feature, SetName, Stimuli } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { stream, type Stream } from '../core/stream';
import { ImageEncoder, imageCost } from './image';
import { gaussianMatrix, orthogonalMatrix } from './random-matrix';
import { StimuliError } from './stimuli-error';

/** Multiplications that take about as long as one step of a budget. */
const PRODUCTS_A_STEP = 16;

/**
 * How features enter the input units, in this order (those that are shown are in the picture, before the units of others):
 * 1. each feature is coded (0/1 or ±1; Gaussians as they are) and copied, one-hot or projected. A projection's entries
 *    are normal with variance 1 / (values or bits), drawn once for all sets;
 * 2. its units are multiplied by its amplification, then its own noise is added;
 * 3. the embedding, where there is one, mixes all units by a matrix that all sets share;
 * 4. `inputNoise` is added to the units that the networks see.
 * Each projection, the embedding and each feature's noise in each set has a random stream of its own.
 */
export class Encoder {
  private readonly units: Float64Array;
  private readonly parts: readonly (FeatureEncoder | ImageEncoder)[];
  private readonly embed: ((inputs: Float64Array, outputs: Float64Array) => Float64Array) | null;
  private readonly outputs: Float64Array;
  private readonly noise: Stream;

  /**
   * @param budget pays for the matrices
   * @throws StimuliError where an embedding is too narrow
   */
  constructor(
    private readonly stimuli: Stimuli,
    set: SetName,
    budget: Budget,
  ) {
    budget.take(matrixCost(stimuli));
    const before = unitsBefore(stimuli);
    this.units = new Float64Array(before);
    const own = stimuli.features.filter((feature) => isVisible(feature) && !feature.shows);
    this.parts = [
      ...(stimuli.image ? [new ImageEncoder(stimuli, stimuli.image, set, this.units)] : []),
      ...own.map((feature) => new FeatureEncoder(feature, stimuli.seed, set, this.units)),
    ];
    this.embed = embedding(stimuli, before);
    this.outputs = new Float64Array(stimuli.inputUnits);
    this.noise = stream('stimuli', stimuli.seed, set, 'input noise');
  }

  /**
   * Says of which columns stimuli are written from now on.
   *
   * @throws Error where a feature's column is missing
   */
  read(columns: Columns): void {
    for (const part of this.parts) part.read(columns);
  }

  /** Writes the input row of the stimulus in a row of the columns to `target`, from `offset` on. Each call draws fresh noise. */
  write(row: number, target: Float32Array, offset: number): void {
    for (let i = 0; i < this.parts.length; i++) this.parts[i].write(row);
    const seen = this.embed ? this.embed(this.units, this.outputs) : this.units;
    const { inputNoise } = this.stimuli;
    let sum = 0;
    // Adding 0 turns −0 into 0, so that equal rows have equal bytes.
    for (let i = 0; i < seen.length; i++) {
      const unit = inputNoise === 0 ? seen[i] : seen[i] + inputNoise * this.noise.normal();
      target[offset + i] = unit + 0;
      sum += target[offset + i];
    }
    // Finite numbers of single precision have a finite sum in double precision.
    if (!Number.isFinite(sum)) throw overflow(this.stimuli);
  }
}

/** Inputs that single precision cannot hold, at what makes them large. */
function overflow({ features, inputNoise }: Stimuli): StimuliError {
  const scales = features.filter(isVisible).flatMap(({ name, amplification, noise }) => [
    { key: 'amplification', of: ` of feature ${quote(name)}`, size: Math.abs(amplification), name },
    { key: 'noise', of: ` of feature ${quote(name)}`, size: noise, name },
  ]);
  const most = [...scales, { key: 'inputNoise', of: '', size: inputNoise, name: null }].reduce((a, b) =>
    b.size > a.size ? b : a,
  );
  return new StimuliError(
    `The inputs of the networks overflow: numbers of single precision end at 3.4e38. Lower ${quote(most.key)}${most.of}.`,
    ['stimuli', ...(most.name === null ? [] : ['features', most.name]), most.key],
  );
}

/** Steps of one input row. */
export function encodingCost(stimuli: Stimuli): number {
  const before = unitsBefore(stimuli);
  const products = stimuli.features
    .filter(({ encoding }) => encoding === 'projection')
    .reduce(
      (sum, { inputRange, units, values, width }) => {
        return sum + (inputRange[1] > inputRange[0] ? units * Math.max(values.length, width) : 0);
      },
      before * (stimuli.embedding?.units ?? 0),
    );
  const drawn = stimuli.image ? imageCost(stimuli.image) : 0;
  return before + stimuli.inputUnits + drawn + products / PRODUCTS_A_STEP;
}

/** Steps of drawing the matrices of projections and of the embedding. */
function matrixCost(stimuli: Stimuli): number {
  const { embedding, features } = stimuli;
  const before = unitsBefore(stimuli);
  const entries = features
    .filter(({ encoding }) => encoding === 'projection')
    .reduce((sum, { units, values, width }) => sum + units * Math.max(values.length, width), 0);
  if (!embedding) return entries;
  const orthogonal = embedding.matrix === 'orthogonal' ? (4 * before * before) / PRODUCTS_A_STEP : 0;
  return entries + (before + orthogonal) * embedding.units;
}

/** Input units before the embedding. */
export function unitsBefore({ features }: Stimuli): number {
  return features.reduce((last, feature) => Math.max(last, feature.inputRange[1]), 0);
}

/** Whether the feature has input units. */
function isVisible(feature: Feature): boolean {
  return feature.inputRange[1] > feature.inputRange[0];
}

/** Whether the feature makes a difference to the inputs. */
export function isCarried(feature: Feature): boolean {
  return isVisible(feature) && feature.amplification !== 0;
}

/** Whether equal features can give unequal input rows. */
export function isNoisy(stimuli: Stimuli): boolean {
  return (
    stimuli.inputNoise > 0 ||
    (stimuli.image !== undefined && stimuli.image.jitter > 0) ||
    stimuli.features.some((feature) => isVisible(feature) && feature.noise > 0)
  );
}

/** Writes the units of one feature. */
class FeatureEncoder {
  /** What the feature's column has. */
  private values: Float32Array = new Float32Array(0);
  private readonly units: Float64Array;
  /** The numbers that a value is coded as; what goes to one unit each is written there. */
  private readonly coded: Float64Array;
  private readonly matrix: Float64Array | null;
  private readonly random: Stream;
  private readonly low: number;

  /** @param all input units of all features */
  constructor(
    private readonly feature: Feature,
    seed: number,
    set: SetName,
    all: Float64Array,
  ) {
    const { name, inputRange, encoding, coding, width, values } = feature;
    this.units = all.subarray(...inputRange);
    const { length } = this.units;
    const numbers = isOneHot(feature) ? values.length : width;
    const isProjected = encoding === 'projection';
    if (!isProjected && numbers * feature.units !== length) {
      throw new Error(`The feature ${quote(name)} fills ${numbers * feature.units} units, not ${length}.`);
    }
    this.coded = numbers === length && !isProjected ? this.units : new Float64Array(numbers);
    this.matrix = isProjected
      ? gaussianMatrix(numbers, length, stream('stimuli', seed, 'projection', name))
      : null;
    this.random = stream('stimuli', seed, set, 'noise', name);
    this.low = coding === '±1' ? -1 : 0;
  }

  read(columns: Columns): void {
    this.values = columnOf(columns, this.feature.name).values;
  }

  /** Writes the units of the stimulus in a row of the column. */
  write(row: number): void {
    const { feature, units, coded, matrix, random } = this;
    this.code(row);
    if (matrix) multiply(coded, matrix, units);
    else if (coded !== units) copy(coded, units);
    const { amplification, noise } = feature;
    if (amplification !== 1) for (let i = 0; i < units.length; i++) units[i] *= amplification;
    if (noise > 0) for (let i = 0; i < units.length; i++) units[i] += noise * random.normal();
  }

  private code(row: number): void {
    const { feature, values, coded, low } = this;
    const { kind, width } = feature;
    if (isOneHot(feature)) {
      coded.fill(low);
      coded[values[row]] = 1;
    } else if (kind === 'real') for (let i = 0; i < width; i++) coded[i] = values[row * width + i];
    else for (let i = 0; i < width; i++) coded[i] = values[row * width + i] === 0 ? low : 1;
  }
}

/** Whether each value of a feature has a number of its own in its code. */
function isOneHot({ kind, encoding }: Feature): boolean {
  return kind === 'categorical' || (kind === 'binary' && encoding !== 'copy');
}

/** Writes each number to as many units as it has, side by side. */
function copy(coded: Float64Array, units: Float64Array): void {
  const copies = units.length / coded.length;
  let at = 0;
  for (let i = 0; i < coded.length; i++) for (let one = 0; one < copies; one++) units[at++] = coded[i];
}

function embedding(stimuli: Stimuli, before: number) {
  if (!stimuli.embedding) return null;
  const { units, matrix: kind } = stimuli.embedding;
  if (kind === 'orthogonal' && before > units) {
    throw new StimuliError(
      `An orthogonal embedding needs at least as many units as the features have (${before}). Raise 'units' or use 'gaussian'.`,
      ['stimuli', 'embedding', 'units'],
    );
  }
  const make = kind === 'orthogonal' ? orthogonalMatrix : gaussianMatrix;
  const matrix = make(before, units, stream('stimuli', stimuli.seed, 'embedding'));
  return (inputs: Float64Array, outputs: Float64Array) => multiply(inputs, matrix, outputs);
}

/** outputs = inputs · matrix (inputs × outputs, row-major). */
function multiply(inputs: Float64Array, matrix: Float64Array, outputs: Float64Array): Float64Array {
  const width = outputs.length;
  outputs.fill(0);
  for (let i = 0; i < inputs.length; i++) {
    const value = inputs[i];
    if (value === 0) continue;
    for (let j = 0, at = i * width; j < width; j++, at++) outputs[j] += value * matrix[at];
  }
  return outputs;
}
