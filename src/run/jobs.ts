import type { Experiment } from '../experiment/experiment';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { DetailPart, ReplicateDetail, StimuliDetail } from '../protocol/detail';
import type {
  AskedResults,
  EngineInfo,
  ModelTests,
  ReplicateResults,
  PairResults,
  PointResults,
  StimuliResults,
  TaskResults,
} from '../protocol/results';
import type { Lanes } from '../numerics/kernels/lanes';
import type { EngineChoice } from '../training/choose-engine';
import type { Checkpoint, Progress } from '../training/engine';
import type { ModelTestRequest } from './model-tests';
import type { AttentionDetail, AttentionWish, DocumentsDetail, DocumentsWish } from '../protocol/documents';
import type { RecoveryDetail } from '../protocol/recovery';
import type { StructureDetail } from '../protocol/structure';
import type { ActivationsPart } from './activations-file';
import type { StoreOptions } from './store/store';
import type { StructurePlace } from './structure-detail';

/** What every worker of a run is told once, when it starts. */
export interface WorkerSetting {
  readonly experiment: Experiment;
  readonly engine: EngineChoice;
  /** Whether it lets others on the machine go first: threads that answer views a little, threads that train altogether. */
  readonly stepsBack: 'not' | 'little' | 'much';
  /** Whether results have the statistics of single units. */
  readonly units: boolean;
  /** Bytes of RDMs that a thread may hold while replicates are compared. */
  readonly comparisonRoom: number;
  readonly store: { readonly folder: string; readonly options: StoreOptions };
}

/** Replicates compared with each other: at a layer (a name, or `lastHidden`), by a measure of pairs. */
export type PairRequest = Readonly<Pick<PairResults, 'layer' | 'measure'>>;

/** What a worker is asked for. */
export type Job =
  /** Draw the stimuli of a point and describe them. */
  | { readonly kind: 'prepare'; readonly point: number }
  /** Train (or take from the store) one replicate, analyse it, keep both. `preview`: say each checkpoint as it is reached, and make a first preview. */
  | ({ readonly kind: 'replicate'; readonly preview: boolean } & Replicate)
  /** Analyse a replicate that still trains, by the checkpoints that it has reached. */
  | ({ readonly kind: 'preview'; readonly checkpoints: readonly Checkpoint[] } & Replicate)
  /** Describe the stimuli of a later point. */
  | { readonly kind: 'point'; readonly point: number }
  /** Compare replicates of one point by a measure of pairs, as they were at an epoch (at their newest checkpoints up to it) if there is one. `keep`: in the store. */
  | {
      readonly kind: 'compare';
      readonly request: PairRequest;
      readonly point: number;
      readonly replicates: readonly Replicate[];
      readonly epoch?: number;
      readonly keep: boolean;
    }
  /** Test model RDMs at a layer at a point, of all the replicates that this needs, at their end; it is kept. */
  | {
      readonly kind: 'tests';
      readonly request: ModelTestRequest;
      readonly point: number;
      readonly replicates: readonly Replicate[];
    }
  /** What the pictures of one replicate are drawn from; `step` null means its final checkpoint. */
  | ({
      readonly kind: 'detail';
      readonly step: number | null;
      readonly only?: DetailPart;
      /** Of a replicate that still trains: those that it has reached. */
      readonly checkpoints?: readonly Checkpoint[];
    } & Replicate)
  /** The activation of one of its units for every test stimulus. */
  | ({
      readonly kind: 'unit';
      readonly step: number | null;
      readonly layer: string;
      readonly unit: number;
      /** Of a replicate that still trains: its newest checkpoint. */
      readonly checkpoint?: Checkpoint;
    } & Replicate)
  /** Maps of one of its layers on a plane. */
  | ({
      readonly kind: 'structure';
      /** Of a replicate that still trains: its newest checkpoint. */
      readonly checkpoint?: Checkpoint;
    } & StructurePlace &
      Replicate)
  /** What of one of its layers is recovered in another replicate. */
  | ({
      readonly kind: 'recovery';
      readonly step: number | null;
      readonly layer: string;
      readonly other: Replicate;
    } & Replicate)
  /** What it says of documents, token by token. */
  | ({ readonly kind: 'documents'; readonly step: number | null } & DocumentsWish & Replicate)
  /** Where one of its heads of attention looks in a document. */
  | ({ readonly kind: 'attention'; readonly step: number | null } & AttentionWish & Replicate)
  /** A part of its activations as a safetensors file. */
  | ({ readonly kind: 'activations'; readonly from: number } & Replicate);

export interface Prepared {
  readonly kind: 'prepare';
  readonly engine: EngineInfo;
  /** What computes the products of these threads; no result depends on it. */
  readonly lanes: Lanes;
  readonly stimuli: StimuliResults;
  readonly tasks: Record<string, TaskResults>;
  /** Where networks are trained on documents. */
  readonly asked?: Record<string, AskedResults>;
  readonly detail: StimuliDetail;
  /** What later points of a sweep have otherwise; absent where nothing is swept, or where nobody asked. */
  readonly points?: readonly PreparedPoint[];
}

/** What a point of a sweep has that the first may have otherwise. */
export type PreparedPoint = Omit<PointResults, 'values' | 'networks'>;

export type JobResult =
  | Prepared
  | { readonly kind: 'point'; readonly described: PreparedPoint }
  /** The stimuli cannot be drawn: why, and where in the file. */
  | { readonly kind: 'undrawable'; readonly message: string; readonly path: readonly (string | number)[] }
  | { readonly kind: 'replicate'; readonly reused: boolean; readonly results: ReplicateResults }
  | ({ readonly kind: 'preview' } & Preview)
  | { readonly kind: 'compare'; readonly compared: PairResults }
  | { readonly kind: 'tests'; readonly tests: ModelTests }
  | { readonly kind: 'detail'; readonly detail: ReplicateDetail }
  | { readonly kind: 'unit'; readonly activations: Float32Array }
  | { readonly kind: 'structure'; readonly detail: StructureDetail }
  | { readonly kind: 'recovery'; readonly detail: RecoveryDetail }
  | { readonly kind: 'documents'; readonly detail: DocumentsDetail }
  | { readonly kind: 'attention'; readonly detail: AttentionDetail }
  | ({ readonly kind: 'activations' } & ActivationsPart);

/** What can be said at a glance of a replicate that still trains. */
export interface Preview {
  /** Without selectivity, PCA and RSA: those are in the detail. */
  readonly results: ReplicateResults;
  /** Of the last hidden layer alone. */
  readonly detail: ReplicateDetail;
  /** Of the same layer, test stimuli × units. */
  readonly activations: Matrix<Float32Array>;
  /** The newest that was looked at. */
  readonly checkpoint: Checkpoint;
}

/** Something about the store that the user should know; the job goes on. */
export interface StoreWarning {
  readonly kind: 'warning';
  /** What could not be read, or could not be kept. */
  readonly about: 'unreadable' | 'unkept';
  readonly message: string;
}

/** What a worker says while a replicate is made. */
export type JobMessage =
  | StoreWarning
  | { readonly kind: 'training'; readonly progress: Progress }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | ({ readonly kind: 'preview' } & Preview)
  | { readonly kind: 'analysing'; readonly reused: boolean };
