import type { SideExperiment } from '../../src/protocol/side';
import { done } from './live-states';
import { treeOf } from '../support/tree';
import { synthetic } from './synthetic';

const { results } = synthetic();

/** What the side panel shows of the made-up results. */
export const sideExperiment: SideExperiment = {
  file: 'easy-vs-hard.experiment.json',
  title: results.title,
  run: done.run,
  finished: 'Nov 25, 2026, 1:00 PM',
  seeds: 5,
  hazards: results.hazards,
  networks: treeOf(results).map(({ name, summary }) => {
    const layer = summary.layers.at(-2);
    return {
      name,
      layer: layer?.name ?? '',
      tasks: Object.entries(results.tasks).map(([task, { chance }]) => ({
        name: task,
        chance,
        accuracy: summary.accuracy[task] ?? null,
        varianceExplained: layer?.varianceExplained[task] ?? null,
      })),
    };
  }),
};
