import type { Site } from '../core/site';
import type { ProbeKind } from '../protocol/probe-words';
import type { InferenceMethod, RdmComparison, RdmMetric, RdmOver } from '../protocol/rdm-words';
import type { SimilarityName, UnitScaling } from '../protocol/similarity-names';
import type { DocumentsPlan, DocumentsShape } from './documents';
import type { Expression } from './expression';
import type {
  Activation,
  Coding,
  ImageProperty,
  Initializer,
  OptimizerName,
  ReinforcementSpec,
  ScheduleSpec,
  StopSpec,
} from './file';

export type { ImageProperty };

/** An experiment file after validation: every default filled in, every name resolved. Plain data, safe to post to a worker. */
export interface Experiment {
  readonly title: string;
  readonly stimuli: Stimuli;
  readonly tasks: readonly Task[];
  readonly networks: readonly Network[];
  readonly seeds: number;
  /** Brought along in files; absent where there are none. */
  readonly recordings?: readonly Recorded[];
  readonly analyses: Analyses;
  /** Where settings are varied; absent otherwise. */
  readonly sweep?: Sweep;
}

/** An experiment at every combination of the values of some settings. */
export interface Sweep {
  /** Their paths in the file. */
  readonly settings: readonly string[];
  /** The last setting varies fastest. The experiment that sweeps is the one at the first point. */
  readonly points: readonly SweepPoint[];
}

export interface SweepPoint {
  /** One of each setting, as the file has it. */
  readonly values: readonly unknown[];
  /** With these values in place; it sweeps nothing. */
  readonly experiment: Experiment;
}

export type SetName = 'train' | 'fit' | 'test';

export interface Stimuli {
  readonly seed: number;
  /** Stimuli per set. With `enumerate: 'all'` each is the size of the whole design. */
  readonly counts: Readonly<Record<SetName, number>>;
  /** `all`: each set is the whole design; `split`: the design is divided among the sets; `none`: stimuli are drawn. */
  readonly enumerate: 'none' | 'all' | 'split';
  /** Whether an input row may be in more than one set. */
  readonly repeats: boolean;
  readonly inputNoise: number;
  /** Where features are shown in a picture: pixels of its side, and how far objects are moved and scaled. */
  readonly image?: { readonly size: number; readonly jitter: number };
  readonly embedding: { readonly units: number; readonly matrix: 'gaussian' | 'orthogonal' } | null;
  /** In the order in which the file names them, which is the order of their input units. */
  readonly features: readonly Feature[];
  /** How each set is drawn. */
  readonly sets: Readonly<Record<SetName, Distribution>>;
  /** Input units that a network sees (after the embedding). */
  readonly inputUnits: number;
  /** Where the stimuli are the rows of a table, which are divided among the sets. */
  readonly table?: StimulusTable;
  /** Where networks are trained on documents: the stimuli are some of their tokens. */
  readonly documents?: DocumentStimuli;
}

/** Documents, drawn where they are needed. */
export interface DocumentStimuli {
  readonly plan: DocumentsPlan;
  /** What is known of them by arithmetic. */
  readonly shape: DocumentsShape;
  /** Which tokens are stimuli; null: those that an evaluation set asks for. */
  readonly at: Expression | null;
}

/** Stimuli that are brought along. */
export interface StimulusTable {
  /** Their names, by which recordings are joined. */
  readonly ids: readonly string[];
  /** Of each feature, in the order of features: the value of each stimulus (the place of its name among the values), or the number. */
  readonly columns: readonly (readonly number[])[];
}

/** A recording that was made elsewhere. */
export interface Recorded {
  readonly name: string;
  /** The places that were recorded, in order. */
  readonly sites: readonly Site[];
  /** Of its sites RDMs alone are known, and no units. */
  readonly rdms?: true;
  readonly replicates: readonly RecordedReplicate[];
}

/** One subject, session or network of it. */
export interface RecordedReplicate {
  readonly seed: number;
  /** What its files call it, where that is not the seed. */
  readonly name?: string;
  /** Of each site: its file, the array in it (empty: the only one), and the digest of the file's bytes. */
  readonly places: readonly Place[];
  /** Of RDMs: which of those in each array, from 0. */
  readonly at?: number;
  /** Of each stimulus of the table: the rows of the arrays that are of it, and averaged. */
  readonly rows: readonly (readonly number[])[];
}

export interface Feature {
  readonly name: string;
  readonly kind: 'binary' | 'categorical' | 'bits' | 'real';
  /** Names of the values; empty for bits and Gaussians. */
  readonly values: readonly string[];
  /** 1 for values, the number of bits, or the number of Gaussian components. */
  readonly width: number;
  readonly encoding: 'copy' | 'onehot' | 'projection';
  readonly coding: Coding;
  readonly amplification: number;
  readonly noise: number;
  /** `units` as written (per bit, per value, or in all, by encoding). */
  readonly units: number;
  /** What of the picture it drives; absent where it has input units of its own, or none. */
  readonly shows?: ImageProperty;
  /** Its input units before any embedding: [first, end). Empty for latent features; of features that are shown the whole picture. */
  readonly inputRange: readonly [number, number];
}

/** How one set is drawn. */
export interface Distribution {
  /** Names of tasks that are crossed exactly. */
  readonly balance: readonly string[];
  /** Per feature, in an order in which what a draw depends on is drawn before it. */
  readonly draws: readonly Draw[];
}

export interface Draw {
  readonly feature: string;
  /** Probability of each value (binary, categorical) or of 0 and of 1 (bits); empty for Gaussians. */
  readonly prevalence: readonly number[];
  readonly agrees:
    | {
        readonly by: 'formula';
        /** Drawn first. */
        readonly with: Expression;
        readonly probability: number;
        /** What of this feature agrees; null: the value itself (binary), every bit, the sign of every component. */
        readonly as: Expression | null;
      }
    | {
        /** The value equals the value of another feature with the same number of values, matched by name, else another one, uniformly. */
        readonly by: 'value';
        readonly with: string;
        readonly probability: number;
        readonly pairs: readonly (readonly [number, number])[];
      }
    | null;
  readonly correlates: { readonly with: string; readonly r: number } | null;
}

export interface Task {
  readonly name: string;
  /** As written. */
  readonly formula: string;
  /** Binary tasks have an expression, categorical ones the feature whose value is the label. */
  readonly label:
    | { readonly kind: 'binary'; readonly expression: Expression }
    | { readonly kind: 'categorical'; readonly feature: string };
  /**
   * Names of the label's values: of a feature's where the formula is its bare name, else `['false', 'true']`. Of a binary task the second is
   * what its output unit predicts.
   */
  readonly classes: readonly string[];
  /** Output units of its head: 1 (sigmoid) or one per class (softmax). */
  readonly outputs: number;
  /** Features that its formula names, in the file's order. */
  readonly features: readonly string[];
  /** Bits that its formula names. */
  readonly bits: readonly { readonly feature: string; readonly index: number }[];
}

/** What is known of a network of any kind (`network-kind.ts`); what else there is of one, its kind alone reads. */
export interface Network {
  readonly name: string;
  /** Tasks that it is trained on, in the file's order; its output heads, in this order. */
  readonly tasks: readonly string[];
  /** The key of 'network' in the file that says what it is; of a changed network that of the change. */
  readonly kind: string;
  /** The network that it is a change of; absent where it is of its own. */
  readonly of?: string;
  /** The places that it is recorded at, in order: hidden layers, first to last, and the readout. */
  readonly sites: readonly Site[];
  /** What it can be recorded at, too, where the file asks for it: gradients, weights. */
  readonly further?: readonly Site[];
  /** Weights and biases. */
  readonly parameters: number;
  /** Bytes that its training takes beside its weights, where that is not what a batch's units take. */
  readonly workingBytes?: number;
  /** What its hidden units do, in a word. */
  readonly activation: string;
  /** Nothing of it is drawn, so that all its replicates would be the same: it has one. */
  readonly isFixed: boolean;
  /** It is built by hand, and nothing of it is trained. */
  readonly isBuilt?: boolean;
  /** Its weights are drawn for each replicate, and not trained. */
  readonly isRandom?: boolean;
  /** It is trained to say the next token of documents, and has no tasks. */
  readonly ofDocuments?: true;
  readonly training: Training;
}

/** What is computed by weights. */
export type Layers = Pick<Stack, 'hidden' | 'activation' | 'leakySlope'>;

/** A stack of fully connected layers, as it is trained. */
export interface Stack {
  readonly name: string;
  readonly tasks: readonly string[];
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly leakySlope: number;
  readonly initializer: Initializer;
  readonly initialScale: number;
  readonly training: Training;
}

export interface Training {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly momentum: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly dropout: number;
  readonly schedule: Required<ScheduleSpec>;
  /** Stimuli of a batch, at most the training set. The last batch of an epoch may be smaller. */
  readonly batchSize: number;
  readonly phases: readonly Phase[];
  /** The probability with which each training label is wrong, by task of the network; absent where none is. */
  readonly labelNoise?: readonly number[];
  /** Number of logarithmically spaced checkpoints, or the checkpoints themselves in `unit`s. */
  readonly checkpoints: number | readonly number[];
  /** What the file counts training in. */
  readonly unit: 'epochs' | 'steps';
  /** Steps of an epoch (all batches of the training set). */
  readonly stepsPerEpoch: number;
  /** Steps of all phases, if none stops early; 0 for an untrained network. */
  readonly totalSteps: number;
}

export interface Phase {
  /** One weight per task of the network, in its order; 0 for a task that this phase does not train. Their sum is positive. */
  readonly weights: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly stopWhen: (Required<Pick<StopSpec, 'patience'>> & Pick<StopSpec, 'loss' | 'accuracy'>) | null;
  /** The training accuracy of each task of the network that ends the phase, null for one that it does not wait for; absent where it waits for none. */
  readonly until?: readonly (number | null)[];
  /** The optimizer begins anew with it. */
  readonly resetOptimizer?: true;
  /** Which training documents it is trained on; absent: those of the network. */
  readonly trainOn?: Expression;
  /** Which of them the network answers itself before it begins; absent: none. */
  readonly ownAnswers?: Expression;
  /** Absent: it is trained to say what documents say. */
  readonly reinforcement?: Reinforcement;
}

/** How a network learns from what it does. */
export type Reinforcement = Required<ReinforcementSpec>;

export interface Analyses {
  /** What is recorded beside the activations of layers; absent: nothing. */
  readonly sites?: readonly string[];
  readonly rdm: {
    readonly metric: RdmMetric;
    readonly comparison: RdmComparison;
    readonly over: RdmOver;
  };
  readonly selectivity: { readonly permutations: number; readonly labels: readonly string[] };
  readonly pca: { readonly components: number };
  /** Shares of units that are left out, the smallest first; absent where that is not asked for. */
  readonly subsets?: { readonly drop: readonly number[] };
  /** Absent where none is asked for. */
  readonly similarity?: {
    readonly measures: readonly SimilarityName[];
    /** Absent where units are compared as they are alone. */
    readonly units?: readonly UnitScaling[];
    /** Permutations; 0: no null. */
    readonly null: number;
  };
  readonly confidence: number;
  /** Model RDMs that are made of labels and documents; absent where there are none. */
  readonly madeModels?: readonly ModelRdm[];
  /** Items whose states on two sides are compared; absent where there are none. */
  readonly counterparts?: readonly Counterparts[];
  /** The label in whose parts of the stimuli variance explained is measured, and by which labels; absent where that is not asked for. */
  readonly varianceParts?: { readonly part: string; readonly labels: readonly string[] };
  /** What else is measured of answers to evaluation sets; absent where that is not asked for. */
  readonly answers?: AnswersAnalysis;
  /** Absent where no dictionary is made. */
  readonly dictionary?: DictionaryAnalysis;
  /** Absent where nothing is probed. */
  readonly probe?: ProbeAnalysis;
  /** Absent where model RDMs are not tested. */
  readonly inference?: Inference;
}

export interface AnswersAnalysis {
  /** At which answers are drawn, the lowest first. */
  readonly temperatures: readonly number[];
  /** Margins of logits and of votes. */
  readonly margins: boolean;
}

/** Items, and the stimuli that they have on two sides. */
export interface Counterparts {
  readonly name: string;
  /** Of each side: the label whose values are the items, and which stimuli are of it (null: all). */
  readonly sides: readonly [CounterpartSide, CounterpartSide];
  /** A label among whose values items are compared; absent: among all. */
  readonly within?: string;
  /** The site of each side; absent: both are of each site. */
  readonly at?: readonly [string, string];
}

export interface CounterpartSide {
  readonly of: string;
  readonly where: Expression | null;
}

/** Tests of model RDMs. */
export interface Inference {
  readonly method: InferenceMethod;
  readonly models: readonly ModelRdm[];
  readonly resample: readonly ('stimuli' | 'replicates')[];
  readonly draws: number;
  readonly test: 't' | 'bootstrap';
  readonly correct: 'fdr' | 'bonferroni' | 'none';
  readonly weighted: boolean;
  /** Most stimuli (or conditions) of an RDM. */
  readonly stimuli: number;
}

/** What a model RDM comes from. */
export interface ModelRdm {
  readonly name: string;
  readonly from:
    | { readonly label: string }
    /** In how many of these labels two stimuli differ. */
    | { readonly differ: readonly string[] }
    /** How unlike the company is that the values of a column keep in training documents. */
    | { readonly coOccurrence: string }
    /** The moves of the shortest way between the places that a column names. */
    | { readonly geodesic: string }
    /** The mean over its replicates. */
    | { readonly source: string; readonly site: string }
    /** One RDM of a file, and its row for each stimulus of the table. */
    | { readonly place: Place; readonly at: number; readonly rows: readonly number[] };
}

/** An array in a file (its name empty: the only one), and the digest of the file's bytes. */
export interface Place {
  readonly file: string;
  readonly array: string;
  readonly digest: string;
}

export interface DictionaryAnalysis {
  /** The layer; absent: the last hidden one. */
  readonly at?: string;
  /** Units. */
  readonly size: number;
  readonly sparsity:
    | { readonly kind: 'topk'; readonly k: number }
    | { readonly kind: 'relu'; readonly l1: number };
}

export interface ProbeAnalysis {
  readonly kinds: readonly ProbeKind[];
  /** Tasks, features, and single bits. */
  readonly labels: readonly ProbeLabel[];
  /** Names of labels whose combinations of values have a random label each in the control task. */
  readonly control: readonly string[];
  readonly conflict: readonly ProbeConflict[];
  readonly over: 'end' | 'training';
  readonly transfer: boolean;
  /** Labels between whose values (combinations of them) probes are tried; absent: none. */
  readonly between?: readonly string[];
  /** The label of two values that holds for what is probed; absent: everything is. */
  readonly where?: string;
  /** Of what is scored nothing was fitted on: its document; absent: its input. */
  readonly fresh?: 'document';
}

/** Two labels with the same values; where the probe is fitted on a label that is drawn, how often each predicts it. */
export type ProbeConflict = readonly [string, string, (readonly [number, number])?];

export interface ProbeLabel {
  readonly name: string;
  readonly kind: 'classes' | 'real';
}
