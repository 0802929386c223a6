import { own } from '../../src/protocol/own';
import { resultsAt } from '../../src/protocol/results-at';
import type { AskedResults, Results } from '../../src/protocol/results';
import { numbersOf } from './figure';

/** How an evaluation set is answered at a point of a sweep: a number per replicate. */
export interface SweptAnswers {
  /** Of the settings, in their order. */
  readonly values: readonly string[];
  readonly greedy: readonly number[];
  /** At temperature 1. */
  readonly drawn: readonly number[];
  readonly asked: AskedResults;
}

/** @throws Error where nothing is swept, or nobody is asked so */
export function sweptAnswers(results: Results, network: string, set: string): SweptAnswers[] {
  const points = results.sweep?.points ?? [];
  return points.map(({ values }, point) => {
    const asked = own(resultsAt(results, point).asked ?? {}, set);
    if (!asked) throw new Error(`There is no evaluation set ${set} at point ${point}.`);
    return {
      values,
      greedy: numbersOf(results, network, 'accuracy', { point, label: set }),
      drawn: numbersOf(results, network, 'sampledAccuracy', { point, label: set }),
      asked,
    };
  });
}

/** The score of a floor. @throws Error where there is none of this name */
export function floorOf({ floors }: AskedResults, name: string): number {
  const found = floors.find((floor) => floor.name === name);
  if (!found) throw new Error(`There is no floor ${name}.`);
  return found.score;
}
