import type { Hazard } from '../../../src/protocol/results';

/** Figures that can mislead, and over which that is said. */
type HazardPlace =
  | 'overview'
  | 'pca'
  | 'units'
  | 'rdms'
  | 'withoutUnits'
  | 'similarity'
  | 'agreement'
  | 'training'
  | 'models'
  | 'probes'
  | 'interventions';

/** Over which figures each rule is told. */
export const places: Readonly<Record<string, readonly HazardPlace[]>> = {
  'equally-computed-unequally-represented': ['overview', 'pca', 'units', 'rdms', 'training'],
  'far-behind-in-first-components': ['overview', 'pca'],
  'far-behind-in-most-active-units': ['overview', 'units'],
  'rdm-of-few-units': ['rdms', 'withoutUnits'],
  'variance-of-few-units': ['pca', 'withoutUnits'],
  'rsa-misses-what-is-computed': ['overview', 'rdms'],
  'order-confounded-with-complexity': ['overview', 'training'],
  'labels-confounded': ['overview', 'units', 'rdms'],
  'label-noise': ['overview', 'training'],
  memorised: ['overview', 'training'],
  'task-not-converged': ['overview', 'training'],
  'below-a-floor': ['overview', 'training'],
  'context-without-training': ['overview', 'training'],
  'decodable-not-usable': ['probes', 'training'],
  'more-values-than-units': ['rdms', 'similarity'],
  'task-declined': ['overview', 'training'],
  'replicates-diverged': ['overview', 'similarity', 'training'],
  'cka-biased': ['similarity'],
  'fewer-stimuli-than-units': ['overview', 'similarity'],
  'rsa-below-simpler-task': ['similarity'],
  'conclusions-turn': ['overview', 'agreement'],
  'best-of-layers': ['similarity'],
  'rsa-over-fewer-stimuli': ['similarity'],
  'no-more-alike-than-shuffled': ['similarity'],
  'unlike-replicates': ['overview', 'training'],
  'too-few-seeds': ['overview', 'similarity', 'training'],
  'dead-layer': ['overview', 'pca', 'units', 'rdms', 'training'],
  'probe-computes-the-label': ['probes'],
  'probe-does-not-carry-over': ['probes'],
  'probe-no-better': ['probes'],
  'probe-on-training-stimuli': ['probes'],
  'outputs-differ': ['interventions'],
  'states-far-from-natural': ['interventions'],
  'explained-by-design': ['overview', 'training'],
  'few-test-stimuli': ['overview', 'training'],
  'task-not-learned': ['overview', 'training'],
  'tasks-overlap': ['overview', 'training'],
  'ceiling-of-few-replicates': ['models'],
  'tied-models-by-ranks': ['models'],
  'winning-model-turns': ['overview', 'models'],
  'unequal-base-rates': ['overview', 'training'],
};

/**
 * The hazards of one figure, the gravest first, as they come.
 *
 * @param shows what the figure shows (its network, layer, metric …): a hazard that names another one is not of it
 */
export function hazardsAt(
  hazards: readonly Hazard[],
  place: HazardPlace,
  shows: Readonly<Record<string, string>> = {},
): Hazard[] {
  return hazards.filter(
    (hazard) =>
      placesOf(hazard).includes(place) &&
      Object.entries(shows).every(([kind, name]) => (hazard.where[kind] ?? name) === name),
  );
}

/** Of a rule of another version: by what the hazard names. */
function placesOf({ rule, where }: Hazard): readonly HazardPlace[] {
  const known = Object.hasOwn(places, rule) ? places[rule] : undefined;
  if (known !== undefined) return known;
  if (where['metric'] !== undefined || where['comparison'] !== undefined) return ['similarity', 'rdms'];
  return where['layer'] === undefined ? ['overview', 'training'] : ['overview', 'pca', 'units', 'rdms'];
}
