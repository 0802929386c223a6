import { foundOrWhy } from '../../numerics/numerical-error';
import type { NullMatrices, Value } from '../../protocol/results';
import { type NullPart, nullParts } from '../../protocol/similarity-names';

/** One number of two recordings, or why there is none. */
export interface PairFound {
  readonly value: Value;
  /** Why it is null. */
  readonly why?: string;
  /** Over how many pairs of stimuli it is, where that may differ. */
  readonly used?: number;
  /** What shuffled stimuli say of it, where that is asked for. */
  readonly null?: Readonly<Record<NullPart, Value>>;
  /** Where the best of several sites each is taken, which. */
  readonly sites?: readonly [string, string];
}

/** How recordings are compared: each is prepared once, and then compared with all others, and with itself. */
export interface Comparer<S, P> {
  /** What is compared of a recording; a NumericalError says why it cannot be compared with any. */
  prepare(recording: S): P;
  compare(a: P, b: P): PairFound;
  /** The same of some with others, where that is faster at once: of which one and which other, as they are asked for. */
  compareAll?(some: readonly P[], others: readonly P[]): (one: number, other: number) => PairFound;
}

/** Every recording compared with every other, and with itself. */
export interface PairMatrix {
  readonly matrix: Value[][];
  /** Over how many pairs of stimuli each is; null where the measure does not say. */
  readonly used: number[][] | null;
  /** Null where nothing says what shuffled stimuli would be. */
  readonly nulls: NullMatrices | null;
  /** Which sites are the best pair: that of the row, and that of the column. */
  readonly sites: string[][] | null;
  /** Why values are null: `matrix.ROW` of a recording that cannot be compared with any, `matrix.ROW.COLUMN` (ROW ≥ COLUMN) of a pair. */
  readonly undefinedValues: Record<string, string>;
}

/** Recordings that are compared at once with those held, and the bytes they may take that are not held themselves. */
const BATCH = 16;
const BATCH_ROOM = 16e6;

/** One in its place; `ready` is null where it cannot be compared with any. */
interface Placed<P> {
  readonly at: number;
  readonly ready: P | null;
}

/**
 * All pairs of recordings by one measure. Memory does not grow with their number: where what is prepared does not fit the room, it is asked for
 * again.
 *
 * @param count of recordings
 * @param recordingOf gives one of them
 * @param room bytes of prepared recordings that are held at once: of r, h of which fit, each is made about r / 2h times
 */
export async function pairMatrix<S, P>(
  comparer: Comparer<S, P>,
  count: number,
  recordingOf: (index: number) => S | Promise<S>,
  room: number,
): Promise<PairMatrix> {
  const found = new FoundPairs(count);
  for (let first = 0; first < count;) {
    const held: Placed<P>[] = [];
    let bytes = 0;
    for (let start = first; start < count;) {
      const batch: Placed<P>[] = [];
      let batchBytes = 0;
      for (let at = start; at < count && batch.length < BATCH && batchBytes < BATCH_ROOM; at++) {
        const recording = await recordingOf(at);
        const { found: ready, why } = foundOrWhy(() => comparer.prepare(recording));
        if (why !== undefined) found.undefinedValues[`matrix.${at}`] = why;
        const placed = { at, ready };
        batch.push(placed);
        // One is held until the room is full; the first always is, so that every turn brings the matrix further.
        const size = bytesOf(ready);
        if (held.length === at - first && (held.length === 0 || bytes + size <= room)) {
          held.push(placed);
          bytes += size;
          if (ready !== null) found.put(at, at, comparer.compare(ready, ready));
        } else batchBytes += size;
      }
      compareBlock(comparer, batch, held, found);
      start += batch.length;
    }
    first += held.length;
  }
  const { matrix, used, nulls, sites, undefinedValues } = found;
  return { matrix, used, nulls, sites, undefinedValues };
}

/** What is found of pairs, in both orders. */
class FoundPairs {
  readonly matrix: Value[][];
  readonly undefinedValues: Record<string, string> = {};
  used: number[][] | null = null;
  nulls: NullMatrices | null = null;
  sites: string[][] | null = null;

  constructor(private readonly count: number) {
    this.matrix = this.#square<Value>(null);
  }

  #square<T>(filler: T): T[][] {
    return Array.from({ length: this.count }, () => new Array<T>(this.count).fill(filler));
  }

  put(i: number, k: number, { value, why, used, null: ofNull, sites }: PairFound): void {
    this.matrix[i][k] = this.matrix[k][i] = value;
    if (ofNull) {
      this.nulls ??= { mean: this.#square(null), calibrated: this.#square(null), p: this.#square(null) };
      for (const part of nullParts) this.nulls[part][i][k] = this.nulls[part][k][i] = ofNull[part];
    }
    if (sites) {
      this.sites ??= this.#square('');
      [this.sites[i][k], this.sites[k][i]] = sites;
    }
    if (why !== undefined) this.undefinedValues[`matrix.${i}.${k}`] = why;
    if (used === undefined) return;
    this.used ??= this.#square(0);
    this.used[i][k] = this.used[k][i] = used;
  }
}

/** Each of a batch with each of those held that come before it. */
function compareBlock<S, P>(
  comparer: Comparer<S, P>,
  batch: readonly Placed<P>[],
  held: readonly Placed<P>[],
  found: FoundPairs,
): void {
  const some = batch.filter(isReady);
  const others = held.filter(isReady);
  if (comparer.compareAll && some.length > 0 && others.length > 0) {
    const compared = comparer.compareAll(
      some.map(({ ready }) => ready),
      others.map(({ ready }) => ready),
    );
    some.forEach(({ at }, row) =>
      others.forEach((other, column) => {
        if (other.at < at) found.put(at, other.at, compared(row, column));
      }),
    );
    return;
  }
  for (const { at, ready } of some)
    for (const other of others)
      if (other.at < at) found.put(at, other.at, comparer.compare(ready, other.ready));
}

function isReady<P>(placed: Placed<P>): placed is Placed<P> & { ready: P } {
  return placed.ready !== null;
}

/** Bytes of all arrays in what was prepared. */
function bytesOf(prepared: unknown): number {
  if (ArrayBuffer.isView(prepared)) return prepared.byteLength;
  if (typeof prepared !== 'object' || prepared === null) return 0;
  return Object.values(prepared).reduce((sum: number, part) => sum + bytesOf(part), 0);
}
