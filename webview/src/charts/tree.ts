import type { Theme } from '../theme';
import type { Pen } from './pen';

/** Groups that merge, by height: 0 … n − 1 are the leaves from first to last, then the mergers in this order. */
export interface Tree {
  a: ArrayLike<number>;
  b: ArrayLike<number>;
  height: ArrayLike<number>;
}

/** @param to where a place among the leaves and a height (from 0 to 1) stand in the picture */
export function drawTree(
  pen: Pen,
  tree: Tree,
  theme: Theme,
  to: (place: number, height: number) => [number, number],
): void {
  const merges = tree.height.length;
  const middle = Array.from({ length: merges + 1 }, (_, at) => at);
  const height = new Array<number>(merges + 1).fill(0);
  const highest = tree.height[merges - 1] ?? 0;
  const stroke = { colour: theme.foreground, width: 1 };
  for (let at = 0; at < merges; at++) {
    const [a, b] = [tree.a[at] ?? 0, tree.b[at] ?? 0];
    const top = highest > 0 ? (tree.height[at] ?? 0) / highest : 0;
    const [left, right] = [middle[a] ?? 0, middle[b] ?? 0];
    pen.line(
      [to(left, height[a] ?? 0), to(left, top), to(right, top), to(right, height[b] ?? 0)].flat(),
      stroke,
    );
    middle.push((left + right) / 2);
    height.push(top);
  }
}
