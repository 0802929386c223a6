import type { Tick } from './heatmap-names';
import type { Tree } from './tree';

/** A matrix in colour. Row and column `at` count from 0, from the top left. */
export interface Heatmap {
  /** Null or NaN where undefined: grey and crossed. Infinite ones have the colour of their end, and ∞ in the cell where there is room. */
  values: (number | null)[][];
  /** `[low, high]`; when `diverging`, the middle is the true zero (or chance). */
  range: [number, number];
  diverging: boolean;
  /** Small numbers have the colours of large ones: of distances, so that what is alike is bright in all. */
  reversed?: boolean;
  /** What the colour measures. */
  measure: string;
  xTitle: string;
  xTicks: Tick[];
  yTicks: Tick[];
  /** Names of blocks of rows (of a square map: and columns), outside of the ticks. */
  blocks?: Tick[];
  /** Names the pair under the pointer. */
  pair(row: number, column: number): string;
  /** Lines between blocks, before these rows and columns. */
  borders: number[];
  columnBorders?: number[];
  square: boolean;
  /** The numbers stand in the cells, where these are large enough. */
  written?: boolean;
  /** Written over the columns from here on. */
  note?: { from: number; text: string };
  /** A framed column. */
  marked?: { column: number };
  /** Rows and columns (of a square map) that are pointed out at its edge. */
  pointed?: number[];
  /** Above the first columns, and beside the rows: groups that merge, 0 … n − 1 being columns or rows. */
  tree?: Tree;
  rowTree?: Tree;
}

/** Where the cells are, in pixels of the picture. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  columns: number;
  rows: number;
}
