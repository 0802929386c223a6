import { type FoldFit, fitSplits } from '../analysis/probe/cross-validate';
import { decidedFor, evaluated } from '../analysis/probe/evaluate';
import type { Probe, Target } from '../analysis/probe/probe';
import type { Matrix } from '../core/matrix';
import { foundOrWhy } from '../numerics/numerical-error';
import type { ProbedStimuli } from './probed-stimuli';

/** A number, or why there is none. */
export interface Score {
  readonly value: number | null;
  readonly why?: string;
}

/** What probes decode from some activations. */
export interface Decoded {
  /** By probe and label. */
  readonly scores: readonly (readonly Score[])[];
  /** The same probes elsewhere: by probe and label, of other activations of the same units. */
  readonly elsewhere: (rows: Matrix<Float64Array>) => readonly (readonly Score[])[];
}

/** By probe and pair of labels: how often it follows the first, and the second, where they disagree. */
export type Conflicts = readonly (readonly (readonly [Score, Score])[])[];

/** What a layer is held against. */
export interface Beside {
  readonly scores: Decoded['scores'];
  readonly conflicts: Conflicts;
}

/** Where a probe cannot tell a label. */
const untold = 'This probe tells classes apart, and the label is a real number: take ridge or mlp.';

/**
 * Every label by every probe.
 *
 * @param rows stimuli × units, as `ProbedStimuli.rows`
 * @param seed of inner folds and of what probes draw
 */
export function decode(
  probes: readonly Probe[],
  { targets, fitting }: ProbedStimuli,
  rows: Matrix<Float64Array>,
  seed: number,
): Decoded {
  return decoded(
    probes,
    targets.map(({ target, why }) => ({ target, why })),
    rows,
    { ...fitting, random: ['experiment', seed] },
  );
}

/** The control task of every label by every probe. */
export function decodeControl(
  probes: readonly Probe[],
  probed: ProbedStimuli,
  rows: Matrix<Float64Array>,
  seed: number,
): Decoded['scores'] {
  const tasks = probed.targets.map(({ name, target, why }) => ({
    target: target ? (probed.control(name, target, seed) ?? null) : null,
    why: why ?? 'However the values of combinations are dealt, it is the label itself: name more in control.',
  }));
  return decoded(probes, tasks, rows, { ...probed.fitting, random: ['experiment', seed] }).scores;
}

function decoded(
  probes: readonly Probe[],
  tasks: readonly { readonly target: Target | null; readonly why?: string | undefined }[],
  rows: Matrix<Float64Array>,
  fitting: Parameters<typeof fitSplits>[3],
): Decoded {
  const targets = tasks.flatMap(({ target }) => target ?? []);
  const { found, why: whyNone } = foundOrWhy(() => fitSplits(probes, rows, targets, fitting));
  const scoresOf = (of: Matrix<Float64Array>): Score[][] =>
    probes.map((_, kind) => {
      const places = tasks.map(({ target }) => (target ? targets.indexOf(target) : -1));
      return tasks.map(({ target, why }, at): Score => {
        if (!target) return { value: null, ...(why === undefined ? {} : { why }) };
        if (!found) return { value: null, why: whyNone };
        const fits: readonly FoldFit[] = found[kind][places[at]];
        return fits.length === 0 ? { value: null, why: untold } : scoreOf(target, fits, of);
      });
    });
  return { scores: scoresOf(rows), elsewhere: scoresOf };
}

function scoreOf(target: Target, fits: readonly FoldFit[], rows: Matrix<Float64Array>): Score {
  const { value } = evaluated(target, fits, rows);
  return value === null
    ? { value, why: 'The label does not vary among the stimuli that are scored.' }
    : { value };
}

/** Which of two labels every probe follows. */
export function decodeConflicts(
  probes: readonly Probe[],
  { conflicts }: Pick<ProbedStimuli, 'conflicts'>,
  rows: Matrix<Float64Array>,
  seed: number,
): Conflicts {
  const found = conflicts.map(({ fit, labels, why }) => {
    const fitted = fit?.(seed) ?? why;
    if (typeof fitted !== 'object') return { fits: null, why: fitted };
    const { target, fitting } = fitted;
    const random = ['experiment', seed, 'conflict'];
    const { found: fits, why: whyNone } = foundOrWhy(() =>
      fitSplits(probes, rows, [target], { ...fitting, random }),
    );
    return fits ? { fits, labels } : { fits, why: whyNone };
  });
  return probes.map((_, kind) =>
    found.map(({ fits, labels, why }): [Score, Score] => {
      if (!fits || !labels)
        return [
          { value: null, why },
          { value: null, why },
        ];
      const [first, second] = labels.map(({ of }): Score => ({
        value: decidedFor(fits[kind][0], rows, of).mean,
      }));
      return [first, second];
    }),
  );
}
