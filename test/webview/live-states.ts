import type { Live, LiveCurve } from '../../src/protocol/dashboard';

const networks: [string, string[]][] = [
  ['both', ['easy', 'hard']],
  ['easy only', ['easy']],
  ['hard only', ['hard']],
  ['untrained', ['easy', 'hard']],
];

/** A run of the made-up networks, as it stands in the middle of training. */
export const running: Live = {
  run: {
    status: 'running',
    message: '2 of 20 replicates · training hard only/0, both/1',
    finished: 2,
    planned: 20,
    progress: 0.19,
    quick: false,
    stale: false,
    foundBy: 'newest',
  },
  curves: networks.flatMap(([network, tasks]) =>
    [0, 1].map((seed) => curve(network, seed, tasks, seed === 0 && network.startsWith('easy') ? 1 : 0.4)),
  ),
};

export const done: Live = {
  run: { ...running.run, status: 'done', message: 'Done: 20 of 20 replicates.', finished: 20, progress: 1 },
  curves: networks.map(([network, tasks]) => ({ ...curve(network, 0, tasks, 1), status: 'done' })),
};

function curve(network: string, seed: number, tasks: string[], share: number): LiveCurve {
  const trained = network !== 'untrained';
  const epochs = trained ? Array.from({ length: Math.round(40 * share) }, (_, at) => at * 2.5) : [];
  return {
    ...{ source: network, point: 0, seed },
    status: !trained ? 'done' : share === 1 ? 'done' : 'training',
    reused: false,
    step: Math.round(800 * share),
    totalSteps: 800,
    tasks,
    epochs,
    loss: epochs.map((epoch) => 0.7 * Math.exp(-epoch / 20)),
    accuracy: tasks.map((task) =>
      epochs.map((epoch) => 1 - 0.5 * Math.exp(-epoch / (task === 'hard' ? 30 : 2))),
    ),
  };
}
