import type { Experiment, Network } from '../experiment/experiment';
import { pointsOf, seedsOf } from '../experiment/replicates';

interface NetworkCost {
  readonly epochs: number;
  readonly steps: number;
  /** Seconds to train one replicate in one worker, roughly. */
  readonly seconds: number;
}

/** What a worker's training does in a second, in floating-point operations: an order of magnitude. */
const RATE = 30e9;
/** Forward, the gradient of the activations, the gradient of the weights: two operations a weight and stimulus each. */
const OPERATIONS = 6;

/** Of a network that is a change of another nothing is trained. */
export function costOf({ stimuli }: Pick<Experiment, 'stimuli'>, network: Network): NetworkCost {
  if (network.of !== undefined) return { epochs: 0, steps: 0, seconds: 0 };
  const biases = network.sites.reduce((sum, { units }) => sum + units, 0);
  const weights = Math.max(0, network.parameters - biases);
  const { totalSteps, stepsPerEpoch } = network.training;
  const epochs = stepsPerEpoch > 0 ? totalSteps / stepsPerEpoch : 0;
  const seconds = (OPERATIONS * weights * epochs * stimuli.counts.train) / RATE;
  return { epochs, steps: totalSteps, seconds };
}

/** Seconds of training in all replicates of all networks at all points, one after the other. */
export function totalSeconds(experiment: Experiment): number {
  const secondsAt = (at: Experiment): number =>
    at.networks.reduce((sum, network) => sum + costOf(at, network).seconds * seedsOf(at, network), 0);
  return pointsOf(experiment).reduce((sum, at) => sum + secondsAt(at), 0);
}
