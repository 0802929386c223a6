/**
 * Sums of columns over the first stimuli of an order, at several places of it: the product of a 0/1 matrix (who is among
 * the first) with the columns. It is the only heavy step of the permutation tests. Written as sums over the rows that
 * are in, for half of a 0/1 matrix is zeros.
 *
 * @param columns stimuli × width, row-major
 * @param order stimuli, the order begins at `from`
 * @param places ascending numbers of stimuli, each at least 1
 * @param sums receives places × width
 */
export function prefixSums(
  columns: Float64Array,
  width: number,
  order: Uint32Array,
  from: number,
  places: readonly number[],
  sums: Float64Array,
): void {
  let start = 0;
  for (let p = 0; p < places.length; p++) {
    const out = p * width;
    if (p === 0) sums.fill(0, 0, width);
    else sums.copyWithin(out, out - width, out);
    addRows(columns, width, order, from + start, from + places[p], sums, out);
    start = places[p];
  }
}

/** Adds the rows order[first] … order[end − 1] to `sums` from `out` on. */
function addRows(
  columns: Float64Array,
  width: number,
  order: Uint32Array,
  first: number,
  end: number,
  sums: Float64Array,
  out: number,
): void {
  let at = first;
  // Eight rows at a time: the sums are then read and written an eighth as often.
  for (; at + 8 <= end; at += 8) {
    let a = order[at] * width;
    let b = order[at + 1] * width;
    let c = order[at + 2] * width;
    let d = order[at + 3] * width;
    let e = order[at + 4] * width;
    let f = order[at + 5] * width;
    let g = order[at + 6] * width;
    let h = order[at + 7] * width;
    const last = out + width;
    for (let j = out; j < last; j++) {
      sums[j] +=
        columns[a++] +
        columns[b++] +
        (columns[c++] + columns[d++]) +
        (columns[e++] + columns[f++] + (columns[g++] + columns[h++]));
    }
  }
  for (; at < end; at++) {
    const row = order[at] * width;
    for (let j = 0; j < width; j++) sums[out + j] += columns[row + j];
  }
}
