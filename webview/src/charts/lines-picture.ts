import type { Mark } from '../../../src/formats/marks';
import type { Axis } from './axes';
import type { LegendEntry } from './legend';

/** A point of a line; y null: the line has a gap there. */
export interface LinePoint {
  x: number;
  y: number | null;
  /** What the point is, before its value. */
  note: string;
  pick?: () => void;
}

export interface Line {
  name: string;
  colour: string;
  /** At each point; none where absent. */
  mark?: Mark;
  width: number;
  opacity?: number;
  dash?: number[];
  points: readonly LinePoint[];
}

/** One of the plots that stand above each other over the same horizontal axis. */
interface Pane {
  y: Axis;
  /** Share of the height, in relation to those of the others. */
  share: number;
  lines: readonly Line[];
}

export interface LinesPicture {
  x: Axis;
  panes: readonly Pane[];
  legend: readonly LegendEntry[];
  /** A place on the horizontal axis with a line through all panes. */
  marked?: number;
}
