import { stream } from '../../src/core/stream';
import type { OptimizerSettings } from '../../src/training/fused/optimizer';
import type { Sequences } from '../../src/training/graph/batch';

/** Documents of 2 to `longest` tokens, the first of them as long as that; about two thirds of their tokens count, of the second none. @param endAlike whether all end at the same position */
export function documentsOf({
  count,
  vocabulary,
  longest,
  endAlike = false,
}: {
  count: number;
  vocabulary: number;
  longest: number;
  endAlike?: boolean;
}): Sequences {
  const random = stream('documents', `${count} ${vocabulary} ${longest}`);
  const starts = [0];
  for (let document = 0; document < count; document++)
    starts.push(starts[document] + (document === 0 ? longest : 2 + random.below(longest - 1)));
  const length = starts[count];
  const first = new Set(starts);
  const offsets = Uint32Array.from({ length: count }, (_, at) => longest - (starts[at + 1] - starts[at]));
  return {
    ...(endAlike ? { offsets } : {}),
    tokens: Uint16Array.from({ length }, () => random.below(vocabulary)),
    starts: Uint32Array.from(starts),
    counts: Uint8Array.from({ length }, (_, at) =>
      !first.has(at) && (at < starts[1] || at >= starts[2]) && random.below(3) > 0 ? 1 : 0,
    ),
  };
}

export function settings(more: Partial<OptimizerSettings> = {}): OptimizerSettings {
  return {
    optimizer: 'adam',
    momentum: 0.9,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
    ...more,
  };
}
