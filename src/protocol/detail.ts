import type { Replicate } from '../core/replicate';
import type { RdmMetric } from './rdm-words';
import type { LabelInfo, SelectivityResults } from './results';

/** The labels of the test stimuli, which colour and order every picture of single stimuli. */
export interface StimuliDetail {
  count: number;
  /** What its table calls each, and its row there; absent where they have numbers alone. */
  table?: { ids: string[]; rows: Uint32Array };
  labels: (LabelInfo & { /** count × width, row-major, as in `Label`. */ values: Float32Array })[];
  /** The combinations of task values (or feature values) that occur; RDMs and condition means are over these. */
  conditions: { names: string[]; counts: number[]; /** Condition of each stimulus. */ of: Uint16Array };
  /** The RDM that each label alone would make, over the same conditions and single stimuli as the layers' RDMs. */
  models?: LabelRdm[];
  /** Where stimuli are pictures: pixels of a side, and of each stimulus in turn red, green and blue of each pixel, row by row. */
  images?: { size: number; pixels: Uint8Array };
  /** Where stimuli are tokens: where each stands. */
  tokens?: TokensDetail;
}

/** Where tokens stand in documents. */
export interface TokensDetail {
  /** What documents are called: those of training, then those of each evaluation set. */
  sets: string[];
  /** Of each, its documents. */
  of: Uint16Array;
  /** The place of its document there, from 0. */
  documents: Uint32Array;
  /** Its position in that, from 0, without what retrieval brings before it. */
  positions: Uint32Array;
}

export interface LabelRdm {
  label: string;
  /** Conditions × conditions; absent where the label varies within a condition. */
  conditions?: Float32Array;
  /** As `LayerDetail.rdm.single`. */
  single: Float32Array;
}

export const pictureNames = ['pca', 'units', 'rdm'] as const;
/** A picture of one layer. */
export type Picture = (typeof pictureNames)[number];

/** What is needed of a replicate while one looks through its checkpoints. What is not needed may be sent empty. */
export interface DetailPart {
  layer: string;
  /** All pictures of the layer where absent. */
  picture?: Picture;
}

/** What the pictures of one replicate at one checkpoint are drawn from. */
export interface ReplicateDetail extends Replicate {
  step: number;
  epoch: number;
  layers: LayerDetail[];
}

export interface LayerDetail {
  name: string;
  /** Why a picture of this layer cannot be made, by its name: `pca`, `clusters`, `conditionTree`, `rdm.conditions`, `rdm.single`. */
  missing: Record<string, string>;
  units: number;
  constantUnits: number[];
  deadUnits: number[];
  pca: {
    components: number;
    explainedVarianceRatio: number[];
    /** Test stimuli × components. */
    scores: Float32Array;
    /** Components × units; each row has length 1. */
    loadings: Float32Array;
    /** By label, one per component. */
    correlation: Record<string, (number | null)[]>;
    /**
     * The same stimuli on the components of the final checkpoint, where this is an earlier one; share: of this checkpoint's variance
     * that each of those takes.
     */
    projected?: { scores: Float32Array; share: number[] };
    /** Of the final components, over the initial and the final checkpoint: axes that stay while one looks through the checkpoints. */
    axes?: { low: number[]; high: number[] };
  };
  /** Without p-values at checkpoints before the final one. */
  selectivity: Record<string, SelectivityResults>;
  /**
   * Trees of the units that are not constant: `dprime`, `auroc`, `correlation`, `classSelectivity` by their values for all labels,
   * `conditionMeans` by their mean activations. Absent for very wide layers.
   */
  clusters?: Record<string, UnitTree>;
  /** Conditions × units. */
  conditionMeans: Float32Array;
  /** Tree of the conditions by their mean activations: `order` holds conditions. Absent for a single condition, and for very many. */
  conditionTree?: UnitTree;
  rdm: {
    /** Null where the RDM was brought along as it is. */
    metric: RdmMetric | null;
    /** Conditions × conditions, distances between condition means. NaN where undefined. */
    conditions: Float32Array;
    /** Test stimuli that `single` is over: indices into the test set, ordered by condition; a stated part of it where the test set is large. */
    stimuli: Uint32Array;
    single: Float32Array;
    /** Trees of conditions and of these stimuli by the RDM's own distances; absent where one is undefined. */
    conditionTree?: UnitTree;
    singleTree?: UnitTree;
  };
}

/** Average linkage (of units and conditions on Euclidean distances), its branches turned so that the sum of distances between neighbours is least. */
export interface UnitTree {
  /** Units, as the tree is read from left to right. */
  order: Uint16Array;
  /** Groups that merge, by height: 0 … n − 1 are places in `order`, then mergers in this order. */
  a: Uint16Array;
  b: Uint16Array;
  height: Float32Array;
}
