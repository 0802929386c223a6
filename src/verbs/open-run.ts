import { keptReplicate, type Replicate } from '../core/replicate';
import { doneReplicates } from '../analysis/findings';
import { quote } from '../experiment/names';
import type { NetworkResults, Results } from '../protocol/results';
import type { Session } from '../run/session';
import type { UnitsOf } from '../run/unit-arrays';
import { UserError } from './user-error';
import type { OfReplicate } from './verb';

/** A run that can be asked for what its results do not hold. */
export interface OpenRun {
  readonly results: Results;
  /** Statistics of its single units; null where they are not at hand. */
  readonly units: readonly UnitsOf[] | null;
  /** What stands over it: its title, or the name of its file. */
  readonly title: string;
  /** When it ended, in milliseconds since 1970, where that is known. */
  readonly analysedAt?: number;
  /** Asks the threads that it has. */
  readonly ask: <T>(question: (session: Session) => Promise<T>) => Promise<T>;
  readonly signal?: AbortSignal;
}

/** Where runs are found that can be asked. */
export interface OpenRuns {
  /** @throws UserError where there is none */
  readonly opened: (run: string) => Promise<OpenRun>;
}

/**
 * A replicate that is finished: of another one a session would have to train it.
 *
 * @throws UserError where there is none
 */
export function finishedReplicate(
  { networks }: Results,
  { source, point = 0, seed }: OfReplicate,
): Replicate {
  const network = networks.find(({ name }) => name === source);
  if (!network) throw new UserError(`There is no network ${quote(source)} in this run.`);
  const replicate = finishedOf(network).find((one) => one.point === point && one.seed === seed);
  if (!replicate) throw new UserError('This replicate is not finished.');
  return replicate;
}

/** All that are finished, in the order of a run. */
export function finishedReplicates({ networks }: Results): Replicate[] {
  return networks.flatMap(finishedOf).sort((a, b) => a.point - b.point || a.seed - b.seed);
}

/** Those of a network. */
export function finishedOf(network: NetworkResults): Replicate[] {
  return doneReplicates(network).map((info) => keptReplicate(network.name, info));
}
