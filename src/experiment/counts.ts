import type { Feature, SetName, Stimuli } from './experiment';
import type { Features } from './features';
import type { ExperimentFile } from './file';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';

export const SET_NAMES: readonly SetName[] = ['train', 'fit', 'test'];

const DEFAULT_COUNTS: Readonly<Record<SetName, number>> = { train: 4096, fit: 1024, test: 1024 };
const MAX_DESIGN = 2 ** 20;

/** Combinations of values that a feature can take; infinite for Gaussians. */
function combinationsOf(feature: Feature): number {
  if (feature.kind === 'real') return Infinity;
  return feature.kind === 'bits' ? 2 ** feature.width : feature.values.length;
}

/** How many stimuli each set has, and whether they are drawn or enumerated. */
export function readCounts(
  file: Draft<ExperimentFile>,
  features: Features,
  problems: Problems,
): Pick<Stimuli, 'counts' | 'enumerate'> {
  const stimuli = file.stimuli ?? {};
  const { train, fit, test } = stimuli;
  const counts = {
    train: train ?? DEFAULT_COUNTS.train,
    fit: fit ?? DEFAULT_COUNTS.fit,
    test: test ?? DEFAULT_COUNTS.test,
  };
  if (!stimuli.enumerate) return { counts, enumerate: 'none' };

  const span = problems.document.keySpan(['stimuli', 'enumerate']);
  const real = features.list.filter((feature) => feature.kind === 'real').map((feature) => feature.name);
  const design = features.list.reduce((product, feature) => product * combinationsOf(feature), 1);
  if (real.length > 0) {
    problems.error(
      'cannot-enumerate',
      `The Gaussian feature ${quote(real[0])} has no finite set of values to enumerate. Remove 'enumerate' or the feature.`,
      span,
    );
  } else if (design > MAX_DESIGN) {
    problems.error(
      'cannot-enumerate',
      `The features have ${amount(design)} combinations, more than the ${MAX_DESIGN} that can be enumerated. Remove 'enumerate' or name fewer bits.`,
      span,
    );
  }
  warnOfDraws(file, features, problems);
  const named = SET_NAMES.filter((set) => problems.document.find(['stimuli', set]) !== undefined);
  if (named.length === 0) {
    const whole = design <= MAX_DESIGN ? design : DEFAULT_COUNTS.train;
    return { counts: { train: whole, fit: whole, test: whole }, enumerate: 'all' };
  }
  const missing = SET_NAMES.filter((set) => !named.includes(set));
  if (missing.length > 0) {
    problems.error(
      'missing-key',
      `A design that is divided among the sets needs the size of each: add ${quoteAll(missing)}, or remove ${quoteAll(named)}.`,
      span,
    );
  }
  const total = counts.train + counts.fit + counts.test;
  if (total > design) {
    problems.error(
      'too-few-rows',
      `The design has ${design} combinations, fewer than the ${total} stimuli of train, fit and test together. Lower 'train', 'fit' or 'test'.`,
      problems.document.valueSpan(['stimuli', named[0]]),
    );
  } else if (total < design && design <= MAX_DESIGN) {
    problems.warning(
      'design-not-used-up',
      `The design has ${design} combinations, of which train, fit and test use ${total}; the others are not shown.`,
      span,
    );
  }
  return { counts, enumerate: 'split' };
}

/** In an enumerated design every combination occurs once, whatever its probability. */
function warnOfDraws(file: Draft<ExperimentFile>, features: Features, problems: Problems): void {
  for (const [name, draft] of features.drafts) {
    for (const key of ['prevalence', 'agrees', 'correlates'] as const) {
      if (draft[key] === undefined || draft[key] === null) continue;
      const path = ['stimuli', 'features', name, key];
      problems.warning(
        'no-effect',
        `'${key}' has no effect with 'enumerate', which shows every combination once.`,
        problems.document.keySpan(path),
      );
    }
  }
  for (const key of ['sets', 'repeats'] as const) {
    if (file.stimuli?.[key] === undefined) continue;
    problems.warning(
      'no-effect',
      `'${key}' has no effect with 'enumerate', which shows every combination once.`,
      problems.document.keySpan(['stimuli', key]),
    );
  }
}

/** A large number in a message. */
export function amount(value: number): string {
  if (value === Infinity) return 'more than 1e308';
  return value < 1e6 ? String(value) : value.toExponential(1);
}
