import type { Pairs } from './sample';

/** The pairs of stimuli that all RDMs have a distance for. */
interface Defined extends Pairs {
  /** Their places in the upper triangle. */
  readonly kept: Uint32Array;
  /** Whether they are all pairs there are. */
  readonly whole: boolean;
}

/** @param rdms upper triangles, NaN where a distance is not defined */
export function definedIn(size: number, rdms: readonly Float64Array[]): Defined {
  const [rows, columns, kept]: number[][] = [[], [], []];
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++) {
      if (rdms.some((rdm) => Number.isNaN(rdm[at]))) continue;
      rows.push(i);
      columns.push(j);
      kept.push(at);
    }
  return {
    size,
    rows: Uint32Array.from(rows),
    columns: Uint32Array.from(columns),
    kept: Uint32Array.from(kept),
    whole: kept.length === (size * (size - 1)) / 2,
  };
}

/** The distances at these places. */
export function pick(values: Float64Array, places: Uint32Array): Float64Array {
  return Float64Array.from(places, (at) => values[at]);
}
