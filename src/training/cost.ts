import type { DocumentsShape } from '../experiment/documents';
import type { Experiment, Network, Phase } from '../experiment/experiment';
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
  if (stimuli.documents) {
    const { shape } = stimuli.documents;
    const { relevant = 0, distractors = 0 } = broughtIn(network);
    const ofDocuments = (shape.train.tokens * (1 + relevant + distractors)) / Math.max(1, stepsPerEpoch);
    const tokens = network.training.phases.reduce(
      (sum, phase) => sum + phase.steps * (tokensOfActing(shape, network, phase) ?? ofDocuments),
      0,
    );
    return { epochs, steps: totalSteps, seconds: secondsOfTokens(network, tokens) };
  }
  const seconds = (OPERATIONS * weights * epochs * stimuli.counts.train) / RATE;
  return { epochs, steps: totalSteps, seconds };
}

/** What a worker's training of transformers does in a second: attention, layer norms and activations take more than their operations. */
const RATE_OF_TOKENS = 15e9;

/**
 * Tokens that a step of a phase takes in which the network acts, as tokens of training: episodes of which half last as long as they may. Before each action all is read that is remembered, forwards alone; then each
 * piece is trained once. Null of other phases.
 */
function tokensOfActing(
  { world }: Pick<DocumentsShape, 'world'>,
  { training }: Pick<Network, 'training'>,
  { reinforcement }: Phase,
): number | null {
  if (!world || !reinforcement) return null;
  const actions = (training.batchSize * reinforcement.most) / 2;
  return actions * world.step * (1 + (world.remembered + 1) / 2 / FORWARD_SHARE);
}

/** Of a training step a forward pass is so much less. */
const FORWARD_SHARE = 3;

/** Documents that are brought before each in training, as many tokens each as that. */
function broughtIn(network: Network & { retrieval?: Brought }): Partial<Brought> {
  return network.retrieval?.train ? network.retrieval : {};
}

interface Brought {
  readonly relevant: number;
  readonly distractors: number;
  readonly train: boolean;
}

/** Every weight takes part in every token, but for those that are looked up, which are few. */
function secondsOfTokens({ parameters }: Network, tokens: number): number {
  return (OPERATIONS * parameters * tokens) / RATE_OF_TOKENS;
}

/** Seconds of training in all replicates of all networks at all points, one after the other. */
export function totalSeconds(experiment: Experiment): number {
  const secondsAt = (at: Experiment): number =>
    at.networks.reduce((sum, network) => sum + costOf(at, network).seconds * seedsOf(at, network), 0);
  return pointsOf(experiment).reduce((sum, at) => sum + secondsAt(at), 0);
}
