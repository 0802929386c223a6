import type { Theme } from '../theme';
import type { Axes, Box } from './axes';
import type { Pen } from './pen';
import type { Tree } from './picture';

/** Height of a tree above columns, and width of one beside rows, in pixels. */
export const treeRoom = { above: 62, right: 44 };

/** A tree over the columns, or right of the rows, that are its leaves. */
export function drawTree(pen: Pen, tree: Tree, theme: Theme, { at, box }: { at: Axes; box: Box }): void {
  const long = treeRoom[tree.side] - 8;
  const to = (place: number, height: number): [number, number] =>
    tree.side === 'above'
      ? [at.x(place), box.top - 4 - height * long]
      : [box.left + box.width + 4 + height * long, at.y(place)];
  const merges = tree.height.length;
  const middle = Array.from({ length: merges + 1 }, (_, leaf) => leaf);
  const height = new Array<number>(merges + 1).fill(0);
  const highest = tree.height[merges - 1] ?? 0;
  const stroke = { colour: theme.foreground, width: 1 };
  for (let merge = 0; merge < merges; merge++) {
    const [a, b] = [tree.a[merge] ?? 0, tree.b[merge] ?? 0];
    const top = highest > 0 ? (tree.height[merge] ?? 0) / highest : 0;
    const [left, right] = [middle[a] ?? 0, middle[b] ?? 0];
    pen.line(
      [to(left, height[a] ?? 0), to(left, top), to(right, top), to(right, height[b] ?? 0)].flat(),
      stroke,
    );
    middle.push((left + right) / 2);
    height.push(top);
  }
}
