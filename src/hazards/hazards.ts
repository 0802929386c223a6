import type { Hazard } from '../protocol/results';
import { belowAFloor } from './below-a-floor';
import { bestOfLayers } from './best-of-layers';
import { ceilingOfFewReplicates } from './ceiling-of-few-replicates';
import { ckaBiased } from './cka-biased';
import { conclusionsTurn } from './conclusions-turn';
import { contextWithoutTraining } from './context-without-training';
import { decodableNotUsable } from './decodable-not-usable';
import { deadLayer } from './dead-layer';
import { equallyComputedUnequallyRepresented } from './equally-computed-unequally-represented';
import { explainedByDesign } from './explained-by-design';
import { farBehindInFirstComponents } from './far-behind-in-first-components';
import { farBehindInMostActiveUnits } from './far-behind-in-most-active-units';
import { fewTestStimuli } from './few-test-stimuli';
import { fewerStimuliThanUnits } from './fewer-stimuli-than-units';
import type { HazardInput, HazardRule } from './hazard-rule';
import { labelNoise } from './label-noise';
import { labelsConfounded } from './labels-confounded';
import { memorised } from './memorised';
import { moreValuesThanUnits } from './more-values-than-units';
import { outputsDiffer } from './outputs-differ';
import { orderConfoundedWithComplexity } from './order-confounded-with-complexity';
import { rdmOfFewUnits } from './rdm-of-few-units';
import { probeComputesTheLabel } from './probe-computes-the-label';
import { probeDoesNotCarryOver } from './probe-does-not-carry-over';
import { probeNoBetter } from './probe-no-better';
import { probeOnTrainingStimuli } from './probe-on-training-stimuli';
import { replicatesDiverged } from './replicates-diverged';
import { noMoreAlikeThanShuffled } from './no-more-alike-than-shuffled';
import { rsaBelowSimplerTask } from './rsa-below-simpler-task';
import { rsaMissesWhatIsComputed } from './rsa-misses-what-is-computed';
import { rsaOverFewerStimuli } from './rsa-over-fewer-stimuli';
import { statesFarFromNatural } from './states-far-from-natural';
import { taskDeclined } from './task-declined';
import { taskNotConverged } from './task-not-converged';
import { taskNotLearned } from './task-not-learned';
import { tasksOverlap } from './tasks-overlap';
import { tiedModelsByRanks } from './tied-models-by-ranks';
import { tooFewSeeds } from './too-few-seeds';
import { unequalBaseRates } from './unequal-base-rates';
import { unlikeReplicates } from './unlike-replicates';
import { varianceOfFewUnits } from './variance-of-few-units';
import { winningModelTurns } from './winning-model-turns';

/** Every rule, in the order in which hazards are listed. */
export const hazardRules: readonly HazardRule[] = [
  equallyComputedUnequallyRepresented,
  farBehindInFirstComponents,
  farBehindInMostActiveUnits,
  rsaMissesWhatIsComputed,
  orderConfoundedWithComplexity,
  rsaBelowSimplerTask,
  conclusionsTurn,
  tasksOverlap,
  labelsConfounded,
  unequalBaseRates,
  labelNoise,
  taskNotLearned,
  belowAFloor,
  contextWithoutTraining,
  memorised,
  taskNotConverged,
  taskDeclined,
  replicatesDiverged,
  deadLayer,
  rdmOfFewUnits,
  varianceOfFewUnits,
  rsaOverFewerStimuli,
  ckaBiased,
  fewerStimuliThanUnits,
  moreValuesThanUnits,
  probeComputesTheLabel,
  probeNoBetter,
  probeDoesNotCarryOver,
  decodableNotUsable,
  probeOnTrainingStimuli,
  outputsDiffer,
  statesFarFromNatural,
  noMoreAlikeThanShuffled,
  bestOfLayers,
  unlikeReplicates,
  fewTestStimuli,
  tiedModelsByRanks,
  winningModelTurns,
  ceilingOfFewReplicates,
  tooFewSeeds,
  explainedByDesign,
];

/** What misleads in these results, serious hazards first, then in the order of the rules and networks. */
export function findHazards(results: HazardInput): Hazard[] {
  const order: readonly Hazard['severity'][] = ['serious', 'warning', 'info'];
  return hazardRules
    .flatMap((rule) => rule.evaluate(results).map((hazard) => ({ ...hazard, link: rule.link })))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
