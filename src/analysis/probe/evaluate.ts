import type { Matrix } from '../../core/matrix';
import { rowsOf } from '../some-rows';
import { fitSplits, type FoldFit, splitsOf } from './cross-validate';
import type { Stimuli } from './folds';
import { type ClassTarget, decidedClass, type Decisions, type Probe, type Target, targetOf } from './probe';
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
  const fitting = { stimuli, splits: splitsOf(folds), strata: target, random: [seed] };
  return fitSplits([probe], activations, [target, ...others], fitting)[0];
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
    return { label: shareAs(decisions, rows, label), other: shareAs(decisions, rows, other) };
  });
  return {
    label: foldMean(shares.map((one) => one.label)),
    other: foldMean(shares.map((one) => one.other)),
  };
}

/** How often the probes of splits decide for a label of the rows that they are scored on. @param of the class of each row of the activations */
export function decidedFor(
  fits: readonly FoldFit[],
  activations: Matrix<Float64Array>,
  of: Uint32Array,
): FoldMean {
  return foldMean(fits.map(({ test, decide }) => shareAs(decide(rowsOf(activations, test)), test, of)));
}

function shareAs(decisions: Decisions, rows: ArrayLike<number>, of: Uint32Array): number {
  let right = 0;
  for (let at = 0; at < rows.length; at++) if (decidedClass(decisions, at) === of[rows[at]]) right++;
  return right / rows.length;
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
