import type { Extended } from '../core/extended';
import type { PackedColumn } from '../core/packed-columns';
import type { Site } from '../core/site';
import type { Columns, ValueColumns } from '../core/values';
import type { InferenceMethod, RdmComparison, RdmMetric, RdmOver } from './rdm-words';
import type { Ending } from './status';

/**
 * What an analysis found, and what every view draws from: who was measured, how, and one table of all numbers. A number that is undefined (a
 * correlation with a constant unit, say) is null, and `why` of its row says the reason. The same file, version and backend give the same bytes.
 */
export interface Results {
  schemaVersion: 2;
  title: string;
  /** RepScope's version. */
  version: string;
  /** Equal when, and only when, all numbers must be equal. */
  fingerprint: string;
  /** The text of the experiment file as it was read. */
  experiment: string;
  engine: EngineInfo;
  stimuli: StimuliResults;
  tasks: Record<string, TaskResults>;
  /** Evaluation sets of documents, whose share of right answers is the accuracy of this label; absent where networks are not trained on documents. */
  asked?: Record<string, AskedResults>;
  /** Labels that are regressed on, in order: features, then tasks. */
  labels: LabelInfo[];
  networks: NetworkResults[];
  /** What was measured, by the measures' names in the table. */
  measures: Record<string, MeasureInfo>;
  /** All numbers of replicates, layers and checkpoints, one a row. */
  values: ValueColumns;
  /** The RDMs of layers that those of labels are compared with (`modelRsa`), and the pairs of stimuli (or conditions) that one has. */
  rdm: Pick<RsaResults, 'metric' | 'comparison' | 'over' | 'stimulusPairs'>;
  /** Replicates compared by RSA, the layer and measure that says most first. */
  rsa: RsaResults[];
  /** The same by every other measure of pairs, of the last hidden layer. */
  pairs: PairResults[];
  /** Tests of model RDMs, by network and layer; absent where the file does not ask for them. */
  modelTests?: ModelTests[];
  hazards: Hazard[];
  /** Of the intervals over replicates, for example .95. */
  confidence: number;
  /** How pictures, statistics of single units and intervals were computed; what a measure is, `measures` say. */
  definitions: Record<string, string>;
  /** Remarks on the whole run. */
  notes: string[];
  /** The settings that were varied; absent where none was. `stimuli`, `tasks`, `labels`, `rdm` and layers are those of the first point. */
  sweep?: SweepResults;
}

/** What was varied, and what each point is. Hazards and comparisons say which point they are of. */
export interface SweepResults {
  /** Paths in the file. */
  settings: string[];
  /** The last setting varies fastest. */
  points: PointResults[];
}

/** One point of a sweep, and what there is otherwise than at the first. */
export interface PointResults {
  /** Of each setting its value, as text. */
  values: string[];
  stimuli?: StimuliResults;
  tasks?: Record<string, TaskResults>;
  asked?: Record<string, AskedResults>;
  labels?: LabelInfo[];
  rdm?: Results['rdm'];
  /** By name, of those that differ. */
  networks?: Record<
    string,
    Pick<NetworkResults, 'tasks' | 'trained' | 'labelNoise' | 'layers' | 'parameters'>
  >;
}

/** The content of `results.json`. */
export interface ResultsFile extends Omit<Results, 'values'> {
  /** All numbers of replicates, layers and checkpoints, one a row. */
  values: Columns<PackedColumn>;
  /** Means over the replicates of each network that are done, at the end of training. */
  summaries: SummaryColumns;
  arrays: { units: UnitArrays };
}

/** Means of one measure of one network, with their intervals: columns, one mean a row. */
export interface SummaryColumns {
  measure: PackedColumn;
  /** The network. */
  source: PackedColumn;
  /** The point of the sweep, where some are of another than the first. */
  point?: PackedColumn;
  /** The layer, the later one that it is compared with, the label and component, where it is of one. */
  site: PackedColumn;
  other: PackedColumn;
  label: PackedColumn;
  part: PackedColumn;
  mean: Value[];
  low: Value[];
  high: Value[];
  /** `nominal`, `approximate`, `equal` or `none`: how far the interval may be relied on. */
  kind: PackedColumn;
  /** Replicates with a defined, finite value. */
  n: number[];
}

/**
 * Statistics of single units, in the file beside: `units/NETWORK/SEED/LAYER/STATISTIC` (`POINT:SEED` at later points of a sweep; `dprime`, `auroc`, `correlation`, `classSelectivity`; with `p/` or
 * `shareOfUntrained/` before it) is rows × units in float64, NaN where undefined; `…/constant` and `…/dead` are 1 for such units.
 */
export interface UnitArrays {
  file: string;
  /** Of the rows of `classSelectivity`. */
  labels: string[];
  /** Of the rows of all others: a label, and for categorical ones the value that is compared with the rest. */
  rows: { label: string; class: string | null }[];
  /** Permutations behind each p. */
  permutations: number;
}

/** A number, or null where it is undefined or not finite. */
export type Value = number | null;

export interface EngineInfo {
  /** `fused` is RepScope's own training step, the others are TensorFlow.js. */
  name: 'fused' | 'tfjs';
  backend: 'wasm-simd' | 'wasm' | 'cpu';
  /** Version of TensorFlow.js. */
  tfjs: string;
  /**
   * How the terms of products are added: by `fused` multiply-adds, the same bits on every machine, or `plain`, by multiplications and
   * additions, where the processor or its WebAssembly knows no other.
   */
  arithmetic: 'fused' | 'plain';
}

export interface StimuliResults {
  seed: number;
  inputUnits: number;
  /** The three sets are the same rows, the whole design: nothing is scored on fresh stimuli. */
  coincide: boolean;
  train: SetResults;
  fit: SetResults;
  test: SetResults;
}

export interface SetResults {
  count: number;
  distinctRows: number;
  /** Stimuli whose input row is also a training stimulus: none, unless sets may repeat rows or each is the whole design. */
  inTrain: number;
  /** What the file says about how the features are drawn, and what was drawn; empty where a design is enumerated. */
  drawing: StatementResults[];
  /** Pearson correlations of all binary labels and bits, in the order of `labels`. */
  labelCorrelations: { labels: string[]; matrix: Value[][] };
}

export interface StatementResults {
  feature: string;
  kind: 'prevalence' | 'agreement' | 'correlation';
  /** The value that a prevalence is of (`1`, of bits), or the feature that a correlation is with; else empty. */
  of: string;
  /** Probability or correlation, as the file says it. */
  declared: number;
  /**
   * The same as balanced tasks, an agreement of a formula over the feature, or an agreement of what it correlates with shift it; null where
   * that is not known.
   */
  expected: Value;
  /** Bits and Gaussian components together; null for a correlation with what did not vary. */
  drawn: Value;
  /** Whether what was drawn is within sampling error of what was to be expected: false at two-sided p < 10⁻⁶. */
  met: boolean;
}

export interface TaskResults {
  formula: string;
  kind: 'binary' | 'categorical';
  classes: string[];
  /** Share of the most frequent class in the test set. */
  chance: number;
  /** Share of the second class in the test set for binary tasks; of each class, in order, for categorical ones. */
  baseRate: number | number[];
}

/** What networks of documents are asked. */
export interface AskedResults {
  /** What it asks, in a sentence. */
  says: string;
  documents: number;
  /** What one would score who knew no more than each says, in order of knowledge. */
  floors: { name: string; score: number }[];
  /** The most that what is trained can tell, where that is less than all. */
  ceiling?: { name: string; score: number };
  /**
   * Where what is asked stands in the context, in its documents or by retrieval: by network the share of its training documents in which what is said stands there before.
   */
  inContext?: Record<string, number>;
  /** What one would score who counted what follows the same beginning in the training documents; absent where none of them begins so, or where one chooses among options. */
  counted?: CountedResults;
}

/** Answers from a table of counts. */
export interface CountedResults {
  /** Training documents that begin as what is asked does: the mean over tokens that count. */
  votes: number;
  /** Share that is right of who says what follows most often. */
  greedy: number;
  /** Share that is right of who says what follows as often as it does: at temperature 1. */
  sampled: number;
  /** The same at the temperatures that are asked for. */
  drawn?: { temperature: number; share: number }[];
  /** Where margins are asked for, of each document, for the first token that counts: ln of its votes less ln of the most for another, half a vote added to each; null where there are none. */
  margins?: Value[];
}

export interface LabelInfo {
  name: string;
  source: 'feature' | 'task';
  kind: 'binary' | 'categorical' | 'bits' | 'real';
  classes: string[];
  width: number;
  /** The first label before it that classes all fit and test stimuli alike (`reversed`: with its two values turned round). */
  sameAs: { label: string; reversed: boolean } | null;
  /** Its value tells every stimulus of the design apart: it explains all variance by construction. */
  wholeDesign: boolean;
}

export interface NetworkResults {
  name: string;
  tasks: string[];
  /** False for an untrained network (no training step). */
  trained: boolean;
  /** It was built as the file says it: nothing of it is trained. Absent otherwise. */
  built?: true;
  /** It is another network with a change made to it: of which, and by what. Absent otherwise. */
  changed?: { of: string; by: ChangeName };
  /** True of a recording that was brought along: it answers no tasks, and nothing of its training is known. */
  recorded?: true;
  /** By task the share of its training labels that is wrong by what the file says; absent where that is so of no network. */
  labelNoise?: Record<string, number>;
  layers: Site[];
  parameters: number;
  replicates: ReplicateInfo[];
}

/** The keys of the file that say changes of networks. */
export type ChangeName = 'steer' | 'ablate' | 'rebuild' | 'rewrite' | 'balance';

export interface ReplicateInfo {
  /** Of the sweep; absent at its first, and where nothing is swept. */
  point?: number;
  seed: number;
  /** What the files of a recording call it, where that is no number. */
  name?: string;
  status: Ending;
  /** Why it failed, in one sentence. */
  reason?: string;
  /** Epochs trained (a fraction where training is given in steps). */
  epochs: number;
  steps: number;
  /** When it was measured during training; the last one is its end. */
  checkpoints: { step: number; epoch: number }[];
  /** Steps at which its phases ended, where one lasts until tasks are learned. */
  phaseEnds?: number[];
}

/** One replicate as it is measured, in a worker and in the store. */
export interface ReplicateResults extends ReplicateInfo {
  /** Its rows, without `source`, `point` and `seed`. */
  values: ValueColumns;
  /** Statistics of single units at its end, by layer. */
  units: Record<string, LayerUnits>;
}

export interface LayerUnits {
  /** Indices of units with the same value for every test stimulus. */
  constantUnits: number[];
  /** Indices of constant units whose value is 0 (rectified units that never fire). */
  deadUnits: number[];
  selectivity: Record<string, SelectivityResults>;
  /** Why a statistic is null, by its path. */
  undefinedValues: Record<string, string>;
}

/**
 * Statistics of each unit. Binary labels: one number per unit. Categorical labels: one row per value (that value
 * against the rest), one number per unit in it.
 */
export interface SelectivityResults {
  /** The values that rows stand for; absent for binary labels. */
  classes?: string[];
  /** Infinite for a perfect unit: one whose classes differ and have no spread beyond the rounding of its activations. */
  dprime: Extended[] | Extended[][];
  auroc: Value[] | Value[][];
  /** Point-biserial correlation. */
  correlation: Value[] | Value[][];
  /** Class-selectivity index; null where activations are signed. */
  classSelectivity: Value[];
  /** Two-sided permutation p-values. */
  p: {
    dprime: Value[] | Value[][];
    auroc: Value[] | Value[][];
    correlation: Value[] | Value[][];
    classSelectivity: Value[];
  };
  /** The maximum over units of the absolute statistic (AUROC: of |AUROC − .5|), and its permutation p-value. */
  maximum: {
    dprime: MaximumResults;
    auroc: MaximumResults;
    correlation: MaximumResults;
    classSelectivity: MaximumResults;
  };
  permutations: number;
  /**
   * The second null: the share of untrained units (of the same layer, all replicates) that are at least as selective; for
   * the maximum, of untrained replicates. Absent where nothing untrained was compared with.
   */
  shareOfUntrained?: {
    dprime: Value[] | Value[][];
    auroc: Value[] | Value[][];
    correlation: Value[] | Value[][];
    classSelectivity: Value[];
    maximum: { dprime: Value; auroc: Value; correlation: Value; classSelectivity: Value };
  };
}

export interface MaximumResults {
  /** Infinite where a unit is perfect (d′ only). */
  value: Extended;
  p: Value;
  /** The 95 % point of the maximum under permutation. Infinite where more than a twentieth of the permutations make a unit perfect. */
  threshold: Extended;
}

/** The values that a measure can have, and how the interval of a mean of it is made (src/analysis/statistics/interval.ts). */
export type RangeName =
  | 'share'
  | 'similarity'
  | 'half'
  | 'positive'
  | 'angle'
  | 'dimensions'
  | 'atMostAll'
  | 'differenceOfShares'
  | 'unbounded';

/** What a measure says of itself. */
export interface MeasureInfo {
  /** In words, as a view heads it. */
  title: string;
  range: RangeName;
  /**
   * What a number is of: a replicate, a layer, or a pair (a layer of two replicates, or two layers of one); where there is one for each label,
   * component or unit as well (those of units are arrays), for each label that it is held against, each step that a probe was fitted at, each share of the
   * units that is left out, each dose of a change, each temperature, or each document of an evaluation set.
   */
  of: 'replicate' | 'site' | 'pair';
  by: (
    | 'label'
    | 'component'
    | 'unit'
    | 'against'
    | 'fitted'
    | 'parts'
    | 'share'
    | 'dose'
    | 'temperature'
    | 'document'
  )[];
  /** The measure that it qualifies, as its p does: it stands beside that, not by itself. */
  beside?: string;
  /** Of pairs: what a larger number means. */
  more?: 'alike' | 'unlike';
  /** Of pairs: the number of a layer with itself; absent where ties decide it. */
  itself?: number;
  /** Of pairs: what may be done to either layer without changing the number. */
  invariances?: string;
  formula: string;
  meaning: string;
  /** When it misleads. */
  misleads: string;
  /** Who defines it. */
  source: string;
}

/**
 * How far an interval may be relied on. `nominal`: it holds the true mean as often as it says. `approximate`: it may hold it less often:
 * of few replicates, or of a mean near an end of its measure (the rule is in the definition of `interval`; docs/coverage.md). No interval:
 * `equal`, all values are equal, which says nothing of how far others would be; `none`, too few values.
 */
export type IntervalKind = 'nominal' | 'approximate' | 'equal' | 'none';

/** A mean over replicates with its interval, which ends where its measure does, and the value of every replicate that is done. */
export interface Interval {
  mean: Value;
  low: Value;
  high: Value;
  kind: IntervalKind;
  /** Replicates with a defined value. */
  n: number;
  /** One per replicate that is done, in order of seed. */
  values: Value[];
}

/** All replicates that have a layer, compared with each other. */
export interface PairResults {
  /** Its name among the measures, and in the table. */
  measure: string;
  layer: string;
  /** Of the sweep; absent at its first, and where nothing is swept. */
  point?: number;
  /** `NETWORK/SEED` (`NETWORK/POINT:SEED` at later points of a sweep), in the order of rows and columns. */
  labels: string[];
  /** Of RSA null over half of the pairs of stimuli or fewer (two such values may have none in common), and for an RDM of equal distances. */
  matrix: Value[][];
  /** Means over pairs of replicates of two networks, or of one (self-pairs left out). */
  groups: PairGroup[];
  /**
   * Classical scaling of the replicates to the plane, of the distances √(2 (1 − similarity)), or of the measure itself where more means less alike:
   * coordinates by label, Kruskal's stress 1, and the share of each axis in the positive eigenvalues. Null where there is none, as for fewer
   * than three replicates.
   */
  mds: PairPlane | null;
  /**
   * Why something of this comparison is null: `mds`, `matrix.ROW` (a replicate that cannot be compared with any), `matrix.ROW.COLUMN` (ROW ≥
   * COLUMN). Of RSA the number of pairs of stimuli says why a value is null.
   */
  undefinedValues: Record<string, string>;
  /** What the same would be with shuffled stimuli, where the experiment asks for that (`analyses.similarity.null`). */
  null?: PairNull;
  /** Of the best pair of layers: which layer of the row's replicate is in it. */
  sites?: string[][];
}

/** Of every two, as `matrix`; null of a replicate with itself. */
export interface NullMatrices {
  /** Mean score under permutation of the stimuli of one of both. */
  mean: Value[][];
  /** (score − mean) / (score of what is the same − mean). */
  calibrated: Value[][];
  /** As (1 + permutations that are at least as good) / (1 + permutations). */
  p: Value[][];
}

export interface PairNull extends NullMatrices {
  permutations: number;
  /** Means of the calibrated scores, as `groups`. */
  groups: PairGroup[];
}

/** The same by RSA. */
export interface RsaResults extends PairResults {
  metric: RdmMetric;
  comparison: RdmComparison;
  over: RdmOver;
  /** Pairs of stimuli (or conditions) that an RDM has … */
  stimulusPairs: number;
  /** … and over how many, those with a distance in both, each two replicates were compared; null where it is over all everywhere. */
  used: number[][] | null;
}

export interface PairPlane {
  x: Value[];
  y: Value[];
  stress: number;
  share: number[];
}

export interface PairGroup {
  a: string;
  b: string;
  /** Null where no pair has a defined value. */
  mean: Value;
  /** Null (`kind` says why) where all values are equal, or fewer than two pairs without a common replicate are defined. */
  low: Value;
  high: Value;
  kind: IntervalKind;
  /** Pairs of replicates with a defined value, which the mean is over, of all that there are. */
  pairs: number;
  possible: number;
}

/** How well model RDMs do for the RDMs of a layer: of the replicates of a network (at a point of the sweep), or of a recording. */
export interface ModelTests {
  network: string;
  /** Of the sweep; absent at its first, and where nothing is swept. */
  point?: number;
  layer: string;
  /** How RDMs are compared, by the method's name. */
  method: string;
  /** Stimuli (or conditions) of each RDM, and pairs of them with a distance in every RDM. */
  stimuli: number;
  pairs: number;
  /** Seeds (or places) of the replicates whose RDMs are predicted. */
  seeds: number[];
  /** What is drawn anew in each draw, and how many draws there are, of which so many have numbers. */
  resampled: ('stimuli' | 'replicates')[];
  draws: number;
  drawsUsed: number;
  /** Whether scores are cross-validated over stimuli and replicates, the weighted sum of all others the last model. */
  weighted: boolean;
  /** How p-values are made, of how many degrees of freedom, and what those of one kind of tests are corrected for. */
  test: 't' | 'bootstrap';
  degrees: number;
  correction: 'fdr' | 'bonferroni' | 'none';
  /** Of intervals. */
  confidence: number;
  models: ModelScore[];
  /** The mean similarity of each replicate's RDM with the mean of all others, and of all; null of one replicate. */
  ceiling: { lower: Value; upper: Value };
  /** Every two models: the first less the second. */
  differences: ({ first: string; second: string; difference: Value } & ModelP)[];
  /** The same models by every standard distance and comparison, those that were chosen first; absent where nothing can be compared. */
  agreement?: ModelAgreement[];
  /** Why numbers are null, or a model is left out. */
  why?: string;
}

/** Model RDMs by one distance and one comparison. */
export interface ModelAgreement {
  metric: RdmMetric;
  method: InferenceMethod;
  /** By model the similarity with the RDM of each replicate. */
  bySubject: Value[][];
}

/** A p-value, and the same corrected for all tests of its kind. */
export interface ModelP {
  p: Value;
  corrected: Value;
}

export interface ModelScore {
  name: string;
  /** The mean similarity with the RDMs of the replicates, and the similarity with each; none of the latter where all is cross-validated. */
  value: Value;
  bySubject: Value[];
  /** Standard error, and the interval. */
  error: Value;
  low: Value;
  high: Value;
  /** Of the pairs of distances of the model RDM the share that is equal: ties. */
  tied: number;
  /** Whether it is above 0 (one-sided), and another than the lower noise ceiling (by draws: below it). */
  aboveZero: ModelP;
  ceiling: ModelP;
}

export interface Hazard {
  /** Name of the rule, for example `equally-computed-unequally-represented`. */
  rule: string;
  severity: 'info' | 'warning' | 'serious';
  /** Where it holds, as in `{ network: "both", layer: "hidden4", task: "hard" }`. */
  where: Record<string, string>;
  /** The number that shows it. */
  value: number;
  threshold: number;
  message: string;
  advice: string;
  /** Where more is said of it; absent in results of earlier versions. */
  link?: string;
}
