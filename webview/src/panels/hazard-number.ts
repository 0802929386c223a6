import { minus } from '../../../src/formats/fixed';
import type { Hazard } from '../../../src/protocol/results';
import { percent } from '../../../src/formats/percent';
import { plural, shown } from '../number';

/** What the number of a hazard counts, by rule: a number without its meaning says nothing. */
const meanings: Record<string, (value: number) => string> = {
  'equally-computed-unequally-represented': (value) => `${short(value)} × as much variance`,
  'far-behind-in-first-components': (value) => `${percent(value)} less of it in the first components`,
  'far-behind-in-most-active-units': (value) => `${short(value)} × as much variance in the most active units`,
  'rdm-of-few-units': (value) => `less like itself by ${short(value)}`,
  'variance-of-few-units': (value) => `${short(value)} × their share of the units`,
  'rsa-misses-what-is-computed': (value) => `similar by ${hundredths(value)}`,
  'order-confounded-with-complexity': (value) => `first in ${percent(value)} of replicates`,
  'labels-confounded': (value) => `|r| = ${short(value)}`,
  'label-noise': (value) => `${percent(value)} of the labels`,
  memorised: (value) => `${short(value)} × its least loss`,
  'task-not-converged': (value) => `accuracy rose by ${short(value)} at the end`,
  'below-a-floor': (value) => `${percent(value)} right`,
  'task-declined': (value) => `accuracy fell by ${short(value)}`,
  'replicates-diverged': (value) => plural(value, 'replicate'),
  'cka-biased': (value) => `CKA lower by ${short(value)} without bias`,
  'fewer-stimuli-than-units': (value) => `${short(value)} stimuli a unit`,
  'rsa-below-simpler-task': (value) => `less alike by ${short(value)}`,
  'conclusions-turn': (value) => plural(value, 'conclusion'),
  'winning-model-turns': (value) => `another by ${plural(value, 'measure')}`,
  'best-of-layers': (value) => `best of ${plural(value, 'pair')} of layers`,
  'unlike-replicates': (value) => `${Math.round(100 * value)} % of replicates near their mean`,
  'tasks-overlap': (value) => `${percent(value)} of its share are its own`,
  'unequal-base-rates': (value) => `${percent(value)} of the way to perfect apart`,
  'task-not-learned': (value) => `${percent(value)} of the way to perfect`,
  'rsa-over-fewer-stimuli': (value) => `${percent(value)} of the pairs`,
  'no-more-alike-than-shuffled': (value) => `${percent(value)} of the pairs above shuffled stimuli`,
  'dead-layer': (value) => plural(value, 'replicate'),
  'few-test-stimuli': (value) => plural(value, 'stimulus', 'stimuli'),
  'explained-by-design': (value) => `${percent(value)} of the variance`,
  'probe-computes-the-label': scoreBy,
  'probe-no-better': scoreBy,
  'probe-on-training-stimuli': (value) => `${percent(value)} of the test stimuli`,
  'ceiling-of-few-replicates': (value) => plural(value, 'replicate'),
  'tied-models-by-ranks': (value) => `${percent(value)} more pairs of distances tied`,
  'too-few-seeds': (value) => plural(value, 'replicate'),
};

/** The number that shows a hazard, in words. */
export function hazardNumber({ rule, value }: Hazard): string {
  return meanings[rule]?.(value) ?? `measured ${shown(value)}`;
}

/** From where on the rule speaks, in the same words. */
export function hazardThreshold({ rule, threshold }: Hazard): string {
  return meanings[rule]?.(threshold) ?? shown(threshold);
}

function scoreBy(difference: number): string {
  return difference === 0
    ? 'the same score'
    : `score ${difference < 0 ? 'lower' : 'higher'} by ${short(Math.abs(difference))}`;
}

/** Of what is about nothing its size alone says something, and no sign of 0. */
function hundredths(value: number): string {
  return minus((Math.round(100 * value) / 100 + 0).toFixed(2));
}

function short(value: number): string {
  return minus(String(Number(value.toPrecision(2))));
}
