import type { PreparedCounterparts } from '../analysis/counterparts';
import { conditionMeans } from '../analysis/rdm/condition-means';
import { type Pca, pca } from '../analysis/pca';
import { centredUnits } from '../analysis/pairs/centred-units';
import type { PreparedLabels } from '../analysis/pca-correlation';
import { type Rdm, rdm } from '../analysis/rdm/rdm';
import { triangleSize } from '../analysis/rdm/triangle';
import { type PreparedRdm, prepareRdm } from '../analysis/rsa/compare';
import type { PreparedModels } from '../analysis/rsa/model-rsa';
import type { ClassLabel } from '../analysis/selectivity/class-label';
import type { LabelPermutations } from '../analysis/selectivity/label-permutations';
import { selectivity } from '../analysis/selectivity/selectivity';
import {
  type LayerVariance,
  type PreparedDesigns,
  layerVariance,
} from '../analysis/variance-explained-layers';
import { rowsOf, somePairs } from '../analysis/some-rows';
import type { Matrix } from '../core/matrix';
import type { Analyses } from '../experiment/experiment';
import { foundOrWhy } from '../numerics/numerical-error';
import type { LayerUnits, RsaResults } from '../protocol/results';

/** What labels alone determine: each part is made when it is first needed, once a thread. */
export interface LabelParts {
  readonly analyses: Analyses;
  readonly designs: PreparedDesigns;
  readonly pcaLabels: PreparedLabels;
  readonly classLabels: { labels: ClassLabel[]; undefinedValues: Record<string, string> };
  readonly permutations: LabelPermutations;
  /** Combinations of task values that occur in the test set, and which each stimulus has. */
  readonly conditions: { counts: readonly number[]; of: Uint16Array };
  readonly models: PreparedModels;
  /** That the file makes of labels and documents. */
  readonly madeModels: readonly MadeModel[];
  /** In which variance explained is measured by itself. */
  readonly varianceParts: readonly StimuliPart[];
  /** What belongs together on two sides, of fit stimuli and then test stimuli. */
  readonly counterparts: readonly PreparedCounterparts[];
}

/** Some of the stimuli, by their rows, with the designs of labels over these. */
export interface StimuliPart {
  readonly name: string;
  readonly fit: Uint32Array;
  readonly test: Uint32Array;
  readonly designs: PreparedDesigns;
}

/** A model RDM over what the experiment's RDMs are over, or why there is none. */
export interface MadeModel {
  readonly name: string;
  readonly rdm: Pick<Rdm, 'size' | 'distances'> | null;
  readonly why?: string;
}

/** Of other sites, by name: fit stimuli × units and test stimuli × units. */
type Besides = ReadonlyMap<string, readonly [fit: Matrix<Float32Array>, test: Matrix<Float32Array>]>;

/** Which RDMs, and how they are compared. */
export type RdmSetting = Readonly<Pick<RsaResults, 'metric' | 'comparison' | 'over'>>;

/** Of a place of which an RDM alone is known. */
export const noUnits: Matrix<Float32Array> = { rows: 0, cols: 0, data: new Float32Array() };

/** How one layer of one replicate answers the test stimuli. */
export class TestView {
  #rdm: PreparedRdm | undefined;
  #centred: Matrix<Float64Array> | undefined;
  #doubles: Matrix<Float64Array> | undefined;
  readonly #shared = new Map<string, unknown>();

  /**
   * @param test test stimuli × units
   * @param given the RDM of the test stimuli, where that is all that is known: an upper triangle. It is as it is, whatever RDMs are asked for
   */
  constructor(
    readonly labels: Pick<LabelParts, 'analyses' | 'conditions'>,
    readonly test: Matrix<Float32Array>,
    readonly given?: Float64Array,
  ) {}

  /** The RDM that the experiment asks for, ready to be compared. */
  get rdm(): PreparedRdm {
    return (this.#rdm ??= this.#rdmBy(this.labels.analyses.rdm));
  }

  /** Units × stimuli, as `centredUnits`. @throws NumericalError where no unit varies */
  get centred(): Matrix<Float64Array> {
    return (this.#centred ??= centredUnits(this.test));
  }

  /** The same in float64. */
  get doubles(): Matrix<Float64Array> {
    return (this.#doubles ??= { ...this.test, data: Float64Array.from(this.test.data) });
  }

  /** What some measures share: made when the first of them asks. */
  once<T>(name: string, make: () => T): T {
    if (!this.#shared.has(name)) this.#shared.set(name, make());
    return this.#shared.get(name) as T;
  }

  /** Any RDM, ready to be compared; the one that the experiment asks for is made once. */
  rdmBy(setting: RdmSetting): PreparedRdm {
    const { metric, comparison, over } = this.labels.analyses.rdm;
    const own = setting.metric === metric && setting.comparison === comparison && setting.over === over;
    return own ? this.rdm : this.#rdmBy(setting);
  }

  /**
   * The distances of the experiment's RDM between some of its rows.
   *
   * @param rows stimuli, or conditions, ascending
   * @param metric another than the experiment asks for
   * @returns upper triangle; NaN where undefined
   */
  distances(rows: Uint32Array, metric = this.labels.analyses.rdm.metric): Float64Array {
    const { over } = this.labels.analyses.rdm;
    if (this.given) return somePairs(this.given, triangleSize(this.given.length), rows);
    return rdm(rowsOf(patternsOf(this.labels, this.test, over), rows), metric).distances;
  }

  #rdmBy(setting: RdmSetting): PreparedRdm {
    if (!this.given) return layerRdm(this.labels, this.test, setting);
    return prepareRdm(this.given, setting.comparison);
  }
}

/** One layer of one replicate at one checkpoint. What several measures need of it is made once, when it is first needed. */
export class SiteView extends TestView {
  #variance: LayerVariance | undefined;
  #components: { found: Pca | null; why?: string } | undefined;
  #units: LayerUnits | undefined;

  /**
   * @param fit fit stimuli × units
   * @param test test stimuli × units
   * @param beside by counterparts whose first side is read here: what their second is read at
   */
  constructor(
    override readonly labels: LabelParts,
    readonly fit: Matrix<Float32Array>,
    test: Matrix<Float32Array>,
    given?: Float64Array,
    readonly beside: Besides = new Map(),
  ) {
    super(labels, test, given);
  }

  get variance(): LayerVariance {
    return (this.#variance ??= layerVariance(this.labels.designs, this.fit, this.test));
  }

  /** Principal components of the test activations; null where they cannot be found, with the reason. */
  get components(): { found: Pca | null; why?: string } {
    return (this.#components ??= foundOrWhy(() => pca(this.test, this.labels.analyses.pca.components)));
  }

  /** Statistics of single units, with their permutation tests: by far the longest of all to compute. */
  get units(): LayerUnits {
    return (this.#units ??= this.#findUnits());
  }

  get constantUnits(): number[] {
    return this.variance.constantUnits;
  }

  get deadUnits(): number[] {
    return deadUnits(this.test, this.constantUnits);
  }

  #findUnits(): LayerUnits {
    const { classLabels, permutations } = this.labels;
    const found = selectivity(this.test, classLabels.labels, permutations);
    return {
      constantUnits: this.constantUnits,
      deadUnits: this.deadUnits,
      selectivity: found.selectivity,
      undefinedValues: { ...classLabels.undefinedValues, ...found.undefinedValues },
    };
  }
}

/** Constant units whose value is 0: rectified units that never fire. */
export function deadUnits(activations: Matrix<Float32Array>, constantUnits: readonly number[]): number[] {
  return constantUnits.filter((unit) => activations.data[unit] === 0);
}

/** The RDM of a layer, over stimuli or condition means, ready to be compared. */
export function layerRdm(
  labels: Pick<LabelParts, 'conditions'>,
  activations: Matrix<Float32Array>,
  { metric, comparison, over }: RdmSetting,
): PreparedRdm {
  const { distances, rounding } = rdm(patternsOf(labels, activations, over), metric);
  return prepareRdm(distances, comparison, true, rounding);
}

/** What an RDM is over: the activations of every stimulus, or the means of every condition. */
export function patternsOf(
  { conditions: { of, counts } }: Pick<LabelParts, 'conditions'>,
  activations: Matrix<Float32Array>,
  over: RdmSetting['over'],
): Matrix {
  return over === 'stimuli' ? activations : conditionMeans(activations, of, counts.length);
}
