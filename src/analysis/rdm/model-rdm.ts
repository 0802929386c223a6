import type { Label } from '../../core/label';
import type { Rdm } from './rdm';

/**
 * The RDM that a representation of nothing but this label has, over its stimuli: 0 or 1 (different values) for binary and categorical
 * labels, the Hamming distance of bit vectors, the squared Euclidean distance of real ones.
 */
export function modelRdm(label: Label): Rdm {
  return distancesOf(label, label.values.length / label.width, (i) => i);
}

/**
 * The same over conditions; null where the label varies within a condition, which then has no value of its own.
 *
 * @param conditionOf condition of each stimulus
 * @param count number of conditions, each with at least one stimulus
 */
export function conditionModelRdm(label: Label, conditionOf: ArrayLike<number>, count: number): Rdm | null {
  const { width, values } = label;
  const first = new Int32Array(count).fill(-1);
  for (let i = 0; i < conditionOf.length; i++) {
    const condition = conditionOf[i];
    if (first[condition] < 0) first[condition] = i;
    for (let k = 0; k < width; k++) {
      if (values[i * width + k] !== values[first[condition] * width + k]) return null;
    }
  }
  return distancesOf(label, count, (condition) => first[condition]);
}

function distancesOf({ kind, width, values }: Label, n: number, stimulus: (row: number) => number): Rdm {
  const rows = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < width; k++) rows[i * width + k] = values[stimulus(i) * width + k];
  }
  const byValue = kind === 'binary' || kind === 'categorical';
  const distances = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let a = i * width, b = j * width, end = a + width; a < end; a++, b++) {
        const difference = rows[a] - rows[b];
        sum += difference * difference;
      }
      distances[at++] = byValue ? Number(sum !== 0) : sum;
    }
  }
  const rounding =
    kind === 'real' ? width * Number.EPSILON * distances.reduce((a, b) => Math.max(a, b), 0) : 0;
  return { size: n, distances, rounding, undefinedRows: [] };
}
