import { describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../../src/experiment/file';
import { experimentChanges } from '../../../src/run/experiment-changes';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

const start = tinyExperiment();
const changes = (here: Partial<ExperimentFile>) =>
  experimentChanges(experimentOf({ ...start, ...here }), experimentOf(start));
const lines = (here: Partial<ExperimentFile>): string[] =>
  changes(here).changes.map(({ path, here: a, there: b }) => `${path.join('.')}: ${a} / ${b}`);

describe('what of two experiments differs', () => {
  it('is nothing for a title, blanks, or an order', () => {
    expect(changes({ title: 'Another' })).toEqual({ changes: [], unlisted: 0 });
    const turned = Object.fromEntries(Object.entries(start.tasks).reverse());
    expect(lines({ tasks: turned }).filter((line) => line.startsWith('tasks'))).toEqual([]);
  });

  it('is named by its place, with both values, and once where all networks share it', () => {
    expect(lines({ network: { ...start.network, hidden: [8, 4] } })).toEqual([
      'networks.every network.hidden: [8,4] / [8]',
    ]);
    expect(lines({ seeds: 3, tasks: { ...start.tasks, hard: 'h[0] or h[1]' } })).toEqual([
      'tasks.hard: "h[0] or h[1]" / "parity(h)"',
      'seeds: 3 / 2',
    ]);
  });

  it('is of one network where only that has it', () => {
    const [first] = Object.keys(start.networks);
    const networks = { ...start.networks, [first]: { network: { hidden: [3] } } };
    expect(lines({ networks })).toEqual([`networks.${first}.hidden: [3] / [8]`]);
  });

  it('is cut where it is long, and counted where it is much', () => {
    const values = Array.from({ length: 60 }, (_, at) => `value ${at}`);
    const long = experimentChanges(
      experimentOf({ ...start, network: { hidden: Array.from({ length: 60 }, () => 8) } }),
      experimentOf(start),
    );
    expect(long.changes[0].here).toHaveLength(80);
    const features = (units: number) =>
      Object.fromEntries(values.map((name) => [name, { bits: 1, units, noise: units / 10 }]));
    const many = (units: number) =>
      experimentOf({
        ...start,
        stimuli: { ...start.stimuli, features: { ...start.stimuli.features, ...features(units) } },
      });
    const { changes: listed, unlisted } = experimentChanges(many(1), many(2));
    expect(listed.length + unlisted).toBe(2 * values.length);
    expect(listed).toHaveLength(20);
  });
});
