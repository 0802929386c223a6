import { own } from './own';
import type { PointResults, Results } from './results';

const known = new WeakMap<Results, Map<number, Results>>();

/**
 * The results at one point of a sweep, as though the experiment had been made at that point alone: whoever looks at them need know nothing of sweeps.
 * Replicates and rows keep their point.
 */
export function resultsAt(results: Results, point: number): Results {
  const { sweep } = results;
  if (!sweep) return results;
  let made = known.get(results);
  if (!made) known.set(results, (made = new Map<number, Results>()));
  const found = made.get(point) ?? restrictedTo(results, sweep.points[point] ?? { values: [] }, point);
  made.set(point, found);
  return found;
}

function restrictedTo(
  results: Results,
  { stimuli, tasks, asked, labels, rdm, networks: others = {} }: PointResults,
  point: number,
): Results {
  const isHere = (one: { point?: number }): boolean => (one.point ?? 0) === point;
  return {
    ...results,
    stimuli: stimuli ?? results.stimuli,
    tasks: tasks ?? results.tasks,
    ...(asked ? { asked } : {}),
    labels: labels ?? results.labels,
    rdm: rdm ?? results.rdm,
    networks: results.networks.map((network) => ({
      ...network,
      ...own(others, network.name),
      replicates: network.replicates.filter(isHere),
    })),
    rsa: results.rsa.filter(isHere),
    pairs: results.pairs.filter(isHere),
    ...(results.modelTests ? { modelTests: results.modelTests.filter(isHere) } : {}),
    hazards: results.hazards
      .filter(({ where }) => where['point'] === String(point))
      .map((hazard) => ({ ...hazard, where: withoutPoint(hazard.where) })),
  };
}

function withoutPoint(where: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(where).filter(([kind]) => kind !== 'point'));
}
