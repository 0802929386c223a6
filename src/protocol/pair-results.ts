import type { NullMatrices, PairGroup, PairResults, Results, RsaResults, Value } from './results';
import { besideName, nullParts } from './similarity-names';

export function isRsa(compared: PairResults): compared is RsaResults {
  return 'metric' in compared;
}

/** Comparisons of replicates as results list them. */
export function byKind(compared: readonly PairResults[]): Pick<Results, 'rsa' | 'pairs'> {
  return { rsa: compared.filter(isRsa), pairs: compared.filter((one) => !isRsa(one)) };
}

/** All comparisons of replicates that results have. */
export function comparisonsOf({ rsa, pairs }: Pick<Results, 'rsa' | 'pairs'>): PairResults[] {
  return [...rsa, ...pairs];
}

/**
 * What the table has of two recordings: the value, and what stands beside it.
 *
 * @param why the value is null
 */
export function pairRows(
  measure: string,
  { matrix, nulls }: { readonly matrix: Value[][]; readonly nulls: NullMatrices | null },
  [row, column]: readonly [number, number],
  why: string | undefined,
): { measure: string; value: Value; why: string | undefined }[] {
  const value = matrix[row][column];
  const own = { measure, value, why };
  if (!nulls) return [own];
  return [
    own,
    ...nullParts.map((part) => ({
      measure: besideName(measure, part),
      value: nulls[part][row][column],
      why: value === null ? why : 'Shuffled stimuli are as alike as can be.',
    })),
  ];
}

/**
 * Why the value of two recordings is null: of the pair, or of one that cannot be compared with any.
 *
 * @param undefinedValues as `PairResults` has them
 * @param names of the recordings
 * @returns undefined where nothing says so
 */
export function whyOfPair(
  undefinedValues: PairResults['undefinedValues'],
  names: readonly string[],
  row: number,
  column: number,
): string | undefined {
  const pair = undefinedValues[`matrix.${Math.max(row, column)}.${Math.min(row, column)}`];
  if (pair !== undefined) return pair;
  const of = [row, column].find((one) => undefinedValues[`matrix.${one}`] !== undefined);
  return of === undefined ? undefined : `${names[of]}: ${undefinedValues[`matrix.${of}`]}`;
}

/** What two networks have in common, or one with itself, in whichever order. */
export function groupOf(
  { groups }: Pick<PairResults, 'groups'>,
  a: string,
  b: string,
): PairGroup | undefined {
  return groups.find((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a));
}
