import { type RunState, isRunState } from './dashboard';
import type { Hazard, Interval } from './results';
import {
  type Shape,
  isAmount,
  isCount,
  isName,
  isNumber,
  isText,
  listOf,
  messageOf,
  oneOf,
  orNull,
  recordOf,
} from './shape';

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

const sideCommands = ['analyze', 'quickLook', 'resume', 'cancel', 'showDashboard', 'openExample'] as const;

export type SideCommand = (typeof sideCommands)[number];

export type ToSideHost = { type: 'ready' } | { type: 'command'; command: SideCommand };

/** Sent when the page is ready, and whenever something has changed: always the whole. */
export interface ToSide {
  type: 'state';
  state: SideState;
}

/** Whether what the page has sent is of this protocol. */
export const isToSideHost: Shape<ToSideHost> = messageOf<ToSideHost>({
  ready: recordOf({}),
  command: recordOf({ command: oneOf(sideCommands) }),
});

const isInterval = recordOf<Interval>({
  mean: orNull(isNumber),
  low: orNull(isNumber),
  high: orNull(isNumber),
  kind: oneOf(['nominal', 'approximate', 'equal', 'none']),
  n: isCount,
  values: listOf(orNull(isNumber)),
});

const isNetwork = recordOf<SideNetwork>({
  name: isName,
  layer: isName,
  tasks: listOf(
    recordOf<SideNetwork['tasks'][number]>({
      name: isName,
      chance: isAmount,
      accuracy: orNull(isInterval),
      varianceExplained: orNull(isInterval),
    }),
  ),
});

const isExperiment = recordOf<SideExperiment>({
  file: isName,
  title: isText,
  run: isRunState,
  finished: isText,
  seeds: isCount,
  networks: listOf(isNetwork),
  hazards: listOf(
    recordOf<SideExperiment['hazards'][number]>({
      severity: oneOf(['info', 'warning', 'serious']),
      message: isText,
    }),
  ),
});

/** Whether what has come to the page is of this protocol. */
export const isToSide: Shape<ToSide> = messageOf<ToSide>({
  state: recordOf({ state: recordOf<SideState>({ experiment: orNull(isExperiment) }) }),
});
