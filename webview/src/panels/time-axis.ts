import type { ReplicateInfo } from '../../../src/protocol/results';
import type { Axis, Tick } from '../charts/picture';

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
  for (const epoch of round125.filter((value) => value <= last)) texts.set(x(epoch), String(round(epoch)));
  return [...texts].map(([at, name]) => ({ at, name }));
}

/** An epoch, in four digits. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
