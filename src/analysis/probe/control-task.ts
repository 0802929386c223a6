import { stream } from '../../core/stream';
import { classOf, meanOf, membersOf, type Stimuli } from './folds';
import type { Target } from './probe';

/** Orders that are tried until one is another task than the label. */
const TRIALS = 100;

/**
 * A task that cannot be computed, only memorised (Hewitt and Liang 2019): the labels of combinations are dealt anew among them, so that each has one label for
 * all its rows, and labels are about as frequent as before. It is none that only renames the classes of the label.
 *
 * @param combinations which combination of values each row has
 * @param random name of the stream
 * @returns undefined where every deal is the label itself
 */
export function controlTask(
  target: Target,
  combinations: Stimuli,
  random: readonly (string | number)[],
): Target | undefined {
  const members = membersOf(combinations);
  const of = members.map((rows) =>
    target.kind === 'classes' ? classOf(target, rows) : meanOf(target, rows),
  );
  const draws = stream('probe-control', ...random);
  for (let trial = 0; trial < TRIALS; trial++) {
    const dealt = Array.from(draws.permutation(of.length), (from) => of[from]);
    if (target.kind === 'real' ? dealt.every((one, at) => one === of[at]) : isRenamed(of, dealt)) continue;
    const labels = Float64Array.from(combinations.of, (combination) => dealt[combination]);
    return target.kind === 'real' ? { ...target, of: labels } : { ...target, of: Uint32Array.from(labels) };
  }
  return undefined;
}

/** Whether one label says the other. */
function isRenamed(of: readonly number[], dealt: readonly number[]): boolean {
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  return of.every((one, at) => {
    if (!there.has(one)) there.set(one, dealt[at]);
    if (!back.has(dealt[at])) back.set(dealt[at], one);
    return there.get(one) === dealt[at] && back.get(dealt[at]) === one;
  });
}
