import type { Experiment, Network } from '../experiment/experiment';
import { layout, outputUnits, parameterCount, type LayerLayout } from './layout';

interface NetworkCost {
  /** Hidden layers, then the output layer. */
  readonly layers: readonly LayerLayout[];
  readonly parameters: number;
  readonly epochs: number;
  readonly steps: number;
  /** Seconds to train one replicate in one worker, roughly. */
  readonly seconds: number;
}

/** What a worker's training does in a second, in floating-point operations: an order of magnitude. */
const RATE = 30e9;
/** Forward, the gradient of the activations, the gradient of the weights: two operations a weight and stimulus each. */
const OPERATIONS = 6;

export function costOf({ stimuli, tasks }: Experiment, network: Network): NetworkCost {
  const heads = tasks.filter((task) => network.tasks.includes(task.name));
  const layers = layout(network, stimuli.inputUnits, outputUnits(heads));
  const weights = layers.reduce((sum, layer) => sum + layer.inputs * layer.outputs, 0);
  const { totalSteps, stepsPerEpoch } = network.training;
  const epochs = stepsPerEpoch > 0 ? totalSteps / stepsPerEpoch : 0;
  const seconds = (OPERATIONS * weights * epochs * stimuli.counts.train) / RATE;
  return { layers, parameters: parameterCount(layers), epochs, steps: totalSteps, seconds };
}

/** Seconds of training in all replicates of all networks, one after the other. */
export function totalSeconds(experiment: Experiment): number {
  return experiment.networks.reduce(
    (sum, network) => sum + costOf(experiment, network).seconds * experiment.seeds,
    0,
  );
}
