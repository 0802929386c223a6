import type { Matrix } from '../../core/matrix';
import { rowsOf } from '../some-rows';
import { fitFolds, type FoldFit } from './cross-validate';
import type { Stimuli } from './folds';
import { type ClassTarget, decidedClass, type Probe, type Target, targetOf } from './probe';
import { type FoldMean, foldMean, majority, type ScoreName, scored, scoresOf } from './scores';

/** What is probed, and by which rows. */
export interface Trial {
  readonly probe: Probe;
  readonly target: Target;
  readonly stimuli: Stimuli;
  /** The fold of each row. */
  readonly folds: Uint32Array;
  readonly seed: number;
}

/** How well a probe does on rows that it was not fitted on. */
export interface Evaluated {
  /** The first of the scores: what it goes by. */
  readonly value: number | null;
  readonly scores: Readonly<Partial<Record<ScoreName, FoldMean>>>;
}

/** Rows on which two labels, that agree where a probe was fitted, disagree. */
export interface Conflict {
  readonly activations: Matrix<Float64Array>;
  /** The stimulus of each row, in the numbers of the trial's. */
  readonly stimuli: Uint32Array;
  readonly label: Uint32Array;
  readonly other: Uint32Array;
}

/** Every fold's probe on the rows of its fold. @param activations the same rows as those it was fitted on, and as many units */
export function evaluated(
  target: Target,
  fits: readonly FoldFit[],
  activations: Matrix<Float64Array>,
): Evaluated {
  const found = fits.map(({ test, decide }) =>
    scored(decide(rowsOf(activations, test)), targetOf(target, test)),
  );
  const names = scoresOf(target);
  const scores = Object.fromEntries(
    names.map((name) => [name, foldMean(found.map((one) => one[name] ?? null))]),
  ) as Evaluated['scores'];
  return { value: scores[names[0]]?.mean ?? null, scores };
}

/** The fits of a trial, and those of other targets of the same rows. @throws NumericalError where the activations have no coordinates */
export function fitsOf(
  { probe, target, stimuli, folds, seed }: Trial,
  activations: Matrix<Float64Array>,
  others: readonly Target[] = [],
): FoldFit[][] {
  return fitFolds(probe, activations, [target, ...others], stimuli, folds, seed);
}

/** Which of two labels every fold's probe follows where they disagree: shares of these rows, without stimuli that it was fitted on. */
export function followed(
  { stimuli }: Trial,
  fits: readonly FoldFit[],
  { activations, stimuli: own, label, other }: Conflict,
): { label: FoldMean; other: FoldMean } {
  const shares = fits.map(({ train, decide }) => {
    const fitted = new Set(Array.from(train, (row) => stimuli.of[row]));
    const rows = own.map((_, row) => row).filter((row) => !fitted.has(own[row]));
    if (rows.length === 0) return { label: null, other: null };
    const decisions = decide(rowsOf(activations, rows));
    const share = (of: Uint32Array): number =>
      rows.reduce((sum, row, at) => sum + (decidedClass(decisions, at) === of[row] ? 1 : 0), 0) / rows.length;
    return { label: share(label), other: share(other) };
  });
  return {
    label: foldMean(shares.map((one) => one.label)),
    other: foldMean(shares.map((one) => one.other)),
  };
}

/** The scores of whoever knows how frequent classes are (of a real label its mean), and nothing of the activations. */
export function chance(
  { target }: Trial,
  fits: readonly FoldFit[],
): Readonly<Partial<Record<ScoreName, number | null>>> {
  if (target.kind === 'real') return { r2: 0 };
  const part = (rows: Uint32Array): ClassTarget => targetOf(target, rows) as ClassTarget;
  return {
    balancedAccuracy: 1 / target.classes,
    accuracy: foldMean(fits.map(({ train, test }) => majority(part(train), part(test)))).mean,
    ...(target.classes === 2 ? { auc: 0.5 } : {}),
  };
}
