import { drawnAccuracy, marginCorrelation } from '../../src/protocol/answer-words';
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
  /** Of the margins of logits with those of votes; none where there are no votes. */
  readonly margins: readonly number[];
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
      margins: asked.counted ? numbersOf(results, network, marginCorrelation, { point, label: set }) : [],
      asked,
    };
  });
}

/** How far the shares of drawn answers of a network are from those of the table of counts, at the temperature at which they are farthest: a number per replicate, over some points. */
export function farthestFromTable(results: Results, network: string, set: string, least: number): number[] {
  const far = (results.sweep?.points ?? []).flatMap((_, point) => {
    const counted = own(resultsAt(results, point).asked ?? {}, set)?.counted?.drawn ?? [];
    return counted
      .filter(({ temperature }) => temperature >= least)
      .map(({ temperature, share }) =>
        numbersOf(results, network, drawnAccuracy, { point, label: set, part: String(temperature) }).map(
          (one) => Math.abs(one - share),
        ),
      );
  });
  return (far.at(0) ?? []).map((_, replicate) => Math.max(...far.map((of) => of[replicate])));
}

/** The score of a floor. @throws Error where there is none of this name */
export function floorOf({ floors }: AskedResults, name: string): number {
  const found = floors.find((floor) => floor.name === name);
  if (!found) throw new Error(`There is no floor ${name}.`);
  return found.score;
}
