/** Pairs of stimuli that have a distance in every RDM, in the order of upper triangles, row by row. */
export interface Pairs {
  /** Stimuli. */
  readonly size: number;
  /** Which two stimuli each pair is of. */
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
}

/**
 * The pairs of a sample of the stimuli, some of which are in it several times. A pair of a stimulus with itself (drawn twice) is left
 * out: its distance is 0 in every RDM, which any model predicts (as rsatoolbox has it).
 */
export interface Sample {
  /** How often each stimulus is in it. */
  readonly counts: Uint32Array;
  /** Different stimuli in it. */
  readonly distinct: number;
  /** Those of all pairs that are in it, ascending. */
  readonly places: Uint32Array;
  /** Which two stimuli each is of. */
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  /** How often each is in it: the product of the counts of its stimuli. */
  readonly weights: Float64Array;
  readonly roots: Float64Array;
  /** Pairs in it, with repetitions. */
  readonly total: number;
}

export function sampleOf({ rows, columns }: Pairs, counts: Uint32Array): Sample {
  const room = new Uint32Array(rows.length);
  let length = 0;
  for (let pair = 0; pair < rows.length; pair++)
    if (counts[rows[pair]] * counts[columns[pair]] > 0) room[length++] = pair;
  const places = room.subarray(0, length);
  const weights = Float64Array.from(places, (pair) => counts[rows[pair]] * counts[columns[pair]]);
  return {
    counts,
    distinct: counts.reduce((sum, count) => sum + Math.min(count, 1), 0),
    places,
    rows: places.map((pair) => rows[pair]),
    columns: places.map((pair) => columns[pair]),
    weights,
    roots: weights.map(Math.sqrt),
    total: weights.reduce((sum, weight) => sum + weight, 0),
  };
}

/** Every stimulus once. */
export function wholeSample(pairs: Pairs): Sample {
  return sampleOf(pairs, new Uint32Array(pairs.size).fill(1));
}
