import type { Parameters } from '../../training/engine';
import { layout, parameterCount } from '../../training/layout';
import type { Program } from '../program';

/** A layer's weights in double precision, in which they are changed. */
export interface LayerWeights {
  readonly inputs: number;
  /** Inputs × outputs. */
  readonly weights: Float64Array;
  /** One an output. */
  readonly biases: Float64Array;
}

/** A unit of a hidden layer: what it reads, and what reads it. */
export interface Unit {
  /** One weight an input, and at last its bias. */
  readonly incoming: Float64Array;
  /** One weight an output of the next layer. */
  readonly outgoing: Float64Array;
}

/** The weights of each layer, the readout's last. */
export function weightsOf({ network, outputs, parameters }: Program, inputs: number): LayerWeights[] {
  return layout(network, inputs, outputs).map((layer) => ({
    inputs: layer.inputs,
    weights: Float64Array.from(parameters.subarray(layer.weights, layer.biases)),
    biases: Float64Array.from(parameters.subarray(layer.biases, layer.biases + layer.outputs)),
  }));
}

/** The same program with other weights, rounded to single precision. */
export function withWeights(program: Program, layers: readonly LayerWeights[]): Program {
  const hidden = layers.slice(0, -1).map(({ biases }) => biases.length);
  const network = { ...program.network, hidden };
  const places = layout(network, layers[0].inputs, program.outputs);
  const parameters: Parameters = new Float32Array(parameterCount(places));
  layers.forEach(({ weights, biases }, at) => {
    parameters.set(weights, places[at].weights);
    parameters.set(biases, places[at].biases);
  });
  return { ...program, network, parameters };
}

/** The units of a hidden layer, in order. */
export function unitsOf({ inputs, weights, biases }: LayerWeights, next: LayerWeights): Unit[] {
  const width = next.biases.length;
  return Array.from(biases, (bias, unit) => ({
    incoming: Float64Array.from({ length: inputs + 1 }, (_, input) =>
      input === inputs ? bias : weights[input * biases.length + unit],
    ),
    outgoing: next.weights.slice(unit * width, (unit + 1) * width),
  }));
}

/** A hidden layer of other units, and the next, which reads them. */
export function withUnits(
  { inputs }: LayerWeights,
  next: LayerWeights,
  units: readonly Unit[],
): [LayerWeights, LayerWeights] {
  const weights = new Float64Array(inputs * units.length);
  const biases = new Float64Array(units.length);
  const width = next.biases.length;
  const reading = new Float64Array(units.length * width);
  units.forEach(({ incoming, outgoing }, unit) => {
    for (let input = 0; input < inputs; input++) weights[input * units.length + unit] = incoming[input];
    biases[unit] = incoming[inputs];
    reading.set(outgoing, unit * width);
  });
  return [
    { inputs, weights, biases },
    { ...next, inputs: units.length, weights: reading },
  ];
}

/** A unit with its answers multiplied by a positive number, and what reads it divided by that: the same function, of units that are homogeneous. */
export function scaled({ incoming, outgoing }: Unit, by: number): Unit {
  return { incoming: incoming.map((weight) => weight * by), outgoing: outgoing.map((weight) => weight / by) };
}

/** Activations for which a·f(x) = f(a·x) for every positive a. */
export const homogeneous: readonly string[] = ['relu', 'leakyRelu', 'linear'];
