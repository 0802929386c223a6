import type { Hazard, MeasureInfo } from '../../src/protocol/results';
import type { Chart } from './charts/chart';
import type { Table } from './table';

export interface FigureContent {
  /** None: the table alone. */
  chart: Chart | null;
  /** What can be seen, in words: the picture's text alternative. */
  description: string;
  /** Definition and extent: what is shown, over what, how many. */
  caption: string;
  table: Table;
  /** What is measured in it: says what it is, for who asks. */
  says?: readonly MeasureInfo[];
  /** What the figure is called now, where a choice decides that. */
  title?: string;
  /** Which network, seed, layer and epoch it is of, where it is of one: a part of its file's name. */
  of?: string;
  /** What misleads in this picture, the gravest first: said over it in one line. */
  hazards?: readonly Hazard[];
  /** The list of all hazards, under it. `looked`: to half a training the rules have not been applied. */
  list?: { hazards: readonly Hazard[]; looked: boolean };
  /** Whether its table stands open from the start. */
  tableOpen?: boolean;
}
