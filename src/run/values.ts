import { keptReplicate, labelledReplicate } from '../core/replicate';
import { END, placeOf, Values } from '../core/values';
import { whyUndefined } from '../formats/compared-over';
import { comparisonsOf, pairRows } from '../protocol/pair-results';
import type { ModelTests, PairResults, Results } from '../protocol/results';

/**
 * All scalars of a run: of each replicate, layer, checkpoint and pair of replicates. Statistics of single units are no scalars of a layer and
 * are not among them; their maxima are.
 */
export function valuesOf(results: Results): Values {
  const values = new Values();
  values.append(results.values, {});
  for (const { name, replicates } of results.networks)
    for (const one of replicates)
      if (one.status !== 'done')
        values.add(
          { measure: 'loss', ...placeOf(keptReplicate(name, one)), checkpoint: END },
          null,
          one.reason ?? `The replicate is ${one.status}.`,
        );
  for (const compared of comparisonsOf(results)) addPairs(values, compared);
  for (const tests of results.modelTests ?? []) addTests(values, tests);
  return values;
}

function addPairs(values: Values, compared: PairResults): void {
  const { measure, layer, labels, matrix } = compared;
  matrix.forEach((row, i) => {
    const own = placeOf(labelledReplicate(labels[i]));
    row.slice(0, i).forEach((value, j) => {
      const why = value === null ? whyUndefined(compared, i, j) : undefined;
      const place = { ...own, checkpoint: END, site: layer, other: labels[j] };
      for (const found of pairRows(measure, { matrix, nulls: compared.null ?? null }, [i, j], why))
        values.add({ measure: found.measure, ...place }, found.value, found.why);
    });
  });
}

/** Scores of model RDMs (of each replicate, and their mean with its tests) and noise ceilings. */
function addTests(values: Values, tests: ModelTests): void {
  const { network, point = 0, layer, seeds, why } = tests;
  const own = { source: network, point: String(point), checkpoint: END, site: layer };
  const add = (measure: string, value: number | null, more: { label?: string; seed?: string } = {}): void =>
    values.add(
      { measure: `modelTests.${measure}`, ...own, ...more },
      value,
      value === null ? why : undefined,
    );
  for (const { name: label, value, bySubject, error, low, high, aboveZero, ceiling } of tests.models) {
    bySubject.forEach((one, at) => add('score', one, { label, seed: String(seeds[at]) }));
    add('score', value, { label });
    const numbers = { error, low, high, 'p above 0': aboveZero.corrected, 'p ceiling': ceiling.corrected };
    for (const [measure, number] of Object.entries(numbers)) add(measure, number, { label });
  }
  add('ceiling.lower', tests.ceiling.lower);
  add('ceiling.upper', tests.ceiling.upper);
  for (const { first, second, corrected } of tests.differences)
    add('p difference', corrected, { label: `${first} – ${second}` });
}
