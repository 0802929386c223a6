import { keptReplicate, labelledReplicate } from '../core/replicate';
import { END, placeOf, Values } from '../core/values';
import { whyUndefined } from '../formats/compared-over';
import { comparisonsOf } from '../protocol/pair-results';
import type { PairResults, Results } from '../protocol/results';

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
  return values;
}

function addPairs(values: Values, compared: PairResults): void {
  const { measure, layer, labels, matrix } = compared;
  matrix.forEach((row, i) => {
    const own = placeOf(labelledReplicate(labels[i]));
    row.slice(0, i).forEach((value, j) => {
      const why = value === null ? whyUndefined(compared, i, j) : undefined;
      values.add({ measure, ...own, checkpoint: END, site: layer, other: labels[j] }, value, why);
    });
  });
}
