import type { Experiment, Network, SetName, Stack } from '../../src/experiment/experiment';
import { shapeOf, stack } from '../../src/sources/trained';
import { outputUnits } from '../../src/training/layout';

/** The most that is kept of an experiment's sizes; they are trained in a moment. */
const MOST = {
  train: 200,
  fit: 60,
  test: 60,
  batch: 64,
  width: 24,
  layers: 3,
  steps: 6,
  networks: 3,
  permutations: 20,
};
/** Input units and tasks beyond which an experiment is not made small. */
const WIDE = { inputs: 400, tasks: 20 };

/** An experiment of the same kind with few stimuli, small layers and a short training; null where inputs or tasks are too many for that. */
export function smallExperiment(experiment: Experiment): Experiment | null {
  const { stimuli, tasks, networks, analyses } = experiment;
  if (stimuli.inputUnits > WIDE.inputs || tasks.length > WIDE.tasks) return null;
  const total = (Object.keys(stimuli.counts) as SetName[]).reduce((sum, set) => sum + stimuli.counts[set], 0);
  // The size of a design is that of its features.
  const fixed = stimuli.enumerate !== 'none';
  if (fixed && total > 500) return null;
  const most = (set: SetName): number =>
    fixed ? stimuli.counts[set] : Math.min(stimuli.counts[set], MOST[set]);
  const counts = { train: most('train'), fit: most('fit'), test: most('test') };
  return {
    ...experiment,
    stimuli: { ...stimuli, counts },
    networks: networks
      .slice(0, MOST.networks)
      .map((network) => smallNetwork(experiment, network, counts.train)),
    seeds: Math.min(experiment.seeds, 2),
    analyses: {
      ...analyses,
      selectivity: {
        ...analyses.selectivity,
        permutations: Math.min(analyses.selectivity.permutations, MOST.permutations),
      },
    },
  };
}

function smallNetwork({ stimuli, tasks }: Experiment, network: Network, train: number): Network {
  const { training } = network;
  const batchSize = Math.min(training.batchSize, MOST.batch, train);
  const phases = training.phases
    .slice(0, 2)
    .map((phase) => ({ ...phase, steps: Math.min(phase.steps, MOST.steps) }));
  const { hidden: widths = [] } = network as Network & Partial<Stack>;
  const hidden = { hidden: widths.slice(0, MOST.layers).map((width) => Math.min(width, MOST.width)) };
  const heads = tasks.filter(({ name }) => network.tasks.includes(name));
  return {
    ...network,
    ...(network.kind === stack.key
      ? { ...hidden, ...shapeOf(hidden.hidden, stimuli.inputUnits, outputUnits(heads)) }
      : {}),
    training: {
      ...training,
      batchSize,
      phases,
      checkpoints: 2,
      stepsPerEpoch: Math.ceil(train / batchSize),
      totalSteps: phases.reduce((sum, { steps }) => sum + steps, 0),
    },
  };
}
