import type { LayerLayout } from '../layout';
import type { Parameters } from '../engine';
import type { Workspace } from '../../numerics/kernels/workspace';

/** Bytes of a float32. */
const FLOAT = 4;

/** Where one layer's matrices are in a workspace, by address; `assembly/layout.ts` describes the layouts. */
export interface LayerMemory {
  readonly inputs: number;
  readonly outputs: number;
  /** Padded to multiples of 8. */
  readonly inputUnits: number;
  readonly outputUnits: number;
  readonly inputQuads: number;
  readonly outputQuads: number;
  readonly outputOctets: number;
  /** Output quads. */
  readonly weights: number;
  /** Input quads. */
  readonly turnedWeights: number;
  readonly biases: number;
  /** The layer's inputs, batch octets and unit quads: the outputs of the layer before. */
  readonly x: number;
  readonly turnedX: number;
  /** Its outputs after the activation function, batch octets and unit quads; the output layer's logits. */
  readonly y: number;
  readonly turnedY: number;
  /** Derivative of the activation function, batch octets. */
  readonly slopes: number;
}

/** What training needs of a layer besides. */
export interface TrainedLayerMemory extends LayerMemory {
  /** Gradient of the loss with respect to the layer's outputs before the activation function: batch octets, unit octets. */
  readonly delta: number;
  readonly turnedDelta: number;
  /** Tiles; biases: one number per output. The same holds for the moments. */
  readonly gradient: number;
  readonly biasGradient: number;
  readonly firstMoment: number;
  readonly biasFirstMoment: number;
  readonly secondMoment: number;
  readonly biasSecondMoment: number;
}

/** The next multiple of 8. */
export function padded(units: number): number {
  return Math.ceil(units / 8) * 8;
}

/**
 * Reserves the matrices of a forward pass.
 *
 * @param rows rows of a micro-batch, a multiple of 8
 */
export function reserveLayers(
  workspace: Workspace,
  layers: readonly LayerLayout[],
  rows: number,
): LayerMemory[] {
  const floats = (count: number): number => workspace.reserve(count * FLOAT);
  let x = floats(rows * padded(layers[0].inputs));
  let turnedX = floats(rows * padded(layers[0].inputs));
  return layers.map(({ inputs, outputs }) => {
    const inputUnits = padded(inputs);
    const outputUnits = padded(outputs);
    const memory = {
      inputs,
      outputs,
      inputUnits,
      outputUnits,
      inputQuads: Math.ceil(inputs / 4),
      outputQuads: Math.ceil(outputs / 4),
      outputOctets: Math.ceil(outputs / 8),
      weights: floats(inputUnits * outputUnits),
      turnedWeights: floats(inputUnits * outputUnits),
      biases: floats(outputUnits),
      x,
      turnedX,
      y: floats(rows * outputUnits),
      turnedY: floats(rows * outputUnits),
      slopes: floats(rows * outputUnits),
    };
    x = memory.y;
    turnedX = memory.turnedY;
    return memory;
  });
}

/** Reserves what training needs besides. */
export function reserveTraining(
  workspace: Workspace,
  layers: readonly LayerMemory[],
  rows: number,
): TrainedLayerMemory[] {
  const floats = (count: number): number => workspace.reserve(count * FLOAT);
  return layers.map((layer) => {
    const weights = layer.inputUnits * layer.outputUnits;
    return {
      ...layer,
      delta: floats(rows * layer.outputUnits),
      turnedDelta: floats(rows * layer.outputUnits),
      gradient: floats(weights),
      biasGradient: floats(layer.outputUnits),
      firstMoment: floats(weights),
      biasFirstMoment: floats(layer.outputUnits),
      secondMoment: floats(weights),
      biasSecondMoment: floats(layer.outputUnits),
    };
  });
}

/** The optimiser's state is as it was before the first step. */
export function clearMoments({ floats }: Workspace, layers: readonly TrainedLayerMemory[]): void {
  for (const layer of layers) {
    const weights = layer.inputUnits * layer.outputUnits;
    for (const [at, count] of [
      [layer.firstMoment, weights],
      [layer.biasFirstMoment, layer.outputUnits],
      [layer.secondMoment, weights],
      [layer.biasSecondMoment, layer.outputUnits],
    ])
      floats.fill(0, at / FLOAT, at / FLOAT + count);
  }
}

/** Writes parameters into both layouts of the layers' weights, and their biases. */
export function loadParameters(
  { floats }: Workspace,
  layers: readonly LayerMemory[],
  layouts: readonly LayerLayout[],
  parameters: Parameters,
): void {
  layers.forEach((layer, l) => {
    const { inputs, outputs, inputUnits, outputUnits } = layer;
    const { weights, biases } = layouts[l];
    const quads = layer.weights / FLOAT;
    const turned = layer.turnedWeights / FLOAT;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        const weight = parameters[weights + i * outputs + o];
        floats[quads + ((o >> 2) * inputUnits + i) * 4 + (o & 3)] = weight;
        floats[turned + ((i >> 2) * outputUnits + o) * 4 + (i & 3)] = weight;
      }
    }
    floats.set(parameters.subarray(biases, biases + outputs), layer.biases / FLOAT);
  });
}

/** Reads parameters from the layers' weights and biases. */
export function storeParameters(
  { floats }: Workspace,
  layers: readonly LayerMemory[],
  layouts: readonly LayerLayout[],
  parameters: Parameters,
): void {
  layers.forEach((layer, l) => {
    const { inputs, outputs, inputUnits } = layer;
    const { weights, biases } = layouts[l];
    const quads = layer.weights / FLOAT;
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        parameters[weights + i * outputs + o] = floats[quads + ((o >> 2) * inputUnits + i) * 4 + (o & 3)];
      }
    }
    parameters.set(floats.subarray(layer.biases / FLOAT, layer.biases / FLOAT + outputs), biases);
  });
}

/**
 * Copies rows of inputs for `gather`: each padded to a multiple of 8 numbers.
 *
 * @param data rows × inputs, row-major
 */
export function loadInputs({ floats }: Workspace, address: number, data: Float32Array, inputs: number): void {
  const units = padded(inputs);
  if (units === inputs) {
    floats.set(data, address / FLOAT);
    return;
  }
  for (let from = 0, to = address / FLOAT; from < data.length; from += inputs, to += units) {
    floats.set(data.subarray(from, from + inputs), to);
  }
}
