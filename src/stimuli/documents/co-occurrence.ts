import { log } from '../../core/elementary';
import type { Documents } from './corpus';

/**
 * How unlike the company is that values of a column keep: the Jensen–Shannon distance (the root of the divergence in bits, 0 to 1) of the distributions of the tokens in the documents in which each occurs. Every token
 * of such a document counts that is not of the value itself.
 *
 * Lin 1991, IEEE Transactions on Information Theory 37, 145–151; Endres and Schindelin 2003, the same 49, 1858–1860; as distributional similarity Lee 1999, ACL, 25–32.
 *
 * @param column a column of tokens
 * @param values names of values of it
 * @returns upper triangle of the values, NaN where one of both is in no document
 * @throws RangeError where there is no such column
 */
export function coOccurrenceDistances(
  documents: Documents,
  column: string,
  values: readonly string[],
): Float64Array {
  const shares = values.map(companyOf(documents, column));
  const distances = new Float64Array((values.length * (values.length - 1)) / 2);
  let at = 0;
  for (const [i, one] of shares.entries())
    for (const other of shares.slice(i + 1)) distances[at++] = jensenShannon(one, other);
  return distances;
}

/** Of a value the share of each token among those that stand in documents with it. */
function companyOf({ tokens, starts, columns }: Documents, column: string): (value: string) => Float64Array {
  const found = columns.find(({ name }) => name === column);
  if (!found) throw new RangeError(`Documents have no column ${column}.`);
  const { codes } = found;
  const size = tokens.reduce((most, token) => Math.max(most, token), 0) + 1;
  // In which documents each value is.
  const within = new Map<number, number[]>();
  for (let document = 0; document < starts.length - 1; document++)
    for (const code of new Set(codes.subarray(starts[document], starts[document + 1]))) {
      const known = within.get(code);
      if (known) known.push(document);
      else within.set(code, [document]);
    }
  return (value) => {
    const code = found.values.indexOf(value);
    const counts = new Float64Array(size);
    let all = 0;
    for (const document of within.get(code) ?? [])
      for (let at = starts[document]; at < starts[document + 1]; at++) {
        if (codes[at] === code) continue;
        counts[tokens[at]]++;
        all++;
      }
    return counts.map((count) => count / all);
  };
}

/** In bits, rooted; NaN where one of both is no distribution. */
function jensenShannon(p: Float64Array, q: Float64Array): number {
  let divergence = 0;
  for (let k = 0; k < p.length; k++) {
    const mean = (p[k] + q[k]) / 2;
    if (Number.isNaN(mean)) return NaN;
    if (p[k] > 0) divergence += (p[k] * log(p[k] / mean)) / 2;
    if (q[k] > 0) divergence += (q[k] * log(q[k] / mean)) / 2;
  }
  return Math.sqrt(Math.max(0, divergence) / Math.LN2);
}
