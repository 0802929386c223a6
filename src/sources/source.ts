import type { FoundFunctions } from '../analysis/functions/function-counts';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import type { Experiment, Network, SetName, Task } from '../experiment/experiment';
import type { NetworkReader } from '../experiment/network-kind';
import type { AttentionDetail, AttentionWish, DocumentsDetail, DocumentsWish } from '../protocol/documents';
import type { EngineInfo } from '../protocol/results';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import type { Checkpoint, Trained, TrainingObserver } from '../training/engine';
import type { FullEngine } from '../training/graph/sequences';

/** A kind of network: how the file says it, and what one gives recordings by. A file beside this one, and its line in `sources.ts`. */
export interface NetworkKind<N extends Network = Network> extends NetworkReader<N> {
  source(experiment: Experiment, network: N): Source;
}

/** Whatever gives recordings under one name of an experiment: a network that is trained, a circuit, files. */
export interface Source {
  readonly name: string;
  /** The places that it is recorded at, in order. */
  readonly sites: readonly Site[];
  /** What of it can change its numbers, beside stimuli and tasks. */
  readonly effective: object;
  /** What one of its replicates takes. */
  readonly cost: { readonly steps: number; readonly seconds: number };
  /** The source whose files its recordings are made from, of the same point and seed, where these are not its own. */
  readonly madeFrom?: string;
  /** Everything that determines the bytes of a recording. */
  key(replicate: Replicate, engine: EngineInfo): object;
  /** Everything that determines what is kept of it, where that is less than what determines a recording: which tokens are looked at, say, changes no weight. */
  keptKey?(replicate: Replicate, engine: EngineInfo): object;
  /** The recording of a replicate: from what is kept of it, or made anew, and then kept. @throws DivergenceError */
  make(
    replicate: Replicate,
    context: MakeContext,
    kept: KeptFiles,
    observer: TrainingObserver,
  ): Promise<Made>;
  /** The recording of a replicate that is still made, from the checkpoints that it has reached. */
  soFar(replicate: Replicate, context: MakeContext, checkpoints: readonly Checkpoint[]): Recording;
}

/** What a thread makes recordings with. */
export interface MakeContext {
  readonly engine: FullEngine;
  /** @throws StimuliError where the stimuli cannot be drawn */
  readonly sets: StimulusSets;
}

export type Files = ReadonlyMap<string, Uint8Array | readonly Uint8Array[]>;

/** Where what a recording is made from is kept. */
export interface KeptFiles {
  /** In one piece each; null where nothing is kept. */
  read(): Promise<ReadonlyMap<string, Uint8Array> | null>;
  write(files: Files): Promise<void>;
}

interface Made {
  readonly recording: Recording;
  /** Whether it was kept. */
  readonly reused: boolean;
}

/** A moment that a recording is of. */
export interface Moment {
  readonly step: number;
  readonly epoch: number;
}

/** How the phases of a training went. */
export type Course = Pick<Trained, 'phaseEnds'> & Required<Pick<Trained, 'criteria'>>;

/** How tasks are answered. */
interface Behaviour {
  /** Null where nothing is trained to lower one. */
  readonly loss: number | null;
  /** Share of right answers, by task. */
  readonly accuracy: ReadonlyMap<string, number>;
  /** Of evaluation sets what else there is to say of answers: by measure, then by set. */
  readonly more?: Readonly<Record<string, ReadonlyMap<string, number>>>;
}

/** What it took to train a network of documents. */
export interface Effort {
  /** Tokens that count. */
  readonly lossTokens: number;
  readonly readTokens: number;
  /** In floating point. */
  readonly trainingOperations: number;
}

/** A change of a network at its end, also as it would be otherwise. */
export interface ChangeMade {
  /** The key of the file that says it. */
  readonly kind: string;
  readonly tasks: readonly Task[];
  /** The layers whose states or weights are changed, by their place among the sites. */
  readonly layers: readonly number[];
  /** How far it goes, as the file lists it: its network is of the last. Empty where it has no degrees. */
  readonly doses: readonly number[];
  /** Draws of a change that is drawn; 0 of others. */
  readonly draws: number;
  /** The activations of all sites, as they were before … */
  before(set: SetName): Promise<readonly Matrix<Float32Array>[]>;
  /** … and as the change makes them. */
  at(as: ChangedAs, set: SetName): Promise<readonly Matrix<Float32Array>[]>;
  /** Whether each stimulus of a set is moved to a value that it does not have; null: the change moves all alike. */
  moved(dose: number, set: SetName): Uint8Array | null;
}

/** Which of the forms of a change. */
export interface ChangedAs {
  readonly dose: number;
  /** Null: as the file says it; else so much at random in place of what it chooses (of a change that is drawn, this draw). */
  readonly draw: number | null;
  /** Of the initial weights. */
  readonly untrained?: boolean;
}

/** The answers of the units of one replicate: sites × stimuli × checkpoints. All that is measured and shown is of a recording. */
export interface Recording {
  readonly replicate: Replicate;
  readonly sites: readonly Site[];
  /** In the order of steps: its beginning, and at last its end. */
  readonly checkpoints: readonly Moment[];
  /** That it holds in memory. */
  readonly bytes: number;
  /**
   * @param checkpoint its place among the checkpoints
   * @returns stimuli × units
   * @throws OverflowError where one is not finite; RangeError where there is no such site or checkpoint, or it has no units
   */
  activations(site: string, set: SetName, checkpoint: number): Promise<Matrix<Float32Array>>;
  /**
   * Where RDMs are all that is known, and there are no activations: the one of a site over the stimuli of a set, as an upper triangle, NaN where a
   * distance is not known.
   */
  readonly rdm?: (site: string, set: SetName) => Float64Array;
  /** Null where it answers no tasks. */
  behaviour(set: SetName, checkpoint: number): Promise<Behaviour | null>;
  /**
   * Of what is trained on documents: what is said of some of them, token by token.
   *
   * @throws RangeError where there is no such set
   */
  readonly documents?: (
    wish: DocumentsWish,
    checkpoint: number,
  ) => Promise<Omit<DocumentsDetail, keyof Replicate | 'step' | 'set'>>;
  /** Of the same: how evaluation sets are answered at these temperatures, by the name of the set; not of those in which it acts. */
  readonly drawnAnswers?: (
    temperatures: readonly number[],
    checkpoint: number,
  ) => Promise<ReadonlyMap<string, { readonly shares: readonly number[]; readonly margins: Float64Array }>>;
  /** Of the same: where a head of attention looks. @throws RangeError where there is no such set, document, layer or head */
  readonly attention?: (wish: AttentionWish, checkpoint: number) => Promise<AttentionDetail>;
  /** Of the same: what its training took; null where its phases have documents of their own. */
  readonly effort?: () => Effort | null;
  /** Of a changed network: what else can be asked of the change, at its end. */
  readonly change?: ChangeMade;
  /** Where phases last until tasks are learned: the steps at which each ended, and when each task was. */
  readonly course?: Course;
  /** What functions the networks of an ensemble compute; null where they are not counted yet. */
  readonly functions?: FoundFunctions | null;
  /** The same at its end alone, which lets go of what all else is made from. */
  end(): Recording;
}
