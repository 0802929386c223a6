import type { Replicate } from '../core/replicate';
import type { Comparison, NetworkPair } from './comparison';
import { type Parcel, isParcel } from './parcel';
import { type PictureQuery, isPictureQuery } from './pictures';
import { type KnownValues, type ValuesPart, isKnownValues } from './values-parts';
import {
  type Shape,
  isAbsent,
  isAmount,
  isCount,
  isFlag,
  isName,
  isNumber,
  isText,
  either,
  listOf,
  messageOf,
  oneOf,
  orNull,
  recordOf,
  replicateParts,
  wordOf,
} from './shape';
import {
  type CurveStatus,
  type FoundBy,
  type RunStatus,
  curveStatuses,
  foundBys,
  runStatuses,
} from './status';

/** What the dashboard's host can do; the dashboard hides the rest. */
export interface DashboardCapabilities {
  /** Can train and analyse again. */
  train: boolean;
  /** Can give the activations of single units. */
  units?: boolean;
  /** Can lay the stimuli of a layer out on a plane. */
  structure?: boolean;
  /** Can show checkpoints before the final one. */
  checkpoints: boolean;
  /** Files go through a save dialog (the editor) or are downloaded (a browser). */
  save: 'dialog' | 'download';
  /** The theme is the host's (the editor), or is chosen on the page. */
  theme: 'host' | 'page';
  /** Can show a figure by itself, as an editor of its own. */
  figures?: boolean;
  /** What this dashboard holds and what it leaves out, in a sentence or two; shown in its foot. */
  statement: string;
}

/** A replicate whose pictures can be asked for, and the steps of its checkpoints, in order; the last one is the newest. */
export interface ReplicateOffer extends Replicate {
  checkpoints: { step: number; epoch: number }[];
  /** It still trains, up to this epoch: the newest checkpoint is not the final one. */
  until?: number;
  /** What is held of its recovery, where nothing is computed that is not: of this layer in this replicate. */
  recovered?: { layer: string; other: Replicate };
  /** Of each set the first documents are held, token by token, where nothing is asked that is not. */
  documents?: true;
}

/** A file that the user asked to keep. */
export interface ExportedFile {
  /** A plain file name, without folders. */
  name: string;
  bytes: Uint8Array;
}

/** How the run stands that the dashboard follows. */
export interface RunState {
  status: RunStatus;
  /** What is going on, or what went wrong, in a sentence. */
  message: string;
  /** Replicates that are finished, and how many the run has. */
  finished: number;
  planned: number;
  /** From 0 to 1, parts of replicates included. */
  progress: number;
  /** One seed only. */
  quick: boolean;
  /** The file has changed since in something that changes numbers. */
  stale: boolean;
  /** Which run found what is shown. */
  foundBy: FoundBy;
}

/** The training of one replicate, as it goes. */
export interface LiveCurve extends Replicate {
  status: CurveStatus;
  /** It was in the store: nothing to train. */
  reused: boolean;
  step: number;
  totalSteps: number;
  tasks: string[];
  /** One entry a point of the curve, in order of epochs. */
  epochs: number[];
  loss: (number | null)[];
  /** By task, then point. */
  accuracy: number[][];
}

export interface Live {
  run: RunState;
  /** All, or those that have changed. */
  curves: LiveCurve[];
}

const runCommands = [
  'analyze',
  'quickLook',
  'resume',
  'compare',
  'pairNetworks',
  'cancel',
  'showHazards',
  'exportReport',
  'exportActivations',
  'showLog',
] as const;

/** What the buttons of the dashboard ask for. */
export type RunCommand = (typeof runCommands)[number];

/** A figure, by its panel and its name there. */
export interface FigurePlace {
  panel: string;
  figure: string;
}

/** Asks for a figure as an editor of its own. */
export interface OpenFigure extends FigurePlace {
  /** What is chosen there at first, as JSON. */
  choices: string;
}

/** Says what a figure that stands by itself is called now, where a choice decides that. */
interface Titled {
  title: string;
}

/** What results are set beside, so that it can be found again. */
export interface Beside {
  /** The run whose results they are, by its id. */
  run: string;
  /** The other runs, by their ids. */
  others: readonly string[];
  /** Networks that the user has set beside each other, though they have other names. */
  pairs: readonly NetworkPair[];
  /** When that was asked for, in milliseconds since 1970. */
  at: number;
}

export interface Welcome {
  capabilities: DashboardCapabilities;
  offers: ReplicateOffer[];
  /** When the analysis that found the results ended, in milliseconds since 1970; absent while it goes on. */
  analysedAt?: number;
  /** Absent where nothing is trained: in a report. */
  live?: Live;
  /** With other runs, none where none were chosen; absent where there are no others: in a report. */
  comparisons?: readonly Comparison[];
  /** What they are with, kept by the page over a reload; absent where there are none. Each comes to the front once. */
  beside?: Beside;
  /** When the list of hazards was last asked for, in the same way. */
  hazardsAt?: number;
}

/** The five requests of the webview, each with its parameter and its answer. */
export interface HostCalls {
  /** First of all, and again after each `changed`. Nothing is sent to the webview before it. */
  ready: { parameter: undefined; answer: Welcome };
  /** Of the values what the page has not, a part at a time. */
  values: { parameter: KnownValues; answer: ValuesPart };
  /** What a picture is drawn from: see `pictures`. */
  picture: { parameter: PictureQuery; answer: unknown };
  /** The name that the file got; empty where the user wanted none. */
  export: { parameter: ExportedFile; answer: string };
  /** Answered at once; what comes of it arrives as `live` and `changed`. */
  command: { parameter: RunCommand | OpenFigure | Titled; answer: null };
}

export type HostCall = keyof HostCalls;

/** One request; `id` comes back in its reply. */
export type ToHost = {
  [C in HostCall]: { type: 'call'; id: number; call: C; parameter: HostCalls[C]['parameter'] };
}[HostCall];

/** Every request is answered once, by its answer or by the reason why there is none. */
export interface Reply {
  type: 'reply';
  id: number;
  result: { ok: Parcel } | { err: string };
}

/** Sent when what the host offers or the results have changed: the webview asks again. */
interface Changed {
  type: 'changed';
}

/** Sent while a run goes on, at most ten times a second, and when its state changes. */
interface LiveChanged {
  type: 'live';
  live: Live;
}

export type ToWebview = Reply | Changed | LiveChanged;

const place = { panel: isName, figure: isName };
export const isFigurePlace = recordOf<FigurePlace>(place);
export const isBeside = recordOf<Beside>({
  run: isName,
  others: listOf(isName),
  pairs: listOf(recordOf<NetworkPair>({ here: isName, there: isName })),
  at: isAmount,
});
export const isOpenFigure = recordOf<OpenFigure>({ ...place, choices: isText });

/** Every request, by what it needs. */
const parameters: { readonly [C in HostCall]: Shape<HostCalls[C]['parameter']> } = {
  ready: isAbsent,
  values: isKnownValues,
  picture: isPictureQuery,
  export: recordOf<ExportedFile>({
    name: isName,
    bytes: (value): value is Uint8Array => value instanceof Uint8Array,
  }),
  command: either(oneOf(runCommands), either(isOpenFigure, recordOf<Titled>({ title: isName }))),
};

const isCall = messageOf<{ type: 'call'; id: number; call: HostCall }>({
  call: recordOf({ id: isCount, call: wordOf(parameters) }),
});

/** Whether what a page has sent is a request of this protocol. */
export function isToHost(message: unknown): message is ToHost {
  return isCall(message) && recordOf({ parameter: parameters[message.call] })(message);
}

export const isRunState = recordOf<RunState>({
  status: oneOf(runStatuses),
  message: isText,
  finished: isCount,
  planned: isCount,
  progress: isAmount,
  quick: isFlag,
  stale: isFlag,
  foundBy: oneOf(foundBys),
});

const isCurve = recordOf<LiveCurve>({
  ...replicateParts,
  status: oneOf(curveStatuses),
  reused: isFlag,
  step: isCount,
  totalSteps: isCount,
  tasks: listOf(isName),
  epochs: listOf(isAmount),
  loss: listOf(orNull(isNumber)),
  accuracy: listOf(listOf(isAmount)),
});

/** Whether what has come to the page is of this protocol. */
export const isToWebview: Shape<ToWebview> = messageOf<ToWebview>({
  reply: recordOf({
    id: isCount,
    result: either(recordOf<{ ok: Parcel }>({ ok: isParcel }), recordOf<{ err: string }>({ err: isText })),
  }),
  changed: recordOf({}),
  live: recordOf({ live: recordOf<Live>({ run: isRunState, curves: listOf(isCurve) }) }),
});
