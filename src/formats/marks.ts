/**
 * Shapes that tell points apart, in the one order that all pictures take them in: first those that WebGL has too, and that an error
 * bar does not run into. As polygons about 0, 0 of about the area of a disc of radius 1; the disc itself is none.
 */
export const marks = ['disc', 'diamond', 'square', 'plus', 'triangle', 'x'] as const;

export type Mark = (typeof marks)[number];

const arm = 0.32;
const plus = [
  [-arm, -1.1],
  [arm, -1.1],
  [arm, -arm],
  [1.1, -arm],
  [1.1, arm],
  [arm, arm],
  [arm, 1.1],
  [-arm, 1.1],
  [-arm, arm],
  [-1.1, arm],
  [-1.1, -arm],
  [-arm, -arm],
] as const;

const outlines: Record<Exclude<Mark, 'disc'>, readonly (readonly [number, number])[]> = {
  plus,
  // The same, turned by an eighth.
  x: plus.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2] as const),
  square: [
    [-0.89, -0.89],
    [0.89, -0.89],
    [0.89, 0.89],
    [-0.89, 0.89],
  ],
  triangle: [
    [0, -1.25],
    [1.2, 0.85],
    [-1.2, 0.85],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
};

/** The mark of the class, task or network at this place among its like. */
export function markAt(at: number): Mark {
  return marks[at % marks.length] ?? 'disc';
}

/** The corners of a mark, x and y in turn; none of a disc. */
export function cornersOf(mark: Mark, x: number, y: number, radius: number): number[] {
  return mark === 'disc' ? [] : outlines[mark].flatMap(([dx, dy]) => [x + radius * dx, y + radius * dy]);
}
