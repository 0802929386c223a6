import type { Layers } from '../../experiment/experiment';
import type { BitInputs } from './bit-inputs';
import type { Kernels } from '../../numerics/kernels/signatures';
import type { LayerMemory } from './layer-memory';

/** Dropout of one micro-batch. */
export interface DropoutPass {
  /** `maskSeed` of each hidden layer in this step. */
  readonly seeds: readonly number[];
  /** `dropThreshold`. */
  readonly threshold: number;
  /** 1 / (1 − rate). */
  readonly scale: number;
  /** Row of the batch that is the first of the micro-batch. */
  readonly firstRow: number;
}

/** What passes through the layers of a network at once. */
interface MicroBatch {
  readonly layers: readonly LayerMemory[];
  /** Rows that micro-batches have room for. */
  readonly rows: number;
  /** Octets of rows that this one has. */
  readonly octets: number;
  readonly dropout: DropoutPass | null;
  /** The inputs of the first layer where they are kept as bits; null where they are floats. */
  readonly bits: BitInputs | null;
}

/** Fills the activations, slopes and logits of all layers from the inputs of the first. */
export function forwardPass(
  kernels: Kernels,
  network: Layers,
  { layers, rows, octets, dropout, bits }: MicroBatch,
): void {
  const leak = leakOf(network);
  const last = layers.length - 1;
  layers.forEach((layer, l) => {
    const first = l === 0 ? bits : null;
    if (l === last) product(kernels, layer, octets, first);
    else if (leak !== null && !dropout) rectifiedProduct(kernels, layer, rows, octets, leak, first);
    else {
      const { y, slopes, turnedY, outputs, outputUnits, outputQuads } = layer;
      product(kernels, layer, octets, first);
      activate(kernels, network, y, slopes, octets * outputUnits * 2);
      if (dropout) {
        const { seeds, threshold, scale, firstRow } = dropout;
        kernels.dropout(y, slopes, octets, outputs, outputUnits, firstRow, seeds[l], threshold, scale);
      }
      kernels.octetsToQuads(y, outputUnits, turnedY, rows, octets, outputQuads);
    }
  });
}

/** z = x · W + b. */
function product(kernels: Kernels, layer: LayerMemory, octets: number, bits: BitInputs | null): void {
  const { x, weights, biases, y, inputs, inputUnits, outputUnits, outputQuads } = layer;
  if (bits) bits.forward(octets);
  else kernels.forward(x, weights, biases, y, inputs, inputUnits, outputUnits, octets, outputQuads);
}

/** The same, with an activation function that is linear on both sides of 0 and what follows it. */
function rectifiedProduct(
  kernels: Kernels,
  layer: LayerMemory,
  rows: number,
  octets: number,
  leak: number,
  bits: BitInputs | null,
): void {
  if (bits) {
    bits.forwardRectified(octets, leak);
    return;
  }
  const { x, weights, biases, y, turnedY, slopes, inputs, inputUnits, outputUnits, outputQuads } = layer;
  kernels.forwardRectified(
    x,
    weights,
    biases,
    y,
    inputs,
    inputUnits,
    outputUnits,
    octets,
    outputQuads,
    slopes,
    turnedY,
    rows,
    leak,
  );
}

/** The slope below 0 of a function that is linear on both sides of it; null for smooth ones. */
function leakOf({ activation, leakySlope }: Layers): number | null {
  switch (activation) {
    case 'relu':
      return 0;
    case 'leakyRelu':
      return leakySlope;
    case 'linear':
      return 1;
    case 'tanh':
    case 'gelu':
    case 'sigmoid':
      return null;
  }
}

/** @param count registers of four numbers */
function activate(kernels: Kernels, network: Layers, values: number, slopes: number, count: number): void {
  switch (network.activation) {
    case 'relu':
    case 'leakyRelu':
    case 'linear':
      return kernels.activateRectified(values, slopes, count, leakOf(network) ?? 0);
    case 'tanh':
      return kernels.activateTanh(values, slopes, count);
    case 'gelu':
      return kernels.activateGelu(values, slopes, count);
    case 'sigmoid':
      return kernels.activateSigmoid(values, slopes, count);
  }
}
