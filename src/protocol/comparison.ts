import type { Value } from './results';

/** What differs between two runs, beyond what seeds make differ. */
export interface Comparison {
  /** The run that the dashboard shows, and the one that it is compared with: file, title and time. */
  name: string;
  other: string;
  confidence: number;
  rows: ComparedValue[];
  /** What is in one of the two only. */
  onlyHere: string[];
  onlyThere: string[];
  /** Networks that were set beside each other by hand, though they have other names. */
  paired: NetworkPair[];
  /** Networks with the same number everywhere, replicate by replicate: nothing that was changed touches them, and they have no rows. */
  unchanged: string[];
  /** What was changed in the experiment, and how many changes more there are; absent where one of both is not known. */
  changes?: ExperimentChange[];
  unlisted?: number;
}

/** A network of this run and the one of the other run that it is compared with, by their names. */
export interface NetworkPair {
  here: string;
  there: string;
}

/** One place of the experiment, and what stands there in either, as JSON. */
export interface ExperimentChange {
  path: string[];
  here: string;
  there: string;
}

/** Low and high end of an interval. */
type Ends = [number, number];

/** One number of one network: means over replicates, and their difference (here − there) with its Welch interval. */
export interface ComparedValue {
  network: string;
  /** The network of the other run, where it has another name. */
  against?: string;
  /** Its name in the table, and in a sentence. */
  measure: string;
  title: string;
  /** Empty for accuracy. */
  layer: string;
  /** The later layer that it is compared with, for measures of pairs of layers: those have no label. */
  other?: string;
  label: string;
  here: Value;
  there: Value;
  /** The intervals of both means; null where there is none. */
  hereEnds: Ends | null;
  thereEnds: Ends | null;
  /** Replicates. */
  n: [number, number];
  difference: Value;
  low: Value;
  high: Value;
  /** The interval does not hold 0; null without an interval, that is with fewer than two replicates on either side. */
  beyondSeeds: boolean | null;
}
