import { fitSplits, type FoldFit } from '../analysis/probe/cross-validate';
import { evaluated } from '../analysis/probe/evaluate';
import type { Probe, Target } from '../analysis/probe/probe';
import type { Matrix } from '../core/matrix';
import { quote } from '../experiment/names';
import { foundOrWhy } from '../numerics/numerical-error';
import type { Score } from './decode';
import type { ProbedStimuli, StimulusPart } from './probed-stimuli';

/** What a probe that was fitted in one part of the stimuli tells in another. */
interface Between {
  readonly fitted: string;
  readonly scored: string;
  /** By probe and label. */
  readonly scores: readonly (readonly Score[])[];
}

/**
 * Every label by every probe, fitted on the fit stimuli of each part and scored on the test stimuli of each.
 *
 * @param rows stimuli × units, as `ProbedStimuli.rows`
 * @param seed of inner folds and of what probes draw
 */
export function decodeBetween(
  probes: readonly Probe[],
  { targets, fitting, parts }: Pick<ProbedStimuli, 'targets' | 'fitting' | 'parts'>,
  rows: Matrix<Float64Array>,
  seed: number,
): Between[] {
  return parts.flatMap((part) => {
    const splits = fitting.splits.map(({ train, test }) => ({ train: within(part, train), test }));
    const fits = targets.map((one) => {
      const why = one.why ?? untellable(one.name, one.target, part, splits);
      if (why !== null || !one.target) return { fits: null, why: why ?? '' };
      const { target } = one;
      const random = ['experiment', seed, 'between'];
      const { found, why: none } = foundOrWhy(() =>
        fitSplits(probes, rows, [target], { ...fitting, splits, random }).map(([own]) => own),
      );
      return found ? { fits: found, target } : { fits: null, why: none };
    });
    return parts.map((other): Between => ({
      ...{ fitted: part.name, scored: other.name },
      scores: probes.map((_, kind) =>
        fits.map(({ fits: own, target, why }) =>
          own ? scoreIn(other, target, own[kind], rows) : { value: null, why },
        ),
      ),
    }));
  });
}

function within({ has }: StimulusPart, rows: Uint32Array): Uint32Array {
  return rows.filter((row) => has[row] === 1);
}

/** Why a label cannot be told from what is fitted in a part; null where it can. */
function untellable(
  name: string,
  target: Target,
  part: StimulusPart,
  splits: readonly { readonly train: Uint32Array }[],
): string | null {
  if (target.kind === 'real')
    return splits.every(({ train }) => train.length > 1)
      ? null
      : `${quote(part.name)} has no stimuli that a probe could be fitted on.`;
  return splits.every(({ train }) => new Set(train.map((row) => target.of[row])).size === target.classes)
    ? null
    : `In ${quote(part.name)} a value of ${quote(name)} has no stimulus that a probe could be fitted on.`;
}

function scoreIn(
  part: StimulusPart,
  target: Target,
  fits: readonly FoldFit[],
  rows: Matrix<Float64Array>,
): Score {
  const own = fits
    .map((fit) => ({ ...fit, test: within(part, fit.test) }))
    .filter(({ test }) => test.length > 0);
  if (fits.length > 0 && own.length === 0)
    return { value: null, why: `${quote(part.name)} has no stimuli to score a probe on.` };
  const value = own.length > 0 ? evaluated(target, own, rows).value : null;
  return value === null
    ? {
        value,
        why: 'The label does not vary among the stimuli that are scored, or this probe cannot tell it.',
      }
    : { value };
}
