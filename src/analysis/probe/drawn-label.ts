import { stream } from '../../core/stream';
import type { ClassTarget } from './probe';

/** How often a label is what each of two others say: their predictivities. */
type Predictivity = readonly [number, number];

/** A label that was drawn, and the rows that it was drawn for. */
interface DrawnLabel {
  readonly target: ClassTarget;
  readonly rows: Uint32Array;
}

/**
 * Draws a label of two values that two others predict, each as often as is said and independently of each other given the label (as the features of Hermann and Lampinen 2020
 * do): with predictivities p and q the two agree in pq + (1−p)(1−q) of the stimuli, where the label is what they say with odds of pq to (1−p)(1−q); where they conflict, it is
 * what the first says with odds of p(1−q) to (1−p)q. Of the rows so many are taken that the two agree that often; how many there are in all does not depend on p and q.
 *
 * @param labels two values each
 * @param among rows to take from
 * @param random name of the stream; with one name p and q alone decide what differs
 */
export function drawnLabel(
  [a, b]: readonly [ClassTarget, ClassTarget],
  among: Uint32Array,
  [p, q]: Predictivity,
  random: readonly (string | number)[],
): DrawnLabel {
  const draws = stream('probe-drawn-label', ...random);
  const order = Array.from(draws.permutation(among.length), (at) => among[at]);
  const chance = new Map(order.map((row) => [row, draws.uniform()]));
  const agree = order.filter((row) => a.of[row] === b.of[row]);
  const conflict = order.filter((row) => a.of[row] !== b.of[row]);
  const count = Math.min(agree.length, conflict.length);
  const share = p * q + (1 - p) * (1 - q);
  const agreeing = Math.round(share * count);
  const asFirst = { agree: (p * q) / share, conflict: (p * (1 - q)) / (1 - share) };
  const of = Uint32Array.from(a.of);
  const draw = (rows: readonly number[], probability: number): readonly number[] => {
    for (const row of rows) if ((chance.get(row) ?? 0) >= probability) of[row] = 1 - a.of[row];
    return rows;
  };
  const rows = [
    ...draw(agree.slice(0, agreeing), asFirst.agree),
    ...draw(conflict.slice(0, count - agreeing), asFirst.conflict),
  ];
  return { target: { ...a, of }, rows: Uint32Array.from(rows).sort() };
}
