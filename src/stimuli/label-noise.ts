import type { Label } from '../core/label';
import { stream } from '../core/stream';

/**
 * Labels of which each is wrong with a probability: the other of two, any other of several with equal chances. They are drawn with the stimuli, so that all networks and
 * replicates are told the same; with a larger probability the same labels are wrong, and more.
 *
 * @param seed of the stimuli
 */
export function withNoise(label: Label, probability: number, seed: number): Label {
  if (probability === 0) return label;
  const draws = stream('label noise', label.name, seed);
  const others = Math.max(1, label.classes.length - 1);
  const values = Float32Array.from(label.values, (value) => {
    const isWrong = draws.uniform() < probability;
    // Drawn in any case: which labels are wrong must not shift what they are.
    const step = 1 + draws.below(others);
    return isWrong ? (value + step) % label.classes.length : value;
  });
  return { ...label, values };
}
