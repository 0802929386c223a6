import type { Hazard } from '../protocol/results';
import type { AnalysisState } from './analysis-state';
import type { Outline } from './outline';

/** Whether Problems holds the hazards of the results: these are finished, and of the file as it is. */
export function areInProblems(state: AnalysisState): boolean {
  return state.status !== 'running' && !state.stale;
}

/** Which key of the file a hazard is told at: of the task that it names, else of the feature, the network or recording, or the analysis. */
export function placeOf({ where }: Hazard, { tasks, features, recordings }: Outline): string[] {
  const { task, label, feature, network, metric } = where;
  const name = task ?? label ?? feature;
  if (name !== undefined && tasks.includes(name)) return ['tasks', name];
  if (name !== undefined && features.has(name)) return ['stimuli', 'features', name];
  if (network !== undefined) return [recordings.includes(network) ? 'recordings' : 'networks', network];
  return metric === undefined ? ['stimuli'] : ['analyses', 'rdm'];
}
