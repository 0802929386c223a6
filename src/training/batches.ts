import { stream } from '../core/stream';

/**
 * The endless sequence of training batches of one replicate: each epoch is a fresh permutation of the training set from
 * `stream('order', network's name, seed)`, cut into batches; the last one of an epoch may be smaller.
 *
 * @param count training stimuli
 * @param phase that has these stimuli for itself, from 0: its order is of its own
 * @returns rows of the training set, valid until the next epoch
 */
export function* batches(
  network: string,
  seed: number,
  count: number,
  batchSize: number,
  phase?: number,
): Generator<Uint32Array, never> {
  const random = stream('order', network, seed, ...(phase === undefined ? [] : ['phase', phase]));
  for (;;) {
    const order = random.permutation(count);
    for (let start = 0; start < count; start += batchSize) yield order.subarray(start, start + batchSize);
  }
}
