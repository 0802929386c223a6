import type { ReplicateInfo } from '../../../src/protocol/results';
import type { Axis, Tick } from '../charts/picture';
import { shortEpoch } from '../selectors';

/** The axis of epochs, and where an epoch stands on it. */
export function timeOf(
  done: readonly ReplicateInfo[],
  log: boolean,
): { axis: Axis; x: (epoch: number) => number } {
  const all = done.flatMap(({ checkpoints }) => checkpoints.map(({ epoch }) => epoch));
  const epochs = [...new Set(all)].sort((a, b) => a - b);
  // Epoch 0 has no logarithm: it stands half of the way below the first.
  const zero = (epochs.find((epoch) => epoch > 0) ?? 1) / 2;
  const x = (epoch: number): number => (log ? Math.log10(epoch === 0 ? zero : epoch) : epoch);
  const [start, end] = [x(epochs[0] ?? 0), x(epochs.at(-1) ?? 1)];
  const margin = 0.025 * (end - start);
  const ticks = log ? { ticks: logTicks(zero, epochs, x) } : {};
  return { axis: { title: 'Epoch', range: [start - margin, end + margin], ...ticks }, x };
}

function logTicks(zero: number, epochs: readonly number[], x: (epoch: number) => number): Tick[] {
  const last = (epochs.at(-1) ?? 1) * 1.001;
  const round125: number[] = [];
  for (let power = Math.ceil(Math.log10(zero * 1.5)); 10 ** power <= last; power++)
    round125.push(10 ** power, 2 * 10 ** power, 5 * 10 ** power);
  const texts = new Map<number, string>();
  if (epochs[0] === 0) texts.set(x(0), '0');
  for (const epoch of round125.filter((value) => value <= last)) texts.set(x(epoch), shortEpoch(epoch));
  return [...texts].map(([at, name]) => ({ at, name }));
}

/** The checkpoints that all replicates have. */
export function sharedBy(done: readonly ReplicateInfo[]): ReplicateInfo['checkpoints'] {
  return (done[0]?.checkpoints ?? []).filter(({ step }) =>
    done.every(({ checkpoints }) => checkpoints.some((one) => one.step === step)),
  );
}

/** Of what is defined; null where nothing is. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
