import type { Mark as Shape } from '../../../src/formats/marks';
import type { Thumb } from '../thumb';

/**
 * A picture as plain data: what is drawn, and what pointer and keyboard find in it. `layOut` gives everything its place, a pen draws it.
 */
export interface Picture {
  /** Beside each other as far as there is room, else in rows. */
  panels: readonly Panel[];
  /** The least and the greatest width of a panel, in pixels, where there are several. */
  panelWidth?: { least: number; most: number };
  legend?: readonly LegendGroup[];
  /** What the colours of values stand for. */
  scale?: Scale;
  /** What dragging over the first plot does. */
  hand?: Hand;
  /** What Enter does at a place that one can choose, in words. */
  enter?: string;
}

/** One of the small pictures of a picture. */
export interface Panel {
  title?: string;
  /** What is particular about it; beside its title. */
  note?: string;
  /** Above each other over one horizontal axis, or beside each other. */
  plots: readonly Plot[];
  across?: boolean;
}

export interface Plot {
  x: Axis;
  y: Axis;
  /** In pixels; `square`: as high as wide, and at most so high. */
  height: number;
  square?: boolean;
  /** One unit is as long on both axes. */
  equal?: boolean;
  /** Without axes and grid: another plot has them. */
  plain?: boolean;
  /** Takes little room beside another one. */
  narrow?: boolean;
  marks: readonly Mark[];
  title?: string;
  /** Stands in it where it has nothing to show: why. */
  empty?: string;
  /** What stands at its right edge, by height. */
  aside?: readonly Tick[];
}

/** From the left or from below to the other end; names run from above to below with the greater end first. */
export type Range = readonly [number, number];

/** What an axis measures, and how far it reaches. */
export interface Axis {
  title: string;
  range: Range;
  /** Round numbers where absent. */
  ticks?: readonly Tick[];
  /** Things with names in place of numbers: broken into lines, turned or shortened until there is room for them. */
  names?: readonly Tick[];
  /** Names of blocks of these, outside of them. */
  blocks?: readonly Tick[];
  /** Names that say a lot may take half of the page. */
  wide?: boolean;
  /** Has no numbers: another plot has the same axis. */
  bare?: boolean;
  /** Stands above: what is higher than the page has its axis in sight. */
  above?: boolean;
}

/** A place on an axis and what is written there. */
export interface Tick {
  at: number;
  name: string;
}

/** A colour by what it stands for: of the theme, or of the class (label, task) or the network at this place among its like. */
export type Colour = 'foreground' | 'muted' | { classes: number } | { networks: number };

export interface LegendEntry {
  name: string;
  colour: Colour;
  shape?: Shape;
  /** Of what it stands for, where one sees through that. */
  opacity?: number;
  /** Of the line that it stands for, where it stands for one. */
  dash?: readonly number[];
}

/** What colours or shapes stand for, under one name. */
export interface LegendGroup {
  head?: string;
  entries: readonly LegendEntry[];
}

/** From values to colours. */
export interface Scale {
  range: Range;
  /** The middle of the range is the true zero (or chance). */
  diverging: boolean;
  /** Small numbers have the colours of large ones: of distances, so that what is alike is bright in all. */
  reversed?: boolean;
  /** What the colour measures. */
  measure: string;
  /** Whether there are undefined values, which have a look of their own. */
  undefinedValues: boolean;
  /** Whether values lie beyond the ends, in the colours of these. */
  beyond?: { low: boolean; high: boolean };
}

export type Mark = Points | Words | Line | Intervals | Boxes | Cells | Tree;

/** Points on a plane. */
export interface Points {
  kind: 'points';
  /** One entry a point. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** One for all, a class for each, or (where absent) values by the picture's scale. */
  colour: Colour | ArrayLike<number>;
  values?: ArrayLike<number>;
  /** One for all, or the place of each in their order. */
  shape: Shape | ArrayLike<number>;
  /** In pixels, as is how far to the right all are set, so that marks of one place lie side by side. */
  radius: number;
  shift?: number;
  opacity?: number;
  /** A rim of the background keeps them apart from what they lie on. */
  rim?: boolean;
  /** Only their outlines (of discs). */
  hollow?: boolean;
  /** Points that stand out: by a ring, or as the others fade. */
  selected?: { points: readonly number[]; by: 'ring' | 'fading' };
  says: (point: number) => readonly string[];
  /** What it stands for looks so. */
  thumb?: (point: number) => Thumb | undefined;
  pick?: (point: number) => void;
}

/** Words about their places, as high as one unit of the vertical axis lets them be. */
export interface Words {
  kind: 'words';
  /** One entry a word. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  words: readonly string[];
  /** Those in a frame of one unit. */
  framed?: (word: number) => boolean;
  /** None: nothing is found there. */
  says?: (word: number) => readonly string[];
}

/** A point of a line; y null: the line has a gap there. */
export interface LinePoint {
  x: number;
  y: number | null;
  /** What the point is, before its value; absent: nothing is found there. */
  note?: string;
  /** The value, where the line stands on an axis for another one. */
  value?: number;
  pick?: () => void;
}

export interface Line {
  kind: 'line';
  name: string;
  colour: Colour;
  /** At each point; none where absent. */
  shape?: Shape;
  width: number;
  shift?: number;
  opacity?: number;
  dash?: readonly number[];
  /** Seen on every colour: on a broader line of the background, of this width. */
  halo?: number;
  points: readonly LinePoint[];
}

/** Bars from low to high with caps; an end beyond the axis has none. Found at the points in their middle. */
export interface Intervals {
  kind: 'intervals';
  along: 'x' | 'y';
  /** On the other axis. */
  at: readonly number[];
  ends: readonly (Range | null)[];
  colour: Colour;
  width: number;
  shift?: number;
}

/** Filled rectangles: bars, and bands. Found in their middle, where they say something. */
export interface Boxes {
  kind: 'boxes';
  boxes: readonly { x: Range; y: Range }[];
  colour: Colour;
  opacity: number;
  says?: (box: number) => readonly string[];
}

/** A matrix in colour; row and column `at` lie about that number of the axes. */
export interface Cells {
  kind: 'cells';
  /** Null or NaN where undefined: grey and crossed. Infinite ones have the colour of their end, and ∞ in the cell where there is room. */
  values: readonly (readonly (number | null)[])[];
  /** The numbers stand in the cells, where these are large enough, or words do, shortened. */
  written?: boolean | ((row: number, column: number) => string);
  /** A framed column. */
  framed?: number;
  /** Cells that stand for nothing: a dot in each. */
  dotted?: (row: number, column: number) => boolean;
  /** Cells around which a line runs, as the contours of a map. */
  outlined?: (row: number, column: number) => boolean;
  /** Cells with a frame of their own inside. */
  ringed?: (row: number, column: number) => boolean;
  /** Written over the columns from here on. */
  note?: { from: number; text: string };
  /** Rows and columns (of a square map) that are pointed out at its edge. */
  pointed?: readonly number[];
  /** Lines before these rows and columns. */
  borders: { rows: readonly number[]; columns: readonly number[] };
  says: (row: number, column: number) => readonly string[];
  /** In place of the number, where there is none; that there is none, where absent. */
  why?: (row: number, column: number) => readonly string[];
  pick?: (column: number, row: number) => void;
}

/** Groups that merge, by height: 0 … n − 1 are the rows or columns from first to last, then the mergers in this order. */
export interface Tree {
  kind: 'tree';
  side: 'above' | 'right';
  a: ArrayLike<number>;
  b: ArrayLike<number>;
  height: ArrayLike<number>;
}

/** What dragging does. */
export interface Hand {
  drag: 'lasso' | 'box' | 'move';
  sight: Sight;
  /** Points of the first mark. */
  enclosed: (points: number[]) => void;
}

/** Where one looks, once one has moved: kept by who shows the picture, for as long as it is of the same axes. */
export interface Sight {
  of: string;
  x?: Range;
  y?: Range;
}
