import type { RunState } from './dashboard';
import type { Hazard, Interval } from './results';

/** What the side panel shows of the experiment file that the user works on. */
export interface SideState {
  /** Null: no experiment file is open. */
  experiment: SideExperiment | null;
}

export interface SideExperiment {
  /** Name of the file. */
  file: string;
  title: string;
  run: RunState;
  /** When the newest results were finished, in words; empty before. */
  finished: string;
  seeds: number;
  networks: SideNetwork[];
  hazards: Pick<Hazard, 'severity' | 'message'>[];
}

/** One network's accuracy and the variance explained in its last hidden layer, by task. */
export interface SideNetwork {
  name: string;
  layer: string;
  tasks: { name: string; chance: number; accuracy: Interval | null; varianceExplained: Interval | null }[];
}

export type SideCommand = 'analyze' | 'quickLook' | 'resume' | 'cancel' | 'showDashboard' | 'openExample';

export type ToSideHost = { type: 'ready' } | { type: 'command'; command: SideCommand };

/** Sent when the page is ready, and whenever something has changed: always the whole. */
export interface ToSide {
  type: 'state';
  state: SideState;
}
