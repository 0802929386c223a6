import type { Matrix } from '../../core/matrix';
import type { MeasureInfo } from '../../protocol/results';
import type { SimilarityName } from '../../protocol/similarity-names';
import type { Products, Symmetric } from '../symmetric';
import type { Part } from './moments';

/** How alike two recordings of the same stimuli are, which says what it is. */
export interface Similarity<P = unknown> extends Pick<
  MeasureInfo,
  'title' | 'range' | 'formula' | 'meaning' | 'misleads' | 'source'
> {
  /** As the command line has it. */
  readonly name: SimilarityName;
  readonly more: NonNullable<MeasureInfo['more']>;
  readonly invariances: string;
  /** The value of what is the same: the best that a score can be. */
  readonly best: number;
  /** It is not the same the other way round. */
  readonly directed?: true;
  /**
   * @param activations stimuli × units
   * @throws NumericalError where they cannot be compared with any
   */
  prepare(activations: Matrix<Float64Array>): P;
  /**
   * @param order where given, stimulus k of a meets stimulus order[k] of b
   * @throws NumericalError where these two cannot be compared
   */
  compare(a: P, b: P, order?: Uint32Array): number;
  /** The same in each of many orders, where that is faster at once. */
  compareAll?(a: P, b: P, orders: readonly Uint32Array[]): Float64Array;
  /** Of a score that is the product of two matrices of stimuli × stimuli by a number that no order changes: its null needs no permutations. */
  readonly product?: {
    readonly part: Part;
    matrix(side: P): Symmetric;
    /** The trace of its third power, where its rows sum to 0 and that is found faster. */
    cube?(side: P): number;
    divisor(a: P, b: P): number;
    /** The score, by the products of both matrices. */
    value(a: P, b: P, products: Products): number;
  };
}
