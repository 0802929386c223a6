import type { Matrix } from '../../core/matrix';
import type { ProbeKind } from '../../protocol/probe-words';

/** What is to be told of each row: one of some classes, by number, or a real number. */
export type Target = ClassTarget | RealTarget;

export interface ClassTarget {
  readonly kind: 'classes';
  readonly classes: number;
  readonly of: Uint32Array;
}

export interface RealTarget {
  readonly kind: 'real';
  readonly of: Float64Array;
}

/**
 * What a probe says of rows: outputs × rows. Of a real target its prediction; of two classes one number, above 0 for the second; of more
 * classes one number each, the largest of which wins (the first of several).
 */
export type Decisions = Matrix<Float64Array>;

/** A probe that was fitted. */
interface Fitted {
  /** @param rows rows × coordinates, as those it was fitted on */
  readonly decide: (rows: Matrix<Float64Array>) => Decisions;
  /** False where it stopped before its loss was least. */
  readonly converged: boolean;
}

/** How far fitting goes: as far as it takes to choose a penalty, or to the end. */
export type Effort = 'choose' | 'fit';

/** A way to tell a target from activations, and what it says of itself. */
export interface Probe {
  readonly name: ProbeKind;
  readonly title: string;
  readonly formula: string;
  readonly meaning: string;
  readonly misleads: string;
  readonly source: string;
  /** What it can tell. */
  readonly of: readonly Target['kind'][];
  /** Penalties to choose from, largest first, by how wrong decisions are (what fitting makes least); absent where it has none. */
  readonly tuned?: {
    readonly penalties: readonly number[];
    /** How many of the three folds within are held out to choose. */
    readonly heldOut: 1 | 3;
    readonly loss: (decisions: Decisions, target: Target) => number;
  };
  /**
   * Everything that rows and target determine, ready to be fitted with any penalty.
   *
   * @param rows uncorrelated coordinates, of total variance 1
   * @param random name of the stream for what is drawn
   */
  readonly prepare: (
    rows: Matrix<Float64Array>,
    target: Target,
    random: readonly (string | number)[],
  ) => (penalty: number, effort: Effort) => Fitted;
}

/** Numbers that are said of a row. */
export function outputsOf(target: Target): number {
  return target.kind === 'classes' && target.classes > 2 ? target.classes : 1;
}

/** The target of some of the rows. */
export function targetOf(target: Target, rows: Uint32Array): Target {
  return target.kind === 'classes'
    ? { ...target, of: Uint32Array.from(rows, (row) => target.of[row]) }
    : { ...target, of: Float64Array.from(rows, (row) => target.of[row]) };
}

/** The class that decisions of a row are for. */
export function decidedClass({ rows: outputs, cols, data }: Decisions, row: number): number {
  if (outputs === 1) return data[row] > 0 ? 1 : 0;
  let best = 0;
  for (let c = 1; c < outputs; c++) if (data[c * cols + row] > data[best * cols + row]) best = c;
  return best;
}

/** The same number of each output is added to all rows, in place. */
export function plus(decisions: Decisions, offsets: Float64Array): Decisions {
  const { rows, cols, data } = decisions;
  for (let c = 0; c < rows; c++) for (let at = c * cols; at < (c + 1) * cols; at++) data[at] += offsets[c];
  return decisions;
}
