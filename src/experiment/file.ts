import type { DocumentsSpec } from './documents-file';
import type { ProbeKind } from '../protocol/probe-words';
import type { InferenceMethod, RdmComparison, RdmMetric, RdmOver } from '../protocol/rdm-words';
import type { SimilarityName, UnitScaling } from '../protocol/similarity-names';

/**
 * The experiment file as its author writes it (`*.experiment.json`, JSON with comments).
 * These types are the single source: `schemas/experiment.schema.json` is generated from them, and their comments become
 * the documentation of each key in the editor.
 */
export interface ExperimentFile {
  /** The JSON schema of this file, for editors other than VS Code. */
  $schema?: string;
  /** A name for people; it changes no number. */
  title?: string;
  /** What the networks are shown. */
  stimuli: StimuliSpec;
  /**
   * Named labels, each computed from features by a formula (`"shape == circle"`, `"parity(h)"`), or the bare name of a feature with
   * values (`"shape"`), which are then the task's classes, in their order. Where the two values are no/yes, false/true, off/on or 0/1, in this
   * order, the bare name is a formula, too: true where the feature has the second. Slices are half-open, as in Python: `h[0:2]` is `h[0]` and `h[1]`.
   * Needed where there are networks.
   * @minProperties 1
   */
  tasks?: Record<string, string>;
  /** Defaults of every network: its layers, its circuit, or its ensemble. */
  network?: NetworkSpec;
  /** Defaults of every network: how it is trained. */
  training?: TrainingSpec;
  /**
   * The conditions, by name. Each may override `network` and `training`, and names the tasks it is trained on
   * (all, by default), or it is another of them with a change made to it (`of`). Needed where there are no recordings.
   * @minProperties 1
   */
  networks?: Record<string, NetworkEntry>;
  /**
   * Recordings that are brought along, by name: activations of other networks, responses of neurons, voxels or channels to the stimuli of
   * `stimuli.table`.
   * @minProperties 1
   */
  recordings?: Record<string, RecordingSpec>;
  /**
   * Replicates of each network; their seeds count from 0.
   * @minimum 1
   * @maximum 10000
   * @asType integer
   * @default 5
   */
  seeds?: number;
  /** What is computed from the activations. */
  analyses?: AnalysesSpec;
  /**
   * Settings that are varied: the path of each and the values that it takes, as in `{ "training.dropout": [0, 0.2], "network.hidden": [[64], [64, 64]] }`.
   * Every combination is a point, at which the whole experiment is made anew with these values in place of what stands there.
   * @minProperties 1
   */
  sweep?: Record<string, unknown[]>;
}

/** Exactly one of `features`, `table` and `documents`. */
export interface StimuliSpec extends DistributionSpec {
  /**
   * The named properties of a stimulus, and the input units that carry each: stimuli are drawn from them.
   * @minProperties 1
   */
  features?: Record<string, FeatureSpec>;
  /**
   * Stimuli that are brought along: a CSV file, its path relative to this one, with a head and a row for each. Its columns are the features (numbers as
   * they are, everything else as values in the order of their code points), and its rows are divided at random among the sets: half to `fit` and half to
   * `test`; where there are networks, half to `train`, too; where there are RDMs alone, all to `test`.
   */
  table?: string;
  /** Sequences of tokens, for networks that are transformers. Exactly one key says which. */
  documents?: DocumentsSpec;
  /** The column of the table that names the stimuli; the first by default. Recordings are joined by it. */
  id?: string;
  /** The columns of the table that are features; all others by default. */
  columns?: string[];
  /**
   * Seed of the stimuli; all replicates of all networks share them.
   * @minimum 0
   * @asType integer
   * @default 0
   */
  seed?: number;
  /**
   * Training stimuli.
   * @minimum 1
   * @asType integer
   * @default 4096
   */
  train?: number;
  /**
   * Stimuli on which regressions are fitted; none has the input row of a training stimulus (but see `repeats`).
   * @minimum 2
   * @asType integer
   * @default 1024
   */
  fit?: number;
  /**
   * Fresh stimuli on which everything is scored and recorded.
   * @minimum 2
   * @asType integer
   * @default 1024
   */
  test?: number;
  /**
   * Show every combination of the features once. Without `train`, `fit` and `test` each set is the whole design (results
   * then say that nothing is scored on fresh stimuli); with them the design is divided among the sets.
   * @default false
   */
  enumerate?: boolean;
  /**
   * Let stimuli of `fit` and `test` have the input rows of training stimuli: every stimulus is then an independent draw from
   * what the file says, also where the features make few rows, and scores are in part of stimuli that the networks were trained on
   * (results say how many). Without it no input row is in two sets.
   * @default false
   */
  repeats?: boolean;
  /**
   * How bits and binary values enter the input units: 0 and 1, or −1 and +1.
   * @default "01"
   */
  coding?: Coding;
  /**
   * Standard deviation of Gaussian noise added to every input unit.
   * @minimum 0
   * @default 0
   */
  inputNoise?: number;
  /** Show features in a picture of an object, its pixels the input units: features say with `shows` what of it they drive. `{}` is enough. */
  image?: ImageSpec;
  /** Mix all features into one input vector by a fixed random matrix. */
  embedding?: EmbeddingSpec;
  /** A different distribution for a set: for example correlated features in training, crossed ones in the test. */
  sets?: { train?: DistributionSpec; fit?: DistributionSpec; test?: DistributionSpec };
}

/** What was recorded: activations (`files`), or RDMs alone (`rdms`). */
export type RecordingSpec = ActivationsSpec | RdmsSpec;

/** Where RDMs are of which nothing else is known: those of subjects, say. */
export interface RdmsSpec {
  /**
   * An array file with RDMs over the stimuli, as for `files`, or one for each site by its name: squares (n × n, or k × n × n), or upper triangles of n (n − 1) / 2 numbers row by row, one RDM a row. Each RDM is a
   * replicate (a subject); a name in braces stands for what differs between files of replicates. A distance that is not known is NaN (null in JSON).
   */
  rdms: string | Record<string, string>;
  /**
   * A CSV file with a row for each row of the RDMs, and a column named as `stimuli.id` that says which stimulus it is. Without it there is a row for
   * each stimulus of the table, in its order.
   */
  ids?: string;
}

/** Where activations are. What they have several rows of is averaged by stimulus. */
export interface ActivationsSpec {
  /**
   * Array files (.npy, .npz, .safetensors, .h5, .mat, .csv; paths relative to this file), rows (stimuli) × units; further dimensions are units, too. One file, whose arrays of two dimensions or more
   * are the sites (layers, areas), or one for each site by its name; `FILE:NAME` is one array of a file. A name in braces stands for what differs between replicates:
   * `"acts/resnet-{seed}.safetensors"`.
   */
  files: string | Record<string, string>;
  /**
   * A CSV file with a row for each row of the arrays, and a column named as `stimuli.id` that says which stimulus it is. Without it there is a row for
   * each stimulus of the table, in its order.
   */
  ids?: string;
  /** The column of `ids` that says which replicate (subject, session) a row is of. */
  replicates?: string;
}

/** How the features are drawn together. In `sets`, what is named here replaces what `stimuli` says for that set. */
export interface DistributionSpec {
  /**
   * Binary or categorical tasks whose values are crossed exactly: every combination occurs equally often (up to one
   * stimulus where the count does not divide).
   */
  balance?: string[];
  /** Per feature: overrides of how it is drawn (only in `sets`). */
  draw?: Record<string, DrawSpec>;
}

export type Coding = '01' | '±1';

/** How a feature's values are drawn. */
export interface DrawSpec {
  /**
   * Binary feature or bits: the probability of the second value (or of 1). Categorical: one probability per value, in
   * order, that sum to 1.
   * @default uniform
   */
  prevalence?: number | number[];
  /** The feature agrees with a formula with a given probability; what the formula names is drawn first. `null` ends an agreement inherited from `features`. */
  agrees?: AgreementSpec | null;
  /** Correlation with another feature of the same kind (binary or Gaussian), which is drawn first. */
  correlates?: CorrelationSpec | null;
}

export interface AgreementSpec {
  /** A formula, or the name of a task or feature, that is drawn first (`"label"`). */
  with: string;
  /**
   * Probability that the feature agrees. For two values .5 is no relation.
   * @minimum 0
   * @maximum 1
   */
  probability: number;
  /**
   * What of this feature agrees, as a formula of this feature only: for bits for example `"parity(h)"`; default: the
   * value itself, for bits every bit by itself, for a Gaussian feature the sign of every component.
   */
  as?: string;
}

export interface CorrelationSpec {
  /** The other feature. */
  with: string;
  /**
   * Pearson correlation of the two.
   * @minimum -1
   * @maximum 1
   */
  r: number;
}

/** A feature: exactly one of `values`, `bits`, `gaussian`. */
export type FeatureSpec = ValueFeatureSpec | BitsFeatureSpec | GaussianFeatureSpec;

interface FeatureBase extends DrawSpec {
  /**
   * Input units that carry the feature; 0 makes it latent. Copy: units of each bit or binary value (default 1). One-hot:
   * units of each value (default 1). Projection: units in all.
   * @minimum 0
   * @asType integer
   */
  units?: number;
  /**
   * `copy` repeats a binary value or each bit, `onehot` gives each value its unit, `projection` multiplies the one-hot
   * (or bit) vector by a fixed Gaussian random matrix. Default: `copy` for binary values, bits and Gaussians, `onehot`
   * for more than two values.
   */
  encoding?: 'copy' | 'onehot' | 'projection';
  /** Overrides `stimuli.coding` for this feature. */
  coding?: Coding;
  /**
   * The feature's input units are multiplied by this (its availability).
   * @default 1
   */
  amplification?: number;
  /**
   * Standard deviation of Gaussian noise added to this feature's input units, beyond `stimuli.inputNoise`.
   * @minimum 0
   * @default 0
   */
  noise?: number;
}

/** A binary (two values) or categorical feature. */
export interface ValueFeatureSpec extends FeatureBase {
  /**
   * The names of its values, in order.
   * @minItems 2
   * @maxItems 4096
   */
  values: string[];
  /**
   * What of the picture of `stimuli.image` the feature drives; its values are then words of that. `shape`: circle, square, triangle, diamond, cross, ring, star, heart, crescent,
   * arrow. `colour`: white, red, orange, yellow, green, cyan, blue, violet, pink, grey. `texture`: plain, checkered, striped, barred, diagonal, dotted, gridded, ringed, halved,
   * shaded. `size`: medium, small, large. `place`: centre, left, right, top, bottom, and corners such as "top left". What no feature shows is the first of these.
   */
  shows?: ImageProperty;
}

export type ImageProperty = 'shape' | 'colour' | 'texture' | 'size' | 'place';

/** A vector of bits, `h[0]` … `h[n−1]`. */
export interface BitsFeatureSpec extends FeatureBase {
  /**
   * How many bits.
   * @minimum 1
   * @maximum 4096
   * @asType integer
   */
  bits: number;
}

/** Gaussian latent variables of unit variance. */
export interface GaussianFeatureSpec extends FeatureBase {
  /**
   * How many components.
   * @minimum 1
   * @maximum 4096
   * @asType integer
   */
  gaussian: number;
}

/**
 * Each stimulus is a picture of one object on black, red, green and blue from 0 to 1 for each pixel, row by row from the top left. All shapes have the same area, edges are
 * smooth (each pixel is the mean of 16 places in it), and what lies beyond the edge is cut off. Features that show nothing have input units after it, as everywhere.
 */
export interface ImageSpec {
  /**
   * Pixels of a side.
   * @minimum 8
   * @maximum 32
   * @asType integer
   * @default 12
   */
  size?: number;
  /**
   * How far each object is moved, at random and uniformly in each direction, in shares of the side; and by which share it is larger or smaller. 0: objects of the same features
   * are the same picture.
   * @minimum 0
   * @maximum 0.25
   * @default 0.1
   */
  jitter?: number;
}

export interface EmbeddingSpec {
  /**
   * Input units after the embedding.
   * @minimum 1
   * @asType integer
   */
  units: number;
  /**
   * `gaussian`: entries normal with variance 1 / (units before); `orthogonal`: a random matrix with orthonormal columns (needs at
   * least as many units as the features have).
   * @default "gaussian"
   */
  matrix?: 'gaussian' | 'orthogonal';
}

export type Activation = 'relu' | 'leakyRelu' | 'tanh' | 'gelu' | 'sigmoid' | 'linear';

export type Initializer =
  | 'varianceScaling'
  | 'glorotUniform'
  | 'glorotNormal'
  | 'heUniform'
  | 'heNormal'
  | 'lecunUniform'
  | 'lecunNormal'
  | 'orthogonal'
  | 'pytorch';

/** What a network is: a stack of layers that is trained, a circuit (`circuit`), an ensemble of random networks (`random`), or a transformer of documents (`transformer`). */
export type NetworkSpec = StackSpec | CircuitSpec | RandomSpec | TransformerSpec;

/** A stack of fully connected layers. */
export interface StackSpec {
  /**
   * Units of each hidden layer, first to last.
   * @maxItems 64
   * @default [64, 64]
   */
  hidden?: number[];
  /**
   * Activation function of the hidden layers.
   * @default "relu"
   */
  activation?: Activation;
  /**
   * Slope of `leakyRelu` below zero.
   * @default 0.01
   */
  leakySlope?: number;
  /**
   * Initial weights. `varianceScaling`: truncated normal, variance scale / mean of fan-in and fan-out; `pytorch`: the
   * default of torch.nn.Linear (uniform, weights and biases). Biases are 0 otherwise.
   * @default "varianceScaling"
   */
  initializer?: Initializer;
  /**
   * Multiplies the initial weights.
   * @minimum 0
   * @default 1
   */
  initialScale?: number;
}

/** A network that is built by hand and not trained: each gate is a unit, 1 for the stimuli for which its formula is true, else 0. */
export interface CircuitSpec {
  circuit: {
    /**
     * Formulas of features, one for each unit: `["a and b", "a or b"]` is one hidden layer, `[["a", "b"], ["a and b"]]` are two.
     * @minItems 1
     * @maxItems 65536
     */
    gates: (string | string[])[];
    /**
     * Formulas of what it answers, one for each of its tasks, in the file's order; by default the tasks' own, which are always right. A task with
     * classes answers by the bare name of its feature.
     */
    out?: string[];
    /**
     * The same circuit computed over encrypted bits, by a homomorphic scheme with toy numbers: each gate then has a unit for each bit of its ciphertext, and what it answers is decrypted.
     * Every stimulus has fresh randomness, each seed a key; formulas are made of bits and values by and, or, xor, not. `{}` is enough.
     */
    encrypt?: EncryptSpec;
  };
}

/**
 * Encryption by integers (van Dijk, Gentry, Halevi, Vaikuntanathan 2010): a ciphertext is bit + 2 × noise + secret × mask, modulo a public number. So small a secret is none to an attacker; it
 * is to decoders of a representation.
 */
export interface EncryptSpec {
  /**
   * Bits of the secret number. The deeper a circuit the more it needs: a sum of n ciphertexts takes log₂ n bits more than one of them, a product the bits of both.
   * @minimum 4
   * @maximum 28
   * @asType integer
   * @default 24
   */
  key?: number;
  /**
   * Bits of the number that hides the bit in each ciphertext.
   * @minimum 4
   * @maximum 28
   * @asType integer
   * @default 24
   */
  mask?: number;
  /**
   * Bits of the noise of each fresh encryption.
   * @minimum 0
   * @maximum 16
   * @asType integer
   * @default 2
   */
  noise?: number;
}

/**
 * An ensemble of networks with random weights, which are not trained. What each answers to the test stimuli (output above 0) is a function; how often each is found is
 * counted, and set against how complex it is. Each seed draws an ensemble; its first network stands for it in the pictures of layers.
 */
export interface RandomSpec {
  random: {
    /**
     * Units of each hidden layer, first to last.
     * @maxItems 64
     */
    hidden: number[];
    /**
     * How many networks are drawn for each seed.
     * @minimum 1
     * @maximum 10000000
     * @asType integer
     * @default 10000
     */
    count?: number;
    /**
     * Activation function of the hidden layers.
     * @default "relu"
     */
    activation?: Activation;
    /**
     * Standard deviation of the weights times √(units below): they are normal.
     * @minimum 0
     * @default 1
     */
    weights?: number;
    /**
     * Standard deviation of the biases times √(units below): they are normal.
     * @minimum 0
     * @default 1
     */
    biases?: number;
  };
}

/**
 * A causal transformer that is trained to say the next token of `stimuli.documents`: layer norm before attention and MLP, learned positions, a last layer norm. Recorded are the embedding (with
 * the position), of each layer what attention adds, the units of the MLP and the residual stream after it, and the readout's logits.
 */
export interface TransformerSpec {
  transformer: {
    /**
     * @minimum 1
     * @maximum 24
     * @asType integer
     * @default 2
     */
    layers?: number;
    /**
     * Units of the residual stream: a multiple of 'heads'.
     * @minimum 4
     * @maximum 1024
     * @asType integer
     * @default 64
     */
    width?: number;
    /**
     * @minimum 1
     * @maximum 64
     * @asType integer
     * @default 4
     */
    heads?: number;
    /**
     * Units of each MLP; by default four times the width.
     * @minimum 1
     * @maximum 4096
     * @asType integer
     */
    mlp?: number;
    /** @default "gelu" */
    activation?: 'gelu' | 'relu';
    /**
     * Whether the readout has the weights of the embedding.
     * @default false
     */
    tied?: boolean;
    /**
     * How many times as large initial weights are as GPT-2's, whose standard deviation is 0.02. That is small for narrow networks, which then learn late to read their context: 6.25 is 1/√width at a width of 64.
     * @exclusiveMinimum 0
     * @maximum 100
     * @default 1
     */
    initialScale?: number;
  };
}

export type OptimizerName = 'sgd' | 'momentum' | 'adam' | 'adamW';

export interface TrainingSpec {
  /**
   * How weights follow the gradient.
   * @default "adam"
   */
  optimizer?: OptimizerName;
  /**
   * @exclusiveMinimum 0
   * @default 0.001
   */
  learningRate?: number;
  /**
   * Momentum of `momentum`.
   * @minimum 0
   * @exclusiveMaximum 1
   * @default 0.9
   */
  momentum?: number;
  /**
   * Adam's first decay rate.
   * @minimum 0
   * @exclusiveMaximum 1
   * @default 0.9
   */
  beta1?: number;
  /**
   * Adam's second decay rate.
   * @minimum 0
   * @exclusiveMaximum 1
   * @default 0.999
   */
  beta2?: number;
  /**
   * Adam's epsilon, added to the square root of the bias-corrected second moment.
   * @exclusiveMinimum 0
   * @default 1e-8
   */
  epsilon?: number;
  /**
   * Weight decay of the weights (not the biases): added to the gradient (L2), decoupled for `adamW`.
   * @minimum 0
   * @default 0
   */
  weightDecay?: number;
  /**
   * Probability with which a hidden unit is dropped in training.
   * @minimum 0
   * @exclusiveMaximum 1
   * @default 0
   */
  dropout?: number;
  /** How the learning rate changes; constant by default. */
  schedule?: ScheduleSpec;
  /**
   * Stimuli of a batch, or all of them.
   * @default 128
   */
  batchSize?: number | 'full';
  /**
   * Passes over the training stimuli; 0 leaves the network untrained. Either this or `steps`.
   * @minimum 0
   * @asType integer
   * @default 100
   */
  epochs?: number;
  /**
   * Training steps (batches), instead of epochs.
   * @minimum 0
   * @asType integer
   */
  steps?: number;
  /** Ends training early. */
  stopWhen?: StopSpec;
  /**
   * A curriculum: phases one after the other, in place of `epochs` and `steps`. The optimizer's state is kept between them, where a phase does not reset it.
   * The loss of the results, at all checkpoints, has the weights of the last phase that has any steps.
   * @minItems 1
   * @maxItems 1000
   */
  phases?: PhaseSpec[];
  /** A weight of each task in the loss; 1 by default. The loss is the weighted sum over tasks divided by the sum of weights. */
  weights?: Record<string, number>;
  /**
   * Label noise: the probability with which the label of a task is another for a training stimulus, as in `{ "hard": 0.1 }`. The same labels are wrong in every epoch, for all
   * replicates and networks; those of `fit` and `test` are right.
   */
  labelNoise?: Record<string, Probability>;
  /**
   * Checkpoints that are kept: how many, spaced logarithmically (the initial weights and the end among them), or the
   * epochs (steps, where training is given in steps) themselves.
   * @default 12
   */
  checkpoints?: number | number[];
}

/**
 * @minimum 0
 * @maximum 1
 */
type Probability = number;

export interface ScheduleSpec {
  /** `linear` and `cosine` fall to `final` × the learning rate at the end; `exponential` multiplies by `factor` every `every` epochs smoothly; `step` does so at once. */
  type: 'constant' | 'linear' | 'cosine' | 'exponential' | 'step';
  /**
   * Epochs of linear warm-up from 0.
   * @minimum 0
   * @default 0
   */
  warmup?: number;
  /**
   * The share of the learning rate at the end (`linear`, `cosine`).
   * @minimum 0
   * @default 0
   */
  final?: number;
  /**
   * Multiplier (`exponential`, `step`).
   * @exclusiveMinimum 0
   * @default 0.5
   */
  factor?: number;
  /**
   * Epochs between multiplications (`exponential`, `step`).
   * @exclusiveMinimum 0
   * @default 10
   */
  every?: number;
}

/** Training ends at the end of an epoch when every named condition holds for `patience` epochs in a row. */
export interface StopSpec {
  /**
   * Training loss, mean over the epoch, at most this.
   * @minimum 0
   */
  loss?: number;
  /**
   * Training accuracy of every task that is trained (in the phase), over the epoch, at least this.
   * @minimum 0
   * @maximum 1
   */
  accuracy?: number;
  /**
   * @minimum 1
   * @asType integer
   * @default 1
   */
  patience?: number;
}

/** It lasts so many `epochs`, so many `steps`, or `until` tasks are learned. */
export interface PhaseSpec {
  /** Tasks trained in this phase; all tasks of the network by default. */
  tasks?: string[];
  /** Weights of tasks in the loss of this phase. */
  weights?: Record<string, number>;
  /**
   * @minimum 0
   * @asType integer
   */
  epochs?: number;
  /**
   * @minimum 0
   * @asType integer
   */
  steps?: number;
  /**
   * Criteria: the phase lasts until the end of the first epoch over which the training accuracy of each of these tasks is at least so much, as in
   * `{ "hard": 0.99 }`, at most `maxSteps`. How many steps each task took is measured (`stepsToCriterion`), and the end of the phase is a checkpoint.
   * @minProperties 1
   */
  until?: Record<string, Criterion>;
  /**
   * Most steps of a phase that lasts `until` tasks are learned.
   * @minimum 1
   * @asType integer
   */
  maxSteps?: number;
  /** @exclusiveMinimum 0 */
  learningRate?: number;
  /** Ends this phase early. */
  stopWhen?: StopSpec;
  /**
   * Whether the optimizer begins anew with this phase: momentum and Adam's moments are 0 again, and the count of its steps, too. Weights stay.
   * @default false
   */
  resetOptimizer?: boolean;
  /**
   * Which training documents this phase is trained on, where stimuli are documents: a formula as that of the network's `trainOn`, which it takes the place of. Batches are of these alone, in an
   * order of their own; an epoch stays as many steps as the network's would be of all documents.
   */
  trainOn?: string;
  /**
   * Which of the documents of this phase the network answers itself, as it is when the phase begins: a formula that holds for the first token of each. It is shown each after what an oracle brings for it, and the
   * likeliest tokens that it says take the place of those that count; on these it is trained then, without what was brought.
   */
  ownAnswers?: string;
  /**
   * Trains by reinforcement in this phase, by what comes of the network's own actions, and not by what documents say is done: of documents that tell of a world (`grid`). In each step it begins where the documents
   * of a batch do, acts by chance with the probabilities that it says, and is rewarded where it gets to what is sought. The accuracy of training is the share of episodes in which it does. `{}` is enough.
   */
  reinforcement?: ReinforcementSpec;
}

/**
 * Advantage actor–critic (Mnih et al. 2016, arXiv 1602.01783): the reward is 1 at the end, advantages are estimated from episodes and from values that the network says beside its answers (generalised advantage
 * estimation, Schulman et al. 2016, arXiv 1506.02438, with λ = 0.95), and those of a step are centred and scaled to deviation 1.
 */
export interface ReinforcementSpec {
  /**
   * What a reward is worth one action earlier.
   * @exclusiveMinimum 0
   * @maximum 1
   * @default 0.9
   */
  discount?: number;
  /**
   * The weight in the loss of the entropy of actions, for which the network goes on to explore. Advantages have deviation 1, whatever the rewards.
   * @minimum 0
   * @maximum 10
   * @default 0.1
   */
  entropy?: number;
  /**
   * Actions after which an episode ends without reward.
   * @minimum 1
   * @maximum 1000
   * @asType integer
   * @default 24
   */
  most?: number;
  /**
   * The weight in the loss of what is shown, which the network is trained to say as in documents; 0: of its actions alone.
   * @minimum 0
   * @maximum 10
   * @default 1
   */
  reconstruction?: number;
  /**
   * Hindsight (Andrychowicz et al. 2017, arXiv 1707.01495): an episode that came by something else than what it sought is learned from as one that sought that, too, as far as it did better than the network thinks
   * (self-imitation, Oh et al. 2018, arXiv 1806.05635).
   * @default false
   */
  hindsight?: boolean;
}

/**
 * @exclusiveMinimum 0
 * @maximum 1
 */
type Criterion = number;

/** A network that is trained or built, or another network of the file that is changed: then `of` names it, and exactly one key says the change. */
export type NetworkEntry = OwnEntry | ChangedEntry;

export interface OwnEntry {
  /**
   * Which training documents it is trained on, where stimuli are documents: a formula of their columns that holds for the first token of a document, as in `"kind != 'both'"`. All by default.
   */
  trainOn?: string;
  /**
   * Training documents that an oracle brings before each document, for networks that are trained on documents; nothing of them counts for the loss, but gradients flow into them. The
   * document itself begins at the same position whatever is brought. `{}` is enough.
   */
  retrieval?: RetrievalSpec;
  /** Tasks it is trained on; all by default. It has one output head for each. */
  tasks?: string[];
  /** Overrides of the default `network`. */
  network?: NetworkSpec;
  /** Overrides of the default `training`. */
  training?: TrainingSpec;
}

export interface RetrievalSpec {
  /**
   * Documents that are relevant for it: which are, the kind of documents says.
   * @minimum 0
   * @maximum 16
   * @asType integer
   * @default 1
   */
  relevant?: number;
  /**
   * Others, at random.
   * @minimum 0
   * @maximum 64
   * @asType integer
   * @default 2
   */
  distractors?: number;
  /**
   * The probability that each relevant one is there; another stands in its place otherwise.
   * @minimum 0
   * @maximum 1
   * @default 1
   */
  recall?: number;
  /**
   * Whether they are brought in training …
   * @default true
   */
  train?: boolean;
  /**
   * … and when it is asked.
   * @default true
   */
  test?: boolean;
}

/** How well model RDMs do for the RDMs of replicates: scores with intervals, noise ceilings, tests. */
export interface InferenceSpec {
  /** How RDMs are compared; by default as `rdm.comparison` has it (`kendall` is `kendall-tau-a`). */
  method?: InferenceMethod;
  /**
   * Model RDMs: names of tasks and features, of `rsa.models`, and of other networks and recordings (`"IT"`, or one of its sites, `"IT/V4"`), whose RDM is the mean over their replicates. By default all of
   * `rsa.models`, all tasks and all features.
   * @minItems 1
   * @maxItems 64
   */
  models?: string[];
  /**
   * What is drawn anew, with replacement: both by default; of a source of one replicate stimuli alone.
   * @minItems 1
   */
  resample?: ('stimuli' | 'replicates')[];
  /**
   * @minimum 100
   * @maximum 100000
   * @asType integer
   * @default 1000
   */
  draws?: number;
  /**
   * How p-values and intervals are made: by Student's t from the variance of draws, or from the shares of draws.
   * @default "t"
   */
  test?: 't' | 'bootstrap';
  /**
   * What the p-values of many tests are corrected for: the false discovery rate (Benjamini–Hochberg), or any false alarm (Bonferroni).
   * @default "fdr"
   */
  correct?: 'fdr' | 'bonferroni' | 'none';
  /**
   * Whether the models' sum, with weights of 0 or more, is one more model; all are then cross-validated over stimuli and replicates.
   * @default false
   */
  weighted?: boolean;
  /**
   * Most test stimuli (or conditions) of an RDM; where there are more, so many are drawn at random, the same of every layer. By default 128, and 1000 of a table.
   * @minimum 12
   * @maximum 2000
   * @asType integer
   */
  stimuli?: number;
}

/** A network of the file with a change made to it: exactly one of `steer`, `ablate`, `rebuild`, `rewrite` and `balance`. */
export type ChangedEntry = SteerEntry | AblateEntry | RebuildEntry | RewriteEntry | BalanceEntry;

interface OfNetwork {
  /**
   * The network that is changed: one that is trained, or that is a change itself. Nothing is trained: each replicate has the weights of that network's
   * replicate of the same seed, at each of its checkpoints.
   */
  of: string;
}

export interface SteerEntry extends OfNetwork {
  /** The states of a layer are moved along mean(true) − mean(false) of a label, the means of its activations to the fit stimuli. */
  steer: {
    /** The hidden layer, as in `"hidden2"`; the layers after it are computed from what it is moved to. */
    at: string;
    /** A task with two answers, or a formula (`"e == yes"`). */
    along: string;
    /**
     * How many times the difference of the means is added. Of a list the network has the last, and all are measured as a curve: which answers flip, and
     * how far the states are from natural ones.
     */
    by: number | number[];
    /**
     * `true`: added to every state; `other`: added where `along` is false and subtracted where it is true, so that each state is moved to the value
     * that it does not have.
     * @default "true"
     */
    to?: 'true' | 'other';
  };
}

export interface AblateEntry extends OfNetwork {
  /** Units of a layer are held at one value for every stimulus. */
  ablate: {
    /** The hidden layer, as in `"hidden2"`. */
    at: string;
    /** How many units. Of a list the network has the last, and all are measured as a curve. */
    units: Count | Count[];
    /**
     * Which: those that tell the label of `for` apart by the largest |d′| on the fit stimuli, those with the largest mean |activation| on them, or some
     * that are drawn for each replicate.
     * @default "selective"
     */
    most?: 'selective' | 'active' | 'random';
    /** A task with two answers, or a formula (`"e == yes"`); `selective` units are so for it. */
    for?: string;
    /**
     * The value: 0, or the unit's mean over the fit stimuli.
     * @default "zero"
     */
    to?: 'zero' | 'mean';
  };
}

export interface RebuildEntry extends OfNetwork {
  /** The states of a layer are put together again from their first principal components, those of its activations to the fit stimuli. */
  rebuild: {
    /** The hidden layer, as in `"hidden2"`. */
    at: string;
    /** How many components; 0 leaves the mean. Of a list the network has the last, and all are measured as a curve. */
    components: Count | Count[];
  };
}

export interface RewriteEntry extends OfNetwork {
  /**
   * Weights that are drawn for each replicate such that no output changes (beyond rounding): other activations of the same function. The network has the
   * first draw, and what is measured of all of them is given as a range.
   */
  rewrite: {
    /** The hidden layer, as in `"hidden2"`; every hidden layer by default. */
    at?: string;
    /**
     * Each unit is multiplied by a number between these (its logarithm uniform), and what reads it divided by that. Of layers of `relu`, `leakyRelu` and
     * `linear` units alone: the function of others changes with the scale.
     * @minItems 2
     * @maxItems 2
     */
    scale?: Positive[];
    /** So many units, drawn with repetition, get a copy; what reads the unit reads both, by shares that are drawn. */
    duplicate?: Count;
    /** So many units are added that answer the inputs by weights like those of a unit of the layer in another order, and that nothing reads. */
    pad?: Count;
    /**
     * The units come in an order that is drawn.
     * @default false
     */
    permute?: boolean;
    /**
     * Draws over which the range goes.
     * @minimum 1
     * @maximum 1000
     * @asType integer
     * @default 20
     */
    draws?: number;
  };
}

export interface BalanceEntry extends OfNetwork {
  /**
   * The same function with each unit as large as what it contributes: units that are positive multiples of each other become one, units that nothing reads
   * are dropped, and each unit is scaled so that the norm of its incoming weights (with its bias) equals that of its outgoing ones. Of `relu`, `leakyRelu`
   * and `linear` units alone.
   */
  balance: true;
}

/**
 * @minimum 0
 * @maximum 65536
 * @asType integer
 */
type Count = number;

/** @exclusiveMinimum 0 */
type Positive = number;

export interface AnalysesSpec {
  /**
   * Which tokens are stimuli, where they are documents: a formula of columns, as in `"role == relation"`. Recorded is the state at the token itself, once it was read. Half of the documents of the
   * evaluation sets are `fit`, half are `test`; where the formula asks for the column `set`, training documents are among them. By default the tokens from which the next one is asked.
   */
  at?: string;
  /**
   * What is recorded beside the activations of every layer. `SITE.gradient`, of a layer that is trained: the gradient of the loss with regard to its units, for each stimulus of its own loss; for each token of the sum of
   * the losses of its document's tokens, as far as they come after. Of transformers `embedding.weights`: the row of the token in the table of embeddings, without the position, and `readout.weights`: its row in the weights that
   * read the answer out (with `tied` the same).
   * @minItems 1
   * @maxItems 128
   */
  sites?: string[];
  /** Representational dissimilarity matrices and their comparison. */
  rdm?: {
    /** @default "correlation" */
    metric?: RdmMetric;
    /**
     * `kendall` is tau-a, which counts ties as neither: with the 0/1 RDM of a label it cannot reach 1.
     * @default "pearson"
     */
    comparison?: RdmComparison;
    /**
     * RDMs over single test stimuli, or over means of conditions (every combination of task values that occurs).
     * @default "stimuli"
     */
    over?: RdmOver;
  };
  /** Model RDMs of your own. `inference` tests them; those that are made here are also held against each layer at every checkpoint, each alone and with the others held (partial RSA). */
  rsa?: {
    /**
     * Model RDMs by name. What differs in labels: `{ "differ": ["level1", "level2"] }`. The company that words keep in training documents: `{ "coOccurrence": "token" }`. How far places of a maze are apart:
     * `{ "geodesic": "place" }`. Or an array file (.npy, .npz, .safetensors, .csv,
     * .json; its path relative to this file) with one RDM over all stimuli of `stimuli.table`, in its order, as a square or as an upper triangle row by row: `FILE:NAME` is one array of a file; where it has several RDMs,
     * `FILE:NAME[2]` is the third.
     * @minProperties 1
     */
    models?: Record<string, string | DifferSpec | CoOccurrenceSpec | GeodesicSpec>;
  };
  /** Tests of model RDMs at each layer, over replicates and stimuli. Computed where this key is there; `{}` is enough. */
  inference?: InferenceSpec;
  /** Statistics of single units. */
  selectivity?: {
    /**
     * Label permutations of the null distribution. p cannot be below 1 / (permutations + 1).
     * @minimum 0
     * @maximum 100000
     * @asType integer
     * @default 1000
     */
    permutations?: number;
    /** Labels (tasks, features, bits such as `h[0]`); by default the tasks, the features with values, and the bits that a task names. */
    labels?: string[];
  };
  /** Principal components. */
  pca?: {
    /**
     * Components that are listed.
     * @minimum 1
     * @maximum 256
     * @asType integer
     * @default 10
     */
    components?: number;
  };
  /**
   * How far the pictures of a layer rest on few of its units: RDMs and similarities without the most active units, and without as many at random. Not computed unless it
   * is asked for (`{}` asks for it).
   */
  subsets?: {
    /**
     * Shares of the units that are left out.
     * @minItems 1
     * @maxItems 10
     * @default [0.05, 0.1, 0.25, 0.5]
     */
    drop?: UnitShare[];
  };
  /**
   * Further measures of how alike layers are, of every two replicates (the last hidden layer, and the best pair of hidden layers) and of every two layers of a
   * replicate.
   */
  similarity?: {
    /**
     * Measures as of `repscope similarity`.
     * @minItems 1
     */
    measures: SimilarityName[];
    /**
     * What is done to the units of a layer first; each measure is taken of each. `raw`: nothing beyond what the measure does; `z-scored`: each unit is centred over the test
     * stimuli and divided by its standard deviation there, so that all count alike; `whitened`: all directions get one variance.
     * @minItems 1
     * @default ["raw"]
     */
    units?: UnitScaling[];
    /**
     * Permutations of the stimuli that each score is held against; 0: none. p cannot be below 1 / (permutations + 1). With CKA and RSA more of them cost nothing, with
     * others all are computed.
     * @minimum 0
     * @maximum 100000
     * @asType integer
     * @default 1000
     */
    null?: number;
  };
  /**
   * Probes: what can be decoded from each layer of `fit` stimuli, scored on `test` stimuli, beside what would do as well without the layer: chance, a control
   * task, the same probe with initial weights, and on the inputs. Without this key nothing is probed.
   */
  probe?: ProbeSpec;
  /**
   * Dictionaries: a sparse autoencoder of a layer, held against the labels that are known: what its best unit recovers of each, beside the layer's own units, principal components and a
   * probe. Computed where this key is there; `{}` is enough.
   */
  dictionary?: DictionarySpec;
  /**
   * Whether what belongs together is represented alike on two sides, by a name of your own: a fact and its reverse, an entity as subject and as answer, an item in a context and without. Measured at
   * every checkpoint.
   * @minProperties 1
   */
  counterparts?: Record<string, CounterpartsSpec>;
  /** Variance explained also in parts of the stimuli, as at each position of documents. Computed where this key is there. */
  variance?: VarianceSpec;
  /** What else is measured of the answers to evaluation sets, at the end of training. Computed where this key is there; `{}` is enough. Of documents alone. */
  answers?: AnswersSpec;
  /**
   * Confidence of the intervals over replicates: nearer to 1 an interval would rest on draws that are never made.
   * @minimum 0.5
   * @maximum 0.9999
   * @default 0.95
   */
  confidence?: number;
}

export interface DifferSpec {
  /**
   * Labels (tasks, features with values): the distance of two stimuli is in how many of these they differ. Of the levels of a tree, each naming the node that a stimulus is below, it is the distance in the tree.
   * @minItems 1
   * @maxItems 64
   */
  differ: string[];
}

export interface CoOccurrenceSpec {
  /**
   * A column of documents whose values are compared, as in `"token"`: by the Jensen–Shannon distance of the tokens in the training documents in which each occurs.
   */
  coOccurrence: string;
}

export interface VarianceSpec {
  /** The label whose values part the stimuli, as in `"role"` of documents: in those of each value it is measured by itself. */
  in: string;
  /**
   * Labels (tasks, features); by default the tasks, without tasks the features with values.
   * @minItems 1
   */
  labels?: string[];
}

export interface AnswersSpec {
  /**
   * Temperatures at which answers are drawn: logits are divided by it. Measured is how often they are right on average; nothing is drawn. The likeliest answer, temperature 0, is always measured.
   * @minItems 1
   * @maxItems 10
   * @default [0.5, 1, 1.5]
   */
  temperatures?: Temperature[];
  /**
   * Of each document by how much the logit of the right token is above all others, beside by how much the votes for it are in the training documents that begin alike. Of sets of at most 1,000 documents.
   * @default false
   */
  margins?: boolean;
}

/**
 * @exclusiveMinimum 0
 * @maximum 100
 */
type Temperature = number;

export interface GeodesicSpec {
  /**
   * The column of documents of a gridworld that names places, `"place"`: the distance of two stimuli are the moves of the shortest way between theirs, in one maze.
   */
  geodesic: string;
}

export interface CounterpartsSpec {
  /**
   * The label whose values are the items that belong together, as in `"fact"`: the mean state of the stimuli of each is taken on both sides. A list names one label for each side, with the same values,
   * as in `["subject", "object"]`.
   */
  of: string | CounterpartLabels;
  /** Which stimuli are the one side: a formula, as in `"direction == forward"`. All by default. */
  one?: string;
  /** Which stimuli are the other side. All by default. */
  other?: string;
  /**
   * A label that each item has one value of on each side, as in `"relation"`: from the states of each side the mean of the items with the same value is taken, and items are shuffled among these
   * alone. What the relation says by itself is not taken for what is said of the item then.
   */
  within?: string;
  /**
   * The site that each side is read at, as in `["embedding.weights", "readout.weights"]`, measured at the first: both sides may then be the same stimuli. By default both are read at each layer.
   * @minItems 2
   * @maxItems 2
   */
  at?: string[];
}

/**
 * @minItems 2
 * @maxItems 2
 */
export type CounterpartLabels = string[];

export interface DictionarySpec {
  /** The layer; by default the last hidden one of each network. */
  at?: string;
  /**
   * `topk`: the `k` units of largest input are active; `relu`: all above 0, at the price `l1`.
   * @default "topk"
   */
  kind?: 'topk' | 'relu';
  /**
   * Units of the dictionary.
   * @minimum 2
   * @maximum 4096
   * @asType integer
   * @default 128
   */
  size?: number;
  /**
   * Units that are active at once, of `topk`.
   * @minimum 1
   * @maximum 4096
   * @asType integer
   * @default 4
   */
  k?: number;
  /**
   * Price of activity, of `relu`: this times the sum of activations is added to the mean squared error of the layer's units, where these have mean square 1.
   * @minimum 0
   * @maximum 1000
   * @default 0.02
   */
  l1?: number;
}

export interface ProbeSpec {
  /**
   * Probes: logistic and ridge regression, the nearest class mean, a small network (`mlp`, which takes seconds for each layer). Default: `logistic` where labels have
   * classes, `ridge` where they are real numbers.
   * @minItems 1
   */
  kinds?: ProbeKind[];
  /**
   * What is decoded: tasks, features, bits such as `h[0]`; by default the tasks, without tasks the features with values. A label that no network is to compute is
   * a task that none is trained on.
   * @minItems 1
   */
  labels?: string[];
  /**
   * The control task gives each combination of the values of these (tasks, features, bits) a random label, which can only be memorised; by default the features
   * and bits that the labels are made of.
   * @minItems 1
   */
  control?: string[];
  /** A label of two values: those stimuli alone are probed for which it holds, as a task that says `role == tail`. By default all are. */
  where?: string;
  /**
   * What of a stimulus that is scored nothing was fitted on: its `input`, of documents its token; or of documents nothing but its `document`. What others say, too, may then have been fitted on: what can be memorised
   * is told, and the control task says how well.
   * @default "input"
   */
  fresh?: 'input' | 'document';
  /**
   * Pairs of labels: a probe is fitted where the two agree, and it is said which of the two it follows where they do not. With numbers, as in
   * `{ "easy": [0.6, 0.8, 1], "hard": 0.9 }`, it is fitted on a label that is drawn, which each of the two predicts so often (of lists in every combination).
   */
  conflict?: (ProbePair | ProbePredictivity)[];
  /**
   * `training`: labels are decoded at every checkpoint, too.
   * @default "end"
   */
  over?: 'end' | 'training';
  /**
   * With `training`: the probe of each checkpoint is scored at every other, too.
   * @default false
   */
  transfer?: boolean;
  /**
   * Labels (tasks, features, bits) whose values part the stimuli: a probe is fitted on those of each value, and scored on those of each; of several labels on each combination. As in `["set"]` or
   * `["part", "seen"]` of documents; a part of your own is a task.
   * @minItems 1
   * @maxItems 4
   */
  between?: string[];
}

/**
 * @minItems 2
 * @maxItems 2
 */
export type ProbePair = string[];

/**
 * Two labels of two values, each with its predictivity: the share of stimuli for which the label that is drawn is what it says. Given that label the two are independent of each
 * other. Several are tried one by one.
 */
export type ProbePredictivity = Record<string, Probability | Predictivities>;

/** @minItems 1 */
type Predictivities = Probability[];

/**
 * @exclusiveMinimum 0
 * @exclusiveMaximum 1
 */
export type UnitShare = number;
