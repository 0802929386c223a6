import type { Matrix } from '../../core/matrix';
import { rowsOf } from '../some-rows';
import { coordinatesOf } from './coordinates';
import { foldsOf, split, type Stimuli } from './folds';
import { type Decisions, type Probe, type Target, targetOf } from './probe';
import { stimuliOf } from './stimuli';

/** Folds within the rows that a probe is fitted on, by which its penalty is chosen. */
const INNER = 3;

/** Rows to fit on, and others to score on. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** A probe that was fitted on the one, to be scored on the other. */
export interface FoldFit extends Split {
  readonly penalty?: number;
  readonly converged: boolean;
  /** @param activations rows × units, as those it was fitted on */
  readonly decide: (activations: Matrix<Float64Array>) => Decisions;
}

/** Where and how probes are fitted. */
export interface Fitting {
  readonly stimuli: Stimuli;
  readonly splits: readonly Split[];
  /** Decides the folds within. */
  readonly strata: Target;
  /** Name of the stream of the inner folds and of what a probe draws. */
  readonly random: readonly (string | number)[];
}

/** The splits of folds: each left out once. @param folds the fold of each row */
export function splitsOf(folds: Uint32Array): Split[] {
  const count = folds.reduce((most, fold) => Math.max(most, fold), 0) + 1;
  return Array.from({ length: count }, (_, fold) => split(folds, fold));
}

/**
 * Probes of several targets of the same rows, each fitted on the rows of each split, with the penalty that is best within them.
 *
 * @param activations rows × units
 * @returns of each probe, of each target that it can tell, the fits of all splits; none of the others
 * @throws NumericalError where the activations have no coordinates
 */
export function fitSplits(
  probes: readonly Probe[],
  activations: Matrix<Float64Array>,
  targets: readonly Target[],
  { stimuli, splits, strata, random }: Fitting,
): FoldFit[][][] {
  const fits = probes.map(() => targets.map((): FoldFit[] => []));
  splits.forEach(({ train, test }, at) => {
    const rows = rowsOf(activations, train);
    const name = [...random, at];
    const folds = foldsOf(stimuliOf(stimuli, train), targetOf(strata, train), INNER, [...name, 'inner']);
    const within = withinOf(rows, folds);
    const { rows: coordinates, of } = coordinatesOf(rows);
    probes.forEach((probe, which) => {
      const told = targets.flatMap((target, number) => (probe.of.includes(target.kind) ? [number] : []));
      const own = told.map((number) => targetOf(targets[number], train));
      const chosen = choosePenalties(probe, within, own, name);
      own.forEach((target, place) => {
        const penalty = chosen?.[place];
        const { converged, decide } = probe.prepare(coordinates, target, name)(penalty ?? 0, 'fit');
        fits[which][told[place]].push({
          ...{ train, test, converged },
          ...(penalty === undefined ? {} : { penalty }),
          decide: (others) => decide(of(others)),
        });
      });
    });
  });
  return fits;
}

/** A fold within the rows that a probe is fitted on: those left out, in the coordinates of the others; null where there are none. */
type Within = (fold: number) => (Split & Readonly<Record<'rows' | 'held', Matrix<Float64Array>>>) | null;

/** Each is made when it is first needed. @param folds the fold of each row */
export function withinOf(activations: Matrix<Float64Array>, folds: Uint32Array): Within {
  const made = new Map<number, ReturnType<Within>>();
  return (fold) => {
    const known = made.get(fold);
    if (known !== undefined) return known;
    const { train, test } = split(folds, fold);
    const { rows, of } =
      train.length > 0 ? coordinatesOf(rowsOf(activations, train)) : { rows: null, of: null };
    const found = rows && test.length > 0 ? { train, test, rows, held: of(rowsOf(activations, test)) } : null;
    made.set(fold, found);
    return found;
  };
}

/** Of each target the penalty with the least loss over the folds, of several the largest; undefined where the probe has none. */
export function choosePenalties(
  { tuned, prepare }: Probe,
  within: Within,
  targets: readonly Target[],
  random: readonly (string | number)[],
): number[] | undefined {
  if (!tuned) return undefined;
  const losses = targets.map(() => new Float64Array(tuned.penalties.length));
  for (let fold = 0; fold < tuned.heldOut; fold++) {
    const found = within(fold);
    if (!found) continue;
    const { train, test, rows, held } = found;
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
