import type { DocumentsShape } from './documents';
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

/** Shares of a table's stimuli, where the file says nothing of a set. */
const SHARES = {
  trained: { train: 2, fit: 1, test: 1 },
  recorded: { train: 0, fit: 1, test: 1 },
  // Nothing is fitted to RDMs.
  rdms: { train: 0, fit: 0, test: 1 },
} as const;

/** How many stimuli of a table each set has: those that the file names no size of share what is left. */
export function tableCounts(
  file: Draft<ExperimentFile>,
  rows: number,
  problems: Problems,
): Stimuli['counts'] {
  const stimuli = file.stimuli ?? {};
  for (const key of ['enumerate', 'repeats', 'draw'] as const)
    if (stimuli[key] !== undefined)
      problems.warning(
        'no-effect',
        `'${key}' has no effect on the stimuli of a table, which are shown once each.`,
        problems.document.keySpan(['stimuli', key]),
      );
  const onlyRdms = !file.networks && [...(file.recordings?.values() ?? [])].every((one) => 'rdms' in one);
  const shares: Record<SetName, number> = SHARES[file.networks ? 'trained' : onlyRdms ? 'rdms' : 'recorded'];
  const open = SET_NAMES.filter((set) => stimuli[set] === undefined);
  let left = SET_NAMES.reduce((rest, set) => rest - (stimuli[set] ?? 0), rows);
  let parts = open.reduce((sum, set) => sum + shares[set], 0);
  const counts = { train: stimuli.train ?? 0, fit: stimuli.fit ?? 0, test: stimuli.test ?? 0 };
  for (const set of open) {
    counts[set] = parts > 0 ? Math.max(0, Math.floor((left * shares[set]) / parts)) : 0;
    left -= counts[set];
    parts -= shares[set];
  }
  const least = { train: file.networks ? 1 : 0, fit: onlyRdms ? 0 : 2, test: 2 };
  const few = SET_NAMES.find((set) => counts[set] < least[set]);
  if (left < 0 || few !== undefined)
    problems.error(
      'too-few-rows',
      `The table has ${rows} stimuli for all sets: ${SET_NAMES.map((set) => `${counts[set]} ${set}`).join(', ')} do not do. Lower 'train', 'fit' or 'test', or add stimuli.`,
      problems.document.keySpan(['stimuli', 'table']),
    );
  return counts;
}

/** How many tokens of documents each set has at most: how many there are that a formula asks for, drawing shows. */
export function documentCounts(
  file: Draft<ExperimentFile>,
  { train, sets }: DocumentsShape,
  problems: Problems,
): Stimuli['counts'] {
  const stimuli = file.stimuli ?? {};
  for (const key of ['enumerate', 'repeats', 'draw', 'balance', 'sets', 'inputNoise', 'embedding'] as const)
    if (stimuli[key] !== undefined)
      problems.warning(
        'no-effect',
        `'${key}' has no effect on the tokens of documents. Remove it.`,
        problems.document.keySpan(['stimuli', key]),
      );
  const asked = sets.reduce((sum, { tokens }) => sum + tokens, train.tokens);
  const most = (set: SetName): number => Math.min(stimuli[set] ?? DEFAULT_COUNTS.test, asked);
  return { train: most('train'), fit: most('fit'), test: most('test') };
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
