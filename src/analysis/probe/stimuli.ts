import { createHash } from 'node:crypto';
import type { Matrix } from '../../core/matrix';
import type { Stimuli } from './folds';

/** Rows that are equal number by number are of one stimulus. */
export function equalRows({ rows, cols, data }: Matrix<Float64Array>): Stimuli {
  // 0 and −0 are equal.
  const own = data.map((one) => one + 0);
  return sameKeys(
    Array.from({ length: rows }, (_, row) =>
      createHash('sha256')
        .update(own.subarray(row * cols, (row + 1) * cols))
        .digest('hex'),
    ),
  );
}

/** Rows with one key are of one stimulus. */
export function sameKeys(keys: readonly string[]): Stimuli {
  const numbers = new Map([...new Set(keys)].map((key, at) => [key, at]));
  return { count: numbers.size, of: Uint32Array.from(keys, (key) => numbers.get(key) ?? 0) };
}

/** Some of the rows, their stimuli counted anew. */
export function stimuliOf({ of }: Stimuli, rows: Uint32Array): Stimuli {
  return sameKeys(Array.from(rows, (row) => `${of[row]}`));
}
