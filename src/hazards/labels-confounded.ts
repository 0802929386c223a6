import { atLeast } from '../analysis/statistics/bounds';
import { tokenize } from '../experiment/formula/tokens';
import { decimals } from '../formats/fixed';
import { fisherZ } from '../numerics/fisher-z';
import { own } from '../protocol/own';
import type { HazardInput, HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** Speaks from this |r| in the test set on … */
const threshold = 0.3;
/** … where it is also this many standard errors of Fisher’s z from 0. */
const errors = 4;

interface Confounded {
  readonly a: string;
  readonly b: string;
  readonly r: number;
}

/** Two labels that vary together in the test set, of which what is found of one is found of the other. */
export const labelsConfounded: HazardRule = {
  name: 'labels-confounded',
  describe:
    'Two features, or a task and a feature that its formula does not name, or two tasks of other features, correlate in the test set: |r| of .3 or more, and four standard errors of Fisher’s z. All such pairs are one hazard, which names the ' +
    'two that correlate most.',
  link: 'https://doi.org/10.1016/j.neuroimage.2011.11.032',
  evaluate(results) {
    const found = confounded(results).sort((one, other) => Math.abs(other.r) - Math.abs(one.r));
    if (found.length === 0) return [];
    const [{ a, b, r }] = found;
    const more = found.length - 1;
    const kind = own(results.tasks, a) ? 'task' : 'feature';
    return [
      {
        rule: labelsConfounded.name,
        severity: 'warning',
        where: { [kind]: a, comparedWith: b },
        value: Math.abs(r),
        threshold,
        message:
          `${quoted(a)} and ${quoted(b)} correlate by ${decimals(r)} in the test set${more === 0 ? '' : `, and ${more} more ${more === 1 ? 'pair' : 'pairs'} of labels by .3 or more`}: ` +
          'variance explained, selectivity and RSA of either are in part of the other.',
        advice:
          'Cross them in the test set (“balance”, or a “draw” without their agreement under “sets”), or compare unique shares.',
      },
    ];
  },
};

/** Pairs of labels of other features that correlate; a task that is a feature counts as that. */
function confounded(results: HazardInput): Confounded[] {
  const { count, labelCorrelations } = results.stimuli.test;
  const { labels, matrix } = labelCorrelations;
  const features = results.labels.filter(({ source }) => source === 'feature').map(({ name }) => name);
  const repeats = new Set(results.labels.flatMap(({ name, sameAs }) => (sameAs ? [name] : [])));
  const from = labels.map((label) => featuresOf(results, label, features));
  const enough = errors / Math.sqrt(Math.max(1, count - 3));
  return labels.flatMap((a, i) =>
    labels.slice(0, i).flatMap((b, k): Confounded[] => {
      const r = matrix[i]?.[k] ?? null;
      if (r === null || !atLeast(Math.abs(r), threshold) || Math.abs(fisherZ(r)) <= enough) return [];
      if (repeats.has(a) || repeats.has(b) || from[i].some((name) => from[k].includes(name))) return [];
      return [{ a: b, b: a, r }];
    }),
  );
}

/** The features that a label is of: a bit of one (`h[0]`), what the formula of a task names, or itself. */
function featuresOf({ tasks }: HazardInput, label: string, features: readonly string[]): string[] {
  const task = own(tasks, label);
  if (task)
    return tokenize(task.formula).flatMap(({ kind, text }) =>
      (kind === 'name' || kind === 'quoted') && features.includes(text) ? [text] : [],
    );
  return [features.find((name) => label === name || label.startsWith(`${name}[`)) ?? label];
}
