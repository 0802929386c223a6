import type { Thumb } from '../thumb';

/** Where the keyboard's cursor can stop: a row and a column of cells, or a mark of the picture and a point of it. */
export type Stop = readonly [number, number];

/** Where a key moves the cursor. */
export type Move =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  /** Of the row or line, … */
  | 'first'
  | 'last'
  /** … and of everything. */
  | 'start'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'next'
  | 'previous';

/** What is at a place of a picture. */
export interface Found {
  lines: readonly string[];
  thumb?: Thumb;
  pick?: () => void;
  /** Where the keyboard goes on from it. */
  stop?: Stop;
}

/** Where a point is, in pixels of the picture, and which. */
export interface Place {
  x: number;
  y: number;
  radius: number;
  stop: Stop;
}

/** What is at a place of the picture, in its pixels. */
export type Find = (x: number, y: number) => Found | null;

/** The place of a stop, in pixels of the picture. */
export interface Spot {
  /** Its middle. */
  x: number;
  y: number;
  width: number;
  height: number;
  round: boolean;
}

/** What the keyboard finds in a picture that the pointer finds too. */
export interface Stops {
  /** The keys, in words. */
  keys: string;
  /** Null where the key means nothing here. */
  go(from: Stop | null, move: Move): Stop | null;
  /** Null where there is nothing (any more). */
  at(stop: Stop): { spot: Spot; found: Found } | null;
}

const moves = new Map<string, Move>([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['Home', 'first'],
  ['End', 'last'],
  ['Control Home', 'start'],
  ['Control End', 'end'],
  ['PageUp', 'pageUp'],
  ['PageDown', 'pageDown'],
  ['n', 'next'],
  ['p', 'previous'],
]);

/** What a key means, where it means something. */
export function moveOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): Move | undefined {
  if (altKey || metaKey) return undefined;
  return moves.get(ctrlKey ? `Control ${key}` : key.length === 1 ? key.toLowerCase() : key);
}
