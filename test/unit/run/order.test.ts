import { expect, it } from 'vitest';
import { runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

it('takes up one of each network, then the others seed by seed, and last those that train nothing', async () => {
  const experiment = tinyExperiment({
    networks: { untrained: { training: { epochs: 0 } }, both: {}, easy: { tasks: ['easy'] } },
    seeds: 3,
  });
  const { events, results } = await runExperiment(experiment, scratch());
  const begun = events.flatMap((event) =>
    event.kind === 'started' ? [`${event.source} ${event.seed}`] : [],
  );
  const trained = [1, 2].flatMap((seed) => [`both ${seed}`, `easy ${seed}`]);
  expect(begun).toEqual(['untrained 0', 'both 0', 'easy 0', ...trained, 'untrained 1', 'untrained 2']);
  // Results are in the order of the file.
  expect(results.networks.map(({ name }) => name)).toEqual(['untrained', 'both', 'easy']);
});
