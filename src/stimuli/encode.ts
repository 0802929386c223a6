import type { Budget } from '../experiment/budget';
import type { Columns } from '../experiment/evaluate';
import type { Feature, SetName, Stimuli } from '../experiment/experiment';
import { quote } from '../experiment/names';
import { stream } from '../core/stream';
import type { Column } from './column';
import { gaussianMatrix, orthogonalMatrix } from './random-matrix';
import { StimuliError } from './stimuli-error';

/** Writes the input row of one stimulus (row `from` of the columns) to `target`, from `offset` on. Each call draws fresh noise. */
export type Encoder = (columns: Columns, from: number, target: Float32Array, offset: number) => void;

/** Multiplications that take about as long as one step of a budget. */
const PRODUCTS_A_STEP = 16;

/**
 * How features enter the input units, in this order:
 * 1. each feature is coded (0/1 or ±1; Gaussians as they are) and copied, one-hot or projected. A projection's entries
 *    are normal with variance 1 / (values or bits), drawn once for all sets;
 * 2. its units are multiplied by its amplification, then its own noise is added;
 * 3. the embedding, where there is one, mixes all units by a matrix that all sets share;
 * 4. `inputNoise` is added to the units that the networks see.
 * Each projection, the embedding and each feature's noise in each set has a random stream of its own.
 *
 * @param budget pays for the matrices
 */
export function encoder(stimuli: Stimuli, set: SetName, budget: Budget): Encoder {
  budget.take(matrixCost(stimuli));
  const before = unitsBefore(stimuli);
  const units = new Float64Array(before);
  const parts = stimuli.features
    .filter(isVisible)
    .map((feature) => featureEncoder(feature, stimuli.seed, set));
  const names = stimuli.features.filter(isVisible).map((feature) => feature.name);
  const embed = embedding(stimuli, before);
  const outputs = new Float64Array(stimuli.inputUnits);
  const noise = stream('stimuli', stimuli.seed, set, 'input noise');

  return (columns, from, target, offset) => {
    parts.forEach((part, i) => {
      const column = columns.get(names[i]);
      if (!column) throw new Error(`The feature ${quote(names[i])} was not drawn.`);
      part(column, from, units);
    });
    const seen = embed ? embed(units, outputs) : units;
    let sum = 0;
    // Adding 0 turns −0 into 0, so that equal rows have equal bytes.
    for (let i = 0; i < seen.length; i++) {
      const unit = stimuli.inputNoise === 0 ? seen[i] : seen[i] + stimuli.inputNoise * noise.normal();
      target[offset + i] = unit + 0;
      sum += target[offset + i];
    }
    // Finite numbers of single precision have a finite sum in double precision.
    if (!Number.isFinite(sum)) throw overflow(stimuli);
  };
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
  return before + stimuli.inputUnits + products / PRODUCTS_A_STEP;
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

function unitsBefore({ features }: Stimuli): number {
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
    stimuli.inputNoise > 0 || stimuli.features.some((feature) => isVisible(feature) && feature.noise > 0)
  );
}

type FeatureEncoder = (column: Column, from: number, units: Float64Array) => void;

function featureEncoder(feature: Feature, seed: number, set: SetName): FeatureEncoder {
  const [first, end] = feature.inputRange;
  const { amplification, noise } = feature;
  const code = coder(feature);
  const coded = new Float64Array(code.length);
  const spread =
    feature.encoding === 'projection' ? projector(feature, code.length, seed) : copier(feature.units);
  if (feature.encoding !== 'projection' && code.length * feature.units !== end - first) {
    throw new Error(
      `The feature ${quote(feature.name)} fills ${code.length * feature.units} units, not ${end - first}.`,
    );
  }
  const random = stream('stimuli', seed, set, 'noise', feature.name);
  return (column, from, units) => {
    code.write(column, from, coded);
    spread(coded, units, first, end);
    if (amplification !== 1) for (let i = first; i < end; i++) units[i] *= amplification;
    if (noise > 0) for (let i = first; i < end; i++) units[i] += noise * random.normal();
  };
}

interface Coder {
  /** Numbers that a value is coded as. */
  readonly length: number;
  write(column: Column, from: number, coded: Float64Array): void;
}

function coder(feature: Feature): Coder {
  const low = feature.coding === '±1' ? -1 : 0;
  const { width } = feature;
  if (feature.kind === 'real') {
    return {
      length: width,
      write({ values }, from, coded) {
        for (let i = 0; i < width; i++) coded[i] = values[from * width + i];
      },
    };
  }
  const isVector = feature.kind === 'bits' || (feature.kind === 'binary' && feature.encoding === 'copy');
  if (isVector) {
    return {
      length: width,
      write({ values }, from, coded) {
        for (let i = 0; i < width; i++) coded[i] = values[from * width + i] === 0 ? low : 1;
      },
    };
  }
  return {
    length: feature.values.length,
    write({ values }, from, coded) {
      coded.fill(low);
      coded[values[from]] = 1;
    },
  };
}

type Spread = (coded: Float64Array, units: Float64Array, first: number, end: number) => void;

function copier(copies: number): Spread {
  return (coded, units, first) => {
    let at = first;
    for (let i = 0; i < coded.length; i++) for (let copy = 0; copy < copies; copy++) units[at++] = coded[i];
  };
}

function projector(feature: Feature, inputs: number, seed: number): Spread {
  const outputs = feature.inputRange[1] - feature.inputRange[0];
  const matrix = gaussianMatrix(inputs, outputs, stream('stimuli', seed, 'projection', feature.name));
  return (coded, units, first, end) => multiply(coded, matrix, units.subarray(first, end));
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
