/**
 * An order of rows in which similar ones stand together: average-linkage clustering on Euclidean distances, its tree
 * read from left to right. Undefined numbers count as 0. For looking only; no result depends on it.
 */
export function clusteredOrder(rows: readonly (readonly (number | null)[])[]): number[] {
  let groups = rows.map((_, at) => [at]);
  const distance = rows.map((a) => Float64Array.from(rows, (b) => euclidean(a, b)));
  while (groups.length > 1) {
    let [first, second, best] = [0, 1, Infinity];
    for (let i = 0; i < groups.length; i++) {
      for (let j = i + 1; j < groups.length; j++) {
        const value = distance[groups[i]?.[0] ?? 0]?.[groups[j]?.[0] ?? 0] ?? Infinity;
        if (value < best) [first, second, best] = [i, j, value];
      }
    }
    const a = groups[first] ?? [];
    const b = groups[second] ?? [];
    // The distances of a group are kept at its first member.
    const [atA, atB] = [a[0] ?? 0, b[0] ?? 0];
    for (const group of groups) {
      const at = group[0] ?? 0;
      const mean =
        ((distance[atA]?.[at] ?? 0) * a.length + (distance[atB]?.[at] ?? 0) * b.length) /
        (a.length + b.length);
      const rowA = distance[atA];
      const rowAt = distance[at];
      if (rowA !== undefined) rowA[at] = mean;
      if (rowAt !== undefined) rowAt[atA] = mean;
    }
    groups = groups
      .filter((_, at) => at !== second)
      .map((group, at) => (at === first ? [...a, ...b] : group));
  }
  return groups[0] ?? [];
}

function euclidean(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
