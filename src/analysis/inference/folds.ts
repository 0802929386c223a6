import { stream } from '../../core/stream';

/**
 * How many folds so many stimuli are split into: as rsatoolbox has it (`default_k_pattern`), three stimuli in each at least.
 */
export function foldsOfStimuli(stimuli: number): number {
  return stimuli < 12 ? 2 : stimuli < 24 ? 3 : stimuli < 40 ? 4 : 5;
}

/**
 * Which fold each thing is in, at random; folds differ by one thing at most.
 *
 * @param name of the stream that is drawn from
 */
export function randomFolds(things: number, folds: number, ...name: (string | number)[]): Uint32Array {
  const of = new Uint32Array(things);
  stream('folds', ...name)
    .permutation(things)
    .forEach((thing, place) => (of[thing] = place % folds));
  return of;
}
