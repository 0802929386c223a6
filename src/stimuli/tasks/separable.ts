/** A number below this is rounding. */
const TINY = 1e-9;
const MOST_PIVOTS = 2000;

/**
 * Whether a hyperplane divides points by their labels (strictly). Solves the dual by the simplex method (phase one, Bland's
 * rule): points are inseparable when, and only when, a mixture of one class equals a mixture of the other. The answer is
 * accepted only with its certificate (the weights, or the mixture), checked on the points themselves.
 *
 * @param points each of the same dimension
 * @returns null where rounding leaves it open
 */
export function areSeparable(
  points: readonly (readonly number[])[],
  labels: readonly boolean[],
): boolean | null {
  if (points.length === 0 || labels.every((label) => label === labels[0])) return true;
  const signed = points.map((point, i) => [...point, 1].map((value) => (labels[i] ? value : -value)));
  const { mixture, weights } = solve(signed);
  if (mixture) {
    const isBalanced = signed[0].every((_, d) => {
      const sum = signed.reduce((total, point, i) => total + mixture[i] * point[d], 0);
      return Math.abs(sum) < 1e-7;
    });
    return isBalanced && mixture.every((share) => share >= -TINY) ? false : null;
  }
  if (!weights) return null;
  return signed.every((point) => dot(point, weights) > TINY) ? true : null;
}

/** Looks for λ ≥ 0 with Σλᵢ·pointᵢ = 0 and Σλᵢ = 1, or for weights that give every point a positive product. */
function solve(points: readonly (readonly number[])[]): { mixture?: Float64Array; weights?: number[] } {
  const dimension = points[0].length;
  const rows = dimension + 1;
  const count = points.length;
  const width = count + rows + 1;
  // Columns: the points, one artificial variable a row, the right side. The last row of the tableau is the cost.
  const tableau = Array.from({ length: rows + 1 }, () => new Float64Array(width));
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < count; i++) tableau[r][i] = r < dimension ? points[i][r] : 1;
    tableau[r][count + r] = 1;
    tableau[r][width - 1] = r < dimension ? 0 : 1;
  }
  const cost = tableau[rows];
  for (let r = 0; r < rows; r++) for (let c = 0; c < width; c++) cost[c] -= tableau[r][c];
  for (let r = 0; r < rows; r++) cost[count + r] = 0;
  const basis = Array.from({ length: rows }, (_, r) => count + r);
  for (let pivot = 0; pivot < MOST_PIVOTS; pivot++) {
    let enter = 0;
    while (enter < count && cost[enter] >= -TINY) enter++;
    if (enter === count) return finish(tableau, basis, count, dimension);
    const leave = leaving(tableau, basis, enter, width - 1);
    if (leave < 0) return {};
    eliminate(tableau, leave, enter);
    basis[leave] = enter;
  }
  return {};
}

function leaving(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  enter: number,
  right: number,
): number {
  let leave = -1;
  let least = Infinity;
  for (let r = 0; r < basis.length; r++) {
    if (tableau[r][enter] <= TINY) continue;
    const ratio = tableau[r][right] / tableau[r][enter];
    const isTie = Math.abs(ratio - least) <= TINY;
    if (leave < 0 || (isTie ? basis[r] < basis[leave] : ratio < least)) {
      leave = r;
      least = ratio;
    }
  }
  return leave;
}

function eliminate(tableau: readonly Float64Array[], leave: number, enter: number): void {
  const row = tableau[leave];
  const pivot = row[enter];
  for (let c = 0; c < row.length; c++) row[c] /= pivot;
  for (const other of tableau) {
    const factor = other[enter];
    if (other === row || factor === 0) continue;
    for (let c = 0; c < row.length; c++) other[c] -= factor * row[c];
  }
}

function finish(
  tableau: readonly Float64Array[],
  basis: readonly number[],
  count: number,
  dimension: number,
): { mixture?: Float64Array; weights?: number[] } {
  const right = tableau[0].length - 1;
  const cost = tableau[tableau.length - 1];
  if (-cost[right] > 1e-7) {
    // The artificial columns' reduced costs are 1 less the dual prices; a negated price is a weight.
    return { weights: Array.from({ length: dimension }, (_, r) => cost[count + r] - 1) };
  }
  const mixture = new Float64Array(count);
  basis.forEach((column, r) => {
    if (column < count) mixture[column] = tableau[r][right];
  });
  return { mixture };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
