import { averageRanks } from '../../numerics/ranks';
import { type ClassTarget, decidedClass, type Decisions, type RealTarget, type Target } from './probe';

/** What decisions are worth. */
export type ScoreName = 'balancedAccuracy' | 'accuracy' | 'auc' | 'r2';

/** A score of every fold, null where it has none. */
type Scores = Readonly<Partial<Record<ScoreName, number | null>>>;

/** The scores that a target has, the one that a probe goes by first. */
export function scoresOf(target: Target): readonly ScoreName[] {
  if (target.kind === 'real') return ['r2'];
  return target.classes === 2 ? ['balancedAccuracy', 'accuracy', 'auc'] : ['balancedAccuracy', 'accuracy'];
}

/**
 * - balancedAccuracy: share of right decisions of each class that the rows have, averaged over those classes (scikit-learn, balanced_accuracy_score)
 * - accuracy: share of right decisions
 * - auc: area under the ROC curve of the second class, ties half; null where the rows are of one class
 * - r2: 1 − Σ(prediction − label)² / Σ(label − its mean over the rows)²; null where the label does not vary
 */
export function scored(decisions: Decisions, target: Target): Scores {
  if (target.kind === 'real') return { r2: r2(decisions, target) };
  const decided = Uint32Array.from(target.of, (_, row) => decidedClass(decisions, row));
  return {
    balancedAccuracy: balanced(decided, target),
    accuracy: shareRight(decided, target),
    ...(target.classes === 2 ? { auc: areaUnderRoc(decisions, target) } : {}),
  };
}

/** Accuracy of whoever always says the class that is most frequent where a probe was fitted, the first of several. */
export function majority(fitted: ClassTarget, target: ClassTarget): number {
  const counts = new Uint32Array(fitted.classes);
  for (const c of fitted.of) counts[c]++;
  const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
  return shareRight(new Uint32Array(target.of.length).fill(most), target);
}

function shareRight(decided: Uint32Array, { of }: ClassTarget): number {
  return decided.reduce((sum, c, row) => sum + (c === of[row] ? 1 : 0), 0) / of.length;
}

function balanced(decided: Uint32Array, { classes, of }: ClassTarget): number {
  const [all, right] = [new Float64Array(classes), new Float64Array(classes)];
  of.forEach((c, row) => {
    all[c]++;
    if (decided[row] === c) right[c]++;
  });
  const shares = right.map((count, c) => count / all[c]).filter((share) => !Number.isNaN(share));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function areaUnderRoc({ data }: Decisions, { of }: ClassTarget): number | null {
  const ranks = averageRanks(Float64Array.from(data));
  let [second, sum] = [0, 0];
  of.forEach((c, row) => {
    if (c !== 1) return;
    second++;
    sum += ranks[row];
  });
  const first = of.length - second;
  return first === 0 || second === 0 ? null : (sum - (second * (second + 1)) / 2) / (first * second);
}

function r2({ data }: Decisions, { of }: RealTarget): number | null {
  const mean = of.reduce((sum, one) => sum + one, 0) / of.length;
  let [off, all] = [0, 0];
  of.forEach((one, row) => {
    off += (data[row] - one) ** 2;
    all += (one - mean) ** 2;
  });
  return of.every((one) => one === of[0]) ? null : 1 - off / all;
}

/** A score over folds. */
export interface FoldMean {
  /** Over the folds that have it; null where none has. */
  readonly mean: number | null;
  /** Standard deviation over these folds (n − 1) by √ their number: how far folds differ. As they share the rows that are fitted on it is no interval. */
  readonly standardErrorOverFolds: number | null;
  readonly folds: readonly (number | null)[];
}

export function foldMean(folds: readonly (number | null)[]): FoldMean {
  const defined = folds.filter((one) => one !== null);
  const n = defined.length;
  if (n === 0) return { mean: null, standardErrorOverFolds: null, folds };
  const mean = defined.reduce((sum, one) => sum + one, 0) / n;
  const squares = defined.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, standardErrorOverFolds: n < 2 ? null : Math.sqrt(squares / (n - 1) / n), folds };
}
