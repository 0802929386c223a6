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
}

/** One number of one network: means over replicates, and their difference (here − there) with its Welch interval. */
export interface ComparedValue {
  network: string;
  measure: 'accuracy' | 'varianceExplained';
  /** Empty for accuracy. */
  layer: string;
  label: string;
  here: Value;
  there: Value;
  /** Replicates. */
  n: [number, number];
  difference: Value;
  low: Value;
  high: Value;
  /** The interval does not hold 0; null without an interval, that is with fewer than two replicates on either side. */
  beyondSeeds: boolean | null;
}
