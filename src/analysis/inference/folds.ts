import type { Stream } from '../../core/stream';

/**
 * How many folds so many stimuli are split into: as rsatoolbox has it (`default_k_pattern`), three stimuli in each at least.
 */
export function foldsOfStimuli(stimuli: number): number {
  return stimuli < 12 ? 2 : stimuli < 24 ? 3 : stimuli < 40 ? 4 : 5;
}

/** The same of subjects (`default_k_rdm`); one alone is not split. */
export function foldsOfSubjects(subjects: number): number {
  return subjects < 1 ? 1 : subjects < 6 ? 2 : subjects < 12 ? 3 : subjects < 20 ? 4 : 5;
}

/** Which fold each thing is in, at random; folds differ by one thing at most. */
export function randomFolds(things: number, folds: number, random: Stream): Uint32Array {
  const of = new Uint32Array(things);
  random.permutation(things).forEach((thing, place) => (of[thing] = place % folds));
  return of;
}
