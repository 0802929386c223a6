import type { Matrix } from '../core/matrix';
import type { Engine, Parameters } from './engine';
import type { FullEngine } from './graph/sequences';

/**
 * The same engine with the newest activations of each set of stimuli at hand: it computes all layers in one pass, and they are asked for
 * one by one.
 */
export function withNewestActivations(engine: FullEngine): FullEngine {
  const newest = new WeakMap<
    Matrix<Float32Array>,
    { of: Parameters; layers: ReturnType<Engine['activations']> }
  >();
  return {
    info: engine.info,
    sequences: engine.sequences,
    gradients: (...asked) => engine.gradients(...asked),
    train: (job, observer) => engine.train(job, observer),
    activations: (network, outputs, parameters, inputs) => {
      const known = newest.get(inputs);
      if (known?.of === parameters) return known.layers;
      const layers = engine.activations(network, outputs, parameters, inputs);
      newest.set(inputs, { of: parameters, layers });
      return layers;
    },
  };
}
