import type { Stack } from '../experiment/experiment';
import type { Initializer } from '../experiment/file';
import { stream, type Stream } from '../core/stream';
import type { Parameters } from './engine';
import { layout, parameterCount } from './layout';

/**
 * The initial parameters of one replicate, the same for both engines. All draws come from `stream('weights', network's
 * name, seed)`: layer by layer, weights in row-major order, then biases where they are drawn. Drawn in float64, multiplied
 * by `initialScale` (weights only), rounded to float32.
 *
 * @param inputs input units
 * @param outputs output units, all heads together
 */
export function initialize(network: Stack, seed: number, inputs: number, outputs: number): Parameters {
  const random = stream('weights', network.name, seed);
  const layers = layout(network, inputs, outputs);
  const parameters = new Float32Array(parameterCount(layers));
  for (const layer of layers) {
    const weights = drawWeights(network.initializer, layer.inputs, layer.outputs, random);
    for (let i = 0; i < weights.length; i++)
      parameters[layer.weights + i] = weights[i] * network.initialScale;
    if (network.initializer === 'pytorch')
      for (let i = 0; i < layer.outputs; i++)
        parameters[layer.biases + i] = symmetric(random, 1 / Math.sqrt(layer.inputs));
  }
  return parameters;
}

/** Weights of one layer, fan-in × fan-out, row-major. The definitions are those of Keras, and of torch.nn.Linear for `pytorch`. */
function drawWeights(initializer: Initializer, fanIn: number, fanOut: number, random: Stream): Float64Array {
  const average = (fanIn + fanOut) / 2;
  const uniform = (variance: number): Float64Array => {
    const limit = Math.sqrt(3 * variance);
    return draw(fanIn * fanOut, () => symmetric(random, limit));
  };
  const normal = (variance: number): Float64Array => {
    const deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
    return draw(fanIn * fanOut, () => deviation * truncatedNormal(random));
  };
  switch (initializer) {
    case 'varianceScaling':
    case 'glorotNormal':
      return normal(1 / average);
    case 'glorotUniform':
      return uniform(1 / average);
    case 'heNormal':
      return normal(2 / fanIn);
    case 'heUniform':
      return uniform(2 / fanIn);
    case 'lecunNormal':
      return normal(1 / fanIn);
    case 'lecunUniform':
      return uniform(1 / fanIn);
    case 'pytorch':
      return uniform(1 / (3 * fanIn));
    case 'orthogonal':
      return orthogonal(fanIn, fanOut, random);
  }
}

/** Standard deviation of a standard normal that is truncated at ±2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/** Standard normal; values beyond ±2 are drawn again. */
function truncatedNormal(random: Stream): number {
  let value = random.normal();
  while (Math.abs(value) > 2) value = random.normal();
  return value;
}

/** Uniform in [−limit, limit). */
function symmetric(random: Stream, limit: number): number {
  return (2 * random.uniform() - 1) * limit;
}

function draw(count: number, next: () => number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = next();
  return values;
}

/**
 * A matrix with orthonormal columns, or rows where there are fewer of them, uniform over all such matrices: Gram–Schmidt on
 * Gaussian vectors, which is the QR decomposition with a positive diagonal. Each vector is orthogonalised twice against
 * rounding.
 */
function orthogonal(rows: number, cols: number, random: Stream): Float64Array {
  const count = Math.min(rows, cols);
  const length = Math.max(rows, cols);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = draw(length, () => random.normal());
    for (let pass = 0; pass < 2; pass++)
      for (const other of vectors) {
        const overlap = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i] -= overlap * other[i];
      }
    const norm = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i] /= norm;
    vectors.push(vector);
  }
  const matrix = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; j++) matrix[i * cols + j] = rows >= cols ? vectors[j][i] : vectors[i][j];
  return matrix;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
