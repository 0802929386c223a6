import { grouped } from '../formats/fixed';
import type { Experiment, Network } from '../experiment/experiment';
import { pointsOf, replicateCount } from '../experiment/replicates';
import { isTrained, mayEndEarly } from '../experiment/training';
import type { Fact, Marks } from './facts';
import { costOf, totalSeconds } from '../training/cost';
import { counted, duration, listed, percent } from './wording';

/** Fewer seeds than these are warned of. */
const few = 5;

/** Its tasks, units and parameters, and how it is trained. */
export function networkFacts(experiment: Experiment, network: Network, { name, word }: Marks): Fact[] {
  const { sites, parameters } = network;
  const widths = [experiment.stimuli.inputUnits, ...sites.map(({ units }) => units)];
  const hidden = sites.reduce((sum, { role, units }) => sum + (role === 'hidden' ? units : 0), 0);
  return [
    network.ofDocuments
      ? {
          about: 'Says',
          text: 'the next token of documents; the first of its units are tokens, the last one logit for each',
        }
      : { about: 'Tasks', text: listed(network.tasks.map(name)) },
    {
      about: 'Units',
      text: `${widths.map(grouped).join(' → ')} (inputs, hidden, outputs), ${grouped(hidden)} hidden, ${word(network.activation)}`,
    },
    { about: 'Parameters', text: grouped(parameters) },
    { about: 'Training', text: trainingText(experiment, network, word) },
    ...noiseFacts(network, name),
    ...phaseFacts(network, name),
  ];
}

/** Which training labels are wrong, and what that leaves of the accuracy in training. */
function noiseFacts({ tasks, training: { labelNoise = [] } }: Network, name: Marks['name']): Fact[] {
  const noisy = tasks.flatMap((task, at) => {
    const share = labelNoise[at] ?? 0;
    return share > 0 ? [`${percent(share)} of ${name(task)}`] : [];
  });
  return noisy.length === 0
    ? []
    : [
        {
          about: 'Label noise',
          text: `${listed(noisy)}: so many training labels are wrong, and who knows the task is right about the others alone in training; labels of the fit and test sets are right`,
        },
      ];
}

/** What each phase of a curriculum trains, and how long. */
function phaseFacts({ tasks, training }: Network, name: Marks['name']): Fact[] {
  if (training.phases.length < 2) return [];
  return training.phases.map(({ weights, steps, until, stopWhen, resetOptimizer }, at) => {
    const trained = tasks.filter((_, task) => weights[task] > 0);
    const levels = tasks.flatMap((task, place) => {
      const level = until?.[place] ?? null;
      return level === null ? [] : [`${name(task)} reaches ${percent(level)}`];
    });
    const length = `${until || stopWhen ? 'at most ' : ''}${counted(steps, 'step')}`;
    return {
      about: `Phase ${at + 1}`,
      text: `${listed(trained.map(name))}, ${levels.length > 0 ? `until ${listed(levels)} in training, ` : ''}${length}${resetOptimizer ? ', with an optimizer that begins anew' : ''}`,
    };
  });
}

/** How long one network is trained, and what that takes. */
export function trainingText(experiment: Experiment, network: Network, word: Marks['word']): string {
  if (network.of !== undefined)
    return `none; it has the weights of ${word(network.of)}, with a change made to it (${word(network.kind)})`;
  if (network.isFixed) return 'none: nothing of it is drawn, so that it has one replicate';
  if (network.isBuilt) return 'none: its key and what hides its bits are drawn for each seed';
  if (network.isRandom) return 'none: its weights are drawn for each seed';
  if (!isTrained(network)) return 'none; it keeps its initial weights';
  const { epochs, steps, seconds } = costOf(experiment, network);
  const { optimizer, learningRate, batchSize } = network.training;
  const early = mayEndEarly(network) ? 'at most ' : '';
  const epochText = Number(epochs.toFixed(1));
  return (
    `${word(optimizer)} at ${learningRate}, batches of ${grouped(batchSize)}, ${early}${counted(steps, 'step')} (${epochText} epoch${epochText === 1 ? '' : 's'}); ` +
    `estimated ${early}${duration(seconds)} a seed, ${duration(seconds * experiment.seeds)} of one worker for ${counted(experiment.seeds, 'seed')}`
  );
}

function replicatesText(experiment: Experiment): string {
  const { seeds, networks, recordings = [] } = experiment;
  const drawn = networks.filter(({ isFixed }) => !isFixed).length;
  const fixed = networks.length - drawn;
  const parts = [
    ...(drawn > 0 ? [`${counted(drawn, 'network')} × ${counted(seeds, 'seed')}`] : []),
    ...(fixed > 0 ? [`${fixed} of which nothing is drawn`] : []),
    ...recordings.map(({ name, replicates }) => `${replicates.length} of ${name}`),
  ];
  const points = pointsOf(experiment).length;
  const all = points > 1 ? `(${parts.join(' + ')}) × ${counted(points, 'point')}` : parts.join(' + ');
  return `${all} = ${replicateCount(experiment)}`;
}

/** How many replicates there are, and how long they all are trained. */
export function replicateFacts(experiment: Experiment): Fact[] {
  const early = experiment.networks.some(mayEndEarly) ? 'at most ' : '';
  return [
    {
      about: 'Replicates',
      text: replicatesText(experiment),
    },
    {
      about: 'Training',
      text: `estimated ${early}${duration(totalSeconds(experiment))} of one worker in all`,
    },
  ];
}

/** What is to be said where there are few seeds. */
export function fewSeeds({ seeds }: Experiment): string | null {
  return seeds < few
    ? `Fewer than ${few} seeds: seeds differ, so intervals are wide and pictures of one seed mislead`
    : null;
}
