import type { Hazard } from '../protocol/results';
import { equallyComputedUnequallyRepresented } from './equally-computed-unequally-represented';
import type { HazardInput, HazardRule } from './hazard-rule';
import { deadLayer } from './dead-layer';
import { explainedByDesign } from './explained-by-design';
import { fewTestStimuli } from './few-test-stimuli';
import { rsaBelowSimplerTask } from './rsa-below-simpler-task';
import { rsaOverFewerStimuli } from './rsa-over-fewer-stimuli';
import { taskNotLearned } from './task-not-learned';
import { tasksOverlap } from './tasks-overlap';
import { tooFewSeeds } from './too-few-seeds';
import { unequalBaseRates } from './unequal-base-rates';
import { unlikeReplicates } from './unlike-replicates';

/** Every rule, in the order in which hazards are listed. */
export const hazardRules: readonly HazardRule[] = [
  equallyComputedUnequallyRepresented,
  rsaBelowSimplerTask,
  tasksOverlap,
  unequalBaseRates,
  taskNotLearned,
  deadLayer,
  rsaOverFewerStimuli,
  unlikeReplicates,
  fewTestStimuli,
  tooFewSeeds,
  explainedByDesign,
];

/** What misleads in these results, serious hazards first, then in the order of the rules and networks. */
export function findHazards(results: HazardInput): Hazard[] {
  const order: readonly Hazard['severity'][] = ['serious', 'warning', 'info'];
  return hazardRules
    .flatMap((rule) => rule.evaluate(results))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
