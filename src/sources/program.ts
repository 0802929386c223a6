import type { Matrix } from '../core/matrix';
import type { Stack } from '../experiment/experiment';
import type { StimulusSet } from '../stimuli/stimulus-set';
import type { Engine, Parameters } from '../training/engine';
import { layout } from '../training/layout';

/** What computes the answers of a stack at one moment: its weights, and what is done to the states of its layers. */
export interface Program {
  readonly network: Stack;
  /** Units of the readout. */
  readonly outputs: number;
  readonly parameters: Parameters;
  /** In the order of layers. */
  readonly edits: readonly Edit[];
}

/** Other states of a layer, in place of those that it has; the layers after it are computed from them. */
export interface Edit {
  /** Its place, from 0. */
  readonly layer: number;
  /**
   * @param states stimuli × units
   * @returns the same shape
   */
  readonly apply: (states: Matrix<Float32Array>, set: StimulusSet) => Matrix<Float32Array>;
}

/** Those of each set of stimuli that were asked for last: layers are asked for one by one. */
const newest = new WeakMap<
  Matrix<Float32Array>,
  { of: Program; layers: Promise<readonly Matrix<Float32Array>[]> }
>();

/** The activations of all layers to a set of stimuli, stimuli × units each: hidden ones, then the readout's logits. */
export function layersOf(
  engine: Engine,
  program: Program,
  set: StimulusSet,
): Promise<readonly Matrix<Float32Array>[]> {
  const { network, outputs, parameters, edits } = program;
  // The engine keeps its own newest.
  if (edits.length === 0) return engine.activations(network, outputs, parameters, set.inputs);
  const known = newest.get(set.inputs);
  if (known?.of === program) return known.layers;
  const layers = edited(engine, program, set);
  newest.set(set.inputs, { of: program, layers });
  return layers;
}

async function edited(
  engine: Engine,
  { edits, ...program }: Program,
  set: StimulusSet,
): Promise<readonly Matrix<Float32Array>[]> {
  const { network, outputs, parameters } = program;
  let layers = await engine.activations(network, outputs, parameters, set.inputs);
  for (const { layer, apply } of edits) {
    const states = apply(layers[layer], set);
    layers = [...layers.slice(0, layer), states, ...(await after(engine, program, set, layer, states))];
  }
  return layers;
}

/** The layers after one, computed from its states. */
function after(
  engine: Engine,
  { network, outputs, parameters }: Omit<Program, 'edits'>,
  { inputs }: StimulusSet,
  layer: number,
  states: Matrix<Float32Array>,
): Promise<Matrix<Float32Array>[]> {
  const { weights } = layout(network, inputs.cols, outputs)[layer + 1];
  const rest = { ...network, hidden: network.hidden.slice(layer + 1) };
  return engine.activations(rest, outputs, parameters.subarray(weights), states);
}
