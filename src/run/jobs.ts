import type { Experiment } from '../experiment/experiment';
import type { ReplicateDetail, StimuliDetail } from '../protocol/detail';
import type { ModelRsaResults, ReplicateResults, RsaResults } from '../protocol/results';
import type { Progress } from '../training/engine';
import type { EngineChoice } from '../training/choose-engine';

/** What every worker of a run is told once, when it starts. */
export interface WorkerSetting {
  readonly experiment: Experiment;
  readonly engine: EngineChoice;
  readonly store: { readonly folder: string; readonly capBytes: number };
}

/** Names a replicate: its network's index in the experiment, and its seed. */
export interface ReplicateName {
  readonly network: number;
  readonly seed: number;
}

/** What a worker is asked for. */
export type Job =
  /** Train (or take from the store) one replicate, analyse it, keep both. */
  | ({ readonly kind: 'replicate' } & ReplicateName)
  /** Compare the RDMs of the replicates that are done, in layers that stand at the same place. */
  | { readonly kind: 'compare'; readonly comparison: RsaRequest; readonly replicates: readonly ReplicateName[] }
  /** What the pictures of one replicate are drawn from; `step` null means its final checkpoint. */
  | ({ readonly kind: 'detail'; readonly step: number | null } & ReplicateName)
  | { readonly kind: 'stimuli' }
  /** Activations of one replicate for export. */
  | ({ readonly kind: 'activations' } & ReplicateName);

/** One RSA matrix: layers, metric, comparison. */
export interface RsaRequest {
  readonly layer: string;
  readonly metric: RsaResults['metric'];
  readonly comparison: RsaResults['comparison'];
  readonly over: RsaResults['over'];
}

export type JobResult =
  | { readonly kind: 'replicate'; readonly reused: boolean; readonly results: ReplicateResults }
  | { readonly kind: 'compare'; readonly rsa: RsaResults; readonly modelRsa: ModelRsaResults }
  | { readonly kind: 'detail'; readonly detail: ReplicateDetail }
  | { readonly kind: 'stimuli'; readonly detail: StimuliDetail }
  /** The bytes of a safetensors file. */
  | { readonly kind: 'activations'; readonly bytes: Uint8Array<ArrayBuffer> };

/** What a worker says while it trains. */
export type JobMessage =
  | { readonly kind: 'training'; readonly progress: Progress }
  | { readonly kind: 'analysing'; readonly reused: boolean };
