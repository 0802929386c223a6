import { stream } from '../../core/stream';

/** Random orders of the stimuli, the same for every layer, replicate and network of an experiment. */
export interface LabelPermutations {
  /** How many orders. */
  readonly count: number;
  /** Stimuli in each. */
  readonly length: number;
  /** All orders, some at a time: each block is orders × length, row-major. */
  blocks(): Iterable<Uint32Array>;
}

/** Numbers of one block. */
const blockSize = 2 ** 18;
/** Numbers that are kept in memory; beyond that they are drawn again each time. */
const kept = 2 ** 24;

/**
 * Orders of a set's stimuli from the stream `permutation`. They depend on nothing but the two numbers (and the first of
 * them on the second only), so p-values do not change when labels, layers or networks are added.
 */
export function labelPermutations(count: number, length: number): LabelPermutations {
  if (count * length > kept) return { count, length, blocks: () => drawn(count, length) };
  let all: Uint32Array[] | undefined;
  return { count, length, blocks: () => (all ??= [...drawn(count, length)]) };
}

function* drawn(count: number, length: number): Generator<Uint32Array> {
  const random = stream('permutation', length);
  const perBlock = Math.max(1, Math.floor(blockSize / length));
  for (let first = 0; first < count; first += perBlock) {
    const orders = Math.min(perBlock, count - first);
    const block = new Uint32Array(orders * length);
    for (let k = 0; k < orders; k++) block.set(random.permutation(length), k * length);
    yield block;
  }
}
