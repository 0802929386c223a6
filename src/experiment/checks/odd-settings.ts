import { amount } from '../counts';
import type { Path } from '../document';
import type { Experiment, Network, Stack } from '../experiment';
import { quote } from '../names';
import type { Problems } from '../problems';

/** Multiplications a second and seconds a step, of a fast thread: no machine of today is much faster. */
const PRODUCTS_A_SECOND = 2e10;
const SECONDS_A_STEP = 2e-6;
/** Longer than this a replicate is not likely to be meant to train. */
const MOST_SECONDS = 1800;

/** Warns of settings that are allowed and hardly meant. */
export function checkOddSettings(experiment: Experiment, problems: Problems): void {
  for (const { name, amplification, inputRange } of experiment.stimuli.features) {
    if (amplification !== 0 || inputRange[1] === inputRange[0]) continue;
    const message = `An amplification of 0 hides feature ${quote(name)} from the networks: its units are always 0. Write another number, or "units": 0 for a feature that no unit carries.`;
    warn(['stimuli', 'features', name, 'amplification'], message, problems);
  }
  const reported = new Set<number>();
  const once = (network: Network, within: readonly string[], message: string): void => {
    const own = ['networks', network.name, ...within];
    const path = problems.document.find(own) ? own : within;
    const { start } = problems.document.valueSpan(path);
    if (reported.has(start)) return;
    reported.add(start);
    warn(path, message, problems);
  };
  for (const network of experiment.networks.filter(({ of }) => of === undefined)) {
    checkSlope(network, once);
    checkWarmup(network, once);
    checkDuration(network, once);
  }
}

type Once = (network: Network, within: readonly string[], message: string) => void;

function checkSlope(network: Network & Partial<Pick<Stack, 'leakySlope'>>, once: Once): void {
  const { activation, leakySlope = 0 } = network;
  if (activation !== 'leakyRelu' || (leakySlope >= 0 && leakySlope < 1)) return;
  const what =
    leakySlope === 1
      ? 'makes the units linear (then write "activation": "linear")'
      : leakySlope > 1
        ? 'is steeper below zero than above'
        : 'turns down below zero, so that two inputs give the same activation';
  const message = `A 'leakySlope' of ${leakySlope} ${what}. Write a number from 0 to 1, such as 0.01.`;
  once(network, ['network', 'leakySlope'], message);
}

function checkWarmup(network: Network, once: Once): void {
  const { schedule, stepsPerEpoch, totalSteps } = network.training;
  if (totalSteps === 0 || schedule.warmup * stepsPerEpoch <= totalSteps) return;
  const epochs = Number((totalSteps / stepsPerEpoch).toPrecision(3));
  const message = `The warm-up of ${schedule.warmup} epochs is longer than the ${epochs} that network ${quote(network.name)} is trained, so its learning rate is never reached. Lower 'warmup' or train for longer.`;
  once(network, ['training', 'schedule', 'warmup'], message);
}

function checkDuration(network: Network, once: Once): void {
  const { totalSteps, batchSize, unit } = network.training;
  // Forward, and backward to the weights and to the inputs.
  const seconds = totalSteps * (SECONDS_A_STEP + (3 * network.parameters * batchSize) / PRODUCTS_A_SECOND);
  if (!(seconds > MOST_SECONDS)) return;
  const hours = seconds / 3600;
  const message = `A replicate of network ${quote(network.name)} would train for at least ${amount(Number(hours.toPrecision(2)))} hours (${amount(totalSteps)} steps). Lower 'epochs' or 'steps', or the sizes of its layers and batches, if that is not meant.`;
  once(network, ['training', unit], message);
}

function warn(path: Path, message: string, problems: Problems): void {
  problems.warning('odd-setting', message, problems.document.valueSpan(path));
}
