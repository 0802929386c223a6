import { expect, it } from 'vitest';
import { LiveRun } from '../../../src/editor/live-run';
import { replicateNamed } from '../../../src/core/replicate';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

it('says that a replicate trains once it does, and not while the store may have it', () => {
  const live = new LiveRun(experimentOf(tinyExperiment()), '', false);
  const [stored, trained] = [replicateNamed('both', 0), replicateNamed('both', 1)];
  const statuses = () =>
    live.curves.filter(({ source }) => source === 'both').map(({ status, reused }) => [status, reused]);
  live.hear({ kind: 'started', ...stored });
  live.hear({ kind: 'started', ...trained });
  expect(statuses()).toEqual([
    ['waiting', false],
    ['waiting', false],
  ]);
  live.hear({ kind: 'analysing', reused: true, ...stored });
  const progress = { step: 4, totalSteps: 32, epoch: 1, loss: 0.7, accuracy: [0.5, 0.5] };
  live.hear({ kind: 'training', progress, ...trained });
  expect(statuses()).toEqual([
    ['analysing', true],
    ['training', false],
  ]);
});
