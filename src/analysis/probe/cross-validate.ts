import type { Matrix } from '../../core/matrix';
import { rowsOf } from '../some-rows';
import { coordinatesOf } from './coordinates';
import { foldsOf, split, type Stimuli } from './folds';
import { type Decisions, type Probe, type Target, targetOf } from './probe';
import { stimuliOf } from './stimuli';

/** Folds within the rows that a probe is fitted on, by which its penalty is chosen. */
const INNER = 3;

/** A probe that was fitted without the rows of one fold. */
export interface FoldFit {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  readonly penalty?: number;
  readonly converged: boolean;
  /** @param activations rows × units, as those it was fitted on */
  readonly decide: (activations: Matrix<Float64Array>) => Decisions;
}

/**
 * A probe of several targets of the same rows, each fitted as often as there are folds, each time without one, with the penalty that is best within
 * the rest.
 *
 * @param targets the first decides the folds within
 * @param folds the fold of each row
 * @param seed of the inner folds and of what a probe draws
 * @returns of each target the fits of all folds
 * @throws NumericalError where the activations have no coordinates
 */
export function fitFolds(
  probe: Probe,
  activations: Matrix<Float64Array>,
  targets: readonly Target[],
  stimuli: Stimuli,
  folds: Uint32Array,
  seed: number,
): FoldFit[][] {
  const fits = targets.map((): FoldFit[] => []);
  const count = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  for (let fold = 0; fold < count; fold++) {
    const { train, test } = split(folds, fold);
    const rows = rowsOf(activations, train);
    const own = targets.map((target) => targetOf(target, train));
    const random = [seed, fold] as const;
    const inner = foldsOf(stimuliOf(stimuli, train), own[0], INNER, [...random, 'inner']);
    const chosen = choosePenalties(probe, rows, own, inner, random);
    const { rows: coordinates, of } = coordinatesOf(rows);
    own.forEach((target, at) => {
      const penalty = chosen?.[at];
      const { converged, decide } = probe.prepare(coordinates, target, random)(penalty ?? 0, 'fit');
      fits[at].push({
        ...{ train, test, converged },
        ...(penalty === undefined ? {} : { penalty }),
        decide: (others) => decide(of(others)),
      });
    });
  }
  return fits;
}

/**
 * Of each target the penalty with the least loss over the folds, of several the largest; undefined where the probe has none.
 *
 * @param folds the fold of each row
 */
export function choosePenalties(
  { tuned, prepare }: Probe,
  activations: Matrix<Float64Array>,
  targets: readonly Target[],
  folds: Uint32Array,
  random: readonly (string | number)[],
): number[] | undefined {
  if (!tuned) return undefined;
  const losses = targets.map(() => new Float64Array(tuned.penalties.length));
  for (let fold = 0; fold < tuned.heldOut; fold++) {
    const { train, test } = split(folds, fold);
    if (train.length === 0 || test.length === 0) continue;
    const { rows, of } = coordinatesOf(rowsOf(activations, train));
    const held = of(rowsOf(activations, test));
    targets.forEach((target, which) => {
      const wanted = targetOf(target, test);
      const fit = prepare(rows, targetOf(target, train), random);
      tuned.penalties.forEach((penalty, at) => {
        losses[which][at] += tuned.loss(fit(penalty, 'choose').decide(held), wanted) * test.length;
      });
    });
  }
  return losses.map((own) => tuned.penalties[own.indexOf(own.reduce((a, b) => Math.min(a, b)))]);
}
