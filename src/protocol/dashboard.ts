import type { ReplicateDetail, StimuliDetail } from './detail';
import type { Results } from './results';

/** What the dashboard's host can do; the dashboard hides the rest. */
export interface DashboardCapabilities {
  /** Can train and analyse again. */
  train: boolean;
  /** Can show checkpoints before the final one. */
  checkpoints: boolean;
  /** Files go through a save dialog (the editor) or are downloaded (a browser). */
  save: 'dialog' | 'download';
  /** The theme is the host's (the editor), or is chosen on the page. */
  theme: 'host' | 'page';
  /** What this dashboard holds and what it leaves out, in a sentence or two; shown in its foot. */
  statement: string;
}

/** A replicate whose pictures can be asked for, and the steps of its checkpoints, in order; the last one is the newest. */
export interface ReplicateOffer {
  network: string;
  seed: number;
  checkpoints: { step: number; epoch: number }[];
}

export interface DetailKey {
  network: string;
  seed: number;
  step: number;
}

/** A file that the user asked to keep. */
export interface ExportedFile {
  /** A plain file name, without folders. */
  name: string;
  bytes: Uint8Array;
}

export interface Welcome {
  capabilities: DashboardCapabilities;
  offers: ReplicateOffer[];
}

/** Requests of the webview, each with its parameter and its answer. */
export interface HostCalls {
  /** First of all, and again after each `changed`. Nothing is sent to the webview before it. */
  ready: { parameter: undefined; answer: Welcome };
  results: { parameter: undefined; answer: Results };
  stimuli: { parameter: undefined; answer: StimuliDetail };
  detail: { parameter: DetailKey; answer: ReplicateDetail };
  /** True when it was written, false when the user closed the dialog. */
  exportFile: { parameter: ExportedFile; answer: boolean };
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
  result: { ok: unknown } | { err: string };
}

/** Sent when what the host offers or the results have changed: the webview asks again. */
export interface Changed {
  type: 'changed';
}

export type ToWebview = Reply | Changed;
