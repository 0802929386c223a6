import { amount, SET_NAMES } from '../counts';
import type { Feature, SetName, Stimuli } from '../experiment';
import type { Problems } from '../problems';
import { support } from './value-space';

/** Sets that share no input row need enough different rows. */
export function checkDistinctRows(stimuli: Stimuli, problems: Problems): void {
  if (stimuli.enumerate !== 'none' || stimuli.repeats) return;
  const carried = stimuli.features.filter(isCarried);
  const isNoisy =
    stimuli.inputNoise > 0 ||
    carried.some(({ noise, shows }) => noise > 0 || (shows && stimuli.image && stimuli.image.jitter > 0));
  if (isNoisy || carried.length === 0) return;
  const rows = rowsOf(stimuli, carried, SET_NAMES);
  const total = SET_NAMES.reduce((sum, set) => sum + stimuli.counts[set], 0);
  const mend =
    "Lower 'train', 'fit' or 'test', add bits or 'inputNoise', set \"repeats\": true, or show the whole design with \"enumerate\": true and no sizes.";
  const path = ['stimuli', 'train'];
  const span = problems.document.find(path)
    ? problems.document.valueSpan(path)
    : problems.document.keySpan(['stimuli', 'features']);
  if (rows < total) {
    const message = `The features make ${amount(rows)} different input rows, fewer than the ${amount(total)} stimuli of train, fit and test, which share none. ${mend}`;
    problems.error('too-few-rows', message, span);
    return;
  }
  // In a small space no row is repeated within a set either.
  if (rows >= 4 * total) return;
  for (const set of SET_NAMES) {
    const own = rowsOf(stimuli, carried, [set]);
    if (own >= stimuli.counts[set]) continue;
    const message = `The prevalences of the ${set} set leave ${amount(own)} different input rows for its ${stimuli.counts[set]} stimuli. Change them or lower '${set}'.`;
    problems.error('too-few-rows', message, problems.document.valueSpan(['stimuli', set]));
  }
}

/** Whether the feature makes a difference to the inputs. */
function isCarried({ inputRange, amplification }: Feature): boolean {
  return inputRange[1] > inputRange[0] && amplification !== 0;
}

/** Input rows that can occur in any of the sets. */
function rowsOf(stimuli: Stimuli, features: readonly Feature[], sets: readonly SetName[]): number {
  let rows = 1;
  for (const feature of features) {
    const supports = sets.map((set) => support(stimuli, feature, set));
    const values = new Set<number>();
    for (const one of supports) {
      if (one === null) return Infinity;
      for (const { value } of one) values.add(value);
    }
    rows *= values.size ** feature.width;
  }
  return rows;
}
