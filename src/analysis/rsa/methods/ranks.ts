import { dotProduct } from '../../../numerics/products';
import { averageRanks, type Ranking, rank } from '../../../numerics/ranks';
import { kendallTauA } from '../kendall';
import { centred, cosineOf } from './linear';
import type { Method, TwoRdms } from './method';

const shared = {
  range: 'similarity',
  source: 'Nili and others 2014, PLoS Computational Biology 10, e1003553',
} as const;

export const spearman: Method = {
  ...shared,
  name: 'spearman',
  title: 'Spearman’s rho',
  formula: 'Pearson’s correlation of the ranks of the distances; tied ones have the mean of their ranks.',
  meaning: 'How far the order of the distances agrees: 1 where it is the same.',
  misleads:
    'A model RDM with ties (of categories) is favoured over one that orders all pairs: take tau-a or rho-a.',
  compare: (both) => {
    const [a, b] = ranksOf(both);
    return cosineOf(a, b);
  },
};

export const rhoA: Method = {
  ...shared,
  name: 'rho-a',
  title: 'Rho-a',
  formula:
    '12 · Σ (rank − mean)(rank′ − mean) / (m³ − m) of m distances; tied ones have the mean of their ranks.',
  meaning:
    'What Spearman’s rho is on average where ties are broken at random: fair to models with ties, and fast.',
  misleads: 'An RDM with ties has no 1, not even with itself.',
  source: 'Schütt and others 2023, eLife 12:e82566',
  compare: (both) => {
    const [a, b] = ranksOf(both);
    const m = a.length;
    return m < 2 ? null : (12 * dotProduct(a, b)) / (m ** 3 - m);
  },
};

export const kendallTauAMethod: Method = {
  ...shared,
  name: 'kendall-tau-a',
  title: 'Kendall’s tau-a',
  formula: '(concordant − discordant) / all pairs of distances; tied ones count as neither.',
  meaning: 'How far the order of the distances agrees; fair to models with ties.',
  misleads: 'An RDM with ties has no 1, not even with itself.',
  compare: ({ a, b }) => kendallTauA(rank(a), rank(b)),
};

export const kendallTauB: Method = {
  ...shared,
  name: 'kendall-tau-b',
  title: 'Kendall’s tau-b',
  formula: '(concordant − discordant) / √((all − tied in one)(all − tied in the other)) pairs of distances.',
  meaning: 'How far the order of the distances agrees; 1 where ties are the same, too.',
  misleads:
    'A model RDM with ties (of categories) is favoured over one that orders all pairs: take tau-a or rho-a.',
  compare({ a, b }) {
    const [first, second] = [rank(a), rank(b)];
    const tau = kendallTauA(first, second);
    const untied = Math.sqrt(shareUntied(first)) * Math.sqrt(shareUntied(second));
    return tau === null || untied === 0 ? null : Math.min(1, Math.max(-1, tau / untied));
  },
};

/** Of all pairs of numbers. */
function shareUntied({ ties, dense }: Ranking): number {
  const all = dense.length * (dense.length - 1);
  return ties.reduce((left, count) => left - count * (count - 1), all) / all;
}

function ranksOf({ a, b }: TwoRdms): [Float64Array, Float64Array] {
  return [centred(averageRanks(a)), centred(averageRanks(b))];
}
