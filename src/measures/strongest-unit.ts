import { extendedNumber } from '../core/extended';
import { capital } from '../formats/in-sentence';
import type { MaximumResults, MeasureInfo, RangeName } from '../protocol/results';
import type { Found, SiteMeasure } from './measure';

/** The statistics of single units, and what they say of themselves. */
const statistics = {
  dprime: {
    words: 'd′',
    range: 'positive',
    formula: 'the largest |d′| over units (and values of a categorical label)',
    source: 'Green and Swets 1966, Signal Detection Theory and Psychophysics',
  },
  auroc: {
    words: 'AUROC',
    range: 'half',
    formula: 'the largest |AUROC − .5| over units (and values of a categorical label)',
    source: 'Hanley and McNeil 1982, Radiology 143, 29–36; scikit-learn, roc_auc_score',
  },
  correlation: {
    words: 'correlation',
    range: 'share',
    formula: 'the largest |point-biserial r| over units (and values of a categorical label)',
    source: 'scipy.stats.pointbiserialr',
  },
  classSelectivity: {
    words: 'class selectivity',
    range: 'share',
    formula: 'the largest class-selectivity index over units',
    source: 'Morcos and others 2018, arXiv 1803.06959',
  },
} as const satisfies Record<string, { words: string; range: RangeName; formula: string; source: string }>;

type UnitStatistic = keyof typeof statistics;

export const unitStatistics = Object.keys(statistics) as UnitStatistic[];

/** What of a maximum is a number of its own. */
const parts = {
  value: { suffix: '', title: '', formula: '' },
  p: {
    suffix: '.p',
    title: ', p',
    formula: '(1 + permutations of the label whose maximum is at least as large) / (1 + permutations), of ',
  },
  threshold: {
    suffix: '.threshold',
    title: ', 95 % point of the null',
    formula: 'the 95 % point under permutation of the label of ',
  },
} as const satisfies Record<keyof MaximumResults, object>;

/** The most selective unit of a layer for each label, with its permutation null. */
export const strongestUnit: readonly SiteMeasure[] = unitStatistics.flatMap((statistic) =>
  (Object.keys(parts) as (keyof MaximumResults)[]).map((part): SiteMeasure => {
    const { words, range, formula, source } = statistics[statistic];
    const { suffix, title, formula: of } = parts[part];
    const text = `${of}${formula}.`;
    return {
      name: `maximum.${statistic}${suffix}`,
      ...(part === 'value' ? {} : { beside: `maximum.${statistic}` }),
      title: `Strongest unit: ${words}${title}`,
      range: part === 'p' ? 'share' : range,
      of: 'site',
      by: ['label'],
      when: 'end',
      reads: ['selectivity'],
      formula: capital(text),
      meaning:
        'How selective the most selective unit is. Infinite d′: the classes differ and have no spread.',
      misleads:
        'Among many units one is selective by chance: read it with its permutation p and the share of untrained networks that reach it.',
      source,
      measure: (site) =>
        Object.entries(site.units.selectivity).map(([label, { maximum }]): Found => {
          const value = extendedNumber(maximum[statistic][part]);
          if (value !== null) return { label, value };
          const reasons = site.units.undefinedValues;
          // Of the label, of its p, of the statistic for one of its values; or all units are constant.
          const own = `selectivity.${label}`;
          const paths = [own, ...(part === 'value' ? [] : [`${own}.p`]), `${own}.${statistic}`];
          const why = Object.keys(reasons).find(
            (path) => paths.includes(path) || path.startsWith(`${own}.${statistic}.`),
          );
          const few =
            part === 'threshold' ? 'With fewer than 19 permutations none is at their 95 % point.' : undefined;
          return { label, value, why: reasons[why ?? 'selectivity'] ?? few };
        }),
    };
  }),
);

export function shareOfUntrainedName(statistic: UnitStatistic): string {
  return `maximum.${statistic}.shareOfUntrained`;
}

/** The second null, which takes all replicates of a run to compute. */
export const sharesOfUntrained: Readonly<Record<string, MeasureInfo>> = Object.fromEntries(
  unitStatistics.map((statistic) => [
    shareOfUntrainedName(statistic),
    {
      title: `Strongest unit: ${statistics[statistic].words}, share of untrained`,
      beside: `maximum.${statistic}`,
      range: 'share',
      of: 'site',
      by: ['label'],
      formula: `Share of untrained replicates of the same layer in which it is at least as large: ${statistics[statistic].formula}.`,
      meaning: 'How far random weights alone make a unit as selective.',
      misleads: 'With few untrained replicates it is 0 or 1 by chance.',
      source: 'as the permutation p, with random networks in place of permuted labels',
    },
  ]),
);
