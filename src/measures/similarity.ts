import { similarities } from '../analysis/similarity/similarities';
import type { Similarity } from '../analysis/similarity/similarity';
import { scaled } from '../analysis/similarity/scaled';
import {
  type BestFound,
  compareManySites,
  compareSites,
  nullOfSites,
  type PreparedSites,
  prepareSites,
} from '../analysis/similarity/sites';
import type { Comparer, PairFound } from '../analysis/pairs/pair-matrix';
import type { Analyses } from '../experiment/experiment';
import { grouped } from '../formats/fixed';
import { foundOrWhy, NumericalError } from '../numerics/numerical-error';
import { besideName, type UnitScaling } from '../protocol/similarity-names';
import type { MeasureInfo } from '../protocol/results';
import type { NamedView, PairMeasure } from './measure';

/** Sites of one recording, ready to be compared with those of others. */
interface Ready {
  readonly names: readonly string[];
  readonly sites: PreparedSites;
  /** Stimuli. */
  readonly n: number;
}

/** The measures that an experiment asks for by name, with their nulls. */
export function askedSimilarities({ similarity }: Pick<Analyses, 'similarity'>): PairMeasure<Ready>[] {
  if (!similarity) return [];
  const { measures, units = ['raw'], null: permutations } = similarity;
  return units.flatMap((scaling) =>
    similarities
      .filter(({ name }) => measures.includes(name))
      .map((measure) => askedFor(measure, scaling, permutations)),
  );
}

function askedFor(plain: Similarity, scaling: UnitScaling, permutations: number): PairMeasure<Ready> {
  const measure = scaled(plain, scaling);
  const best = bestOf(measure, permutations);
  const { title, range, more, invariances, formula, meaning, misleads, source, directed } = measure;
  const name = `similarity(${measure.name}${scaling === 'raw' ? '' : `, ${scaling}`})`;
  const info = { title, range, of: 'pair' as const, by: [], more, meaning, misleads, source };
  return {
    ...info,
    name,
    ...(measure.name === 'knn-overlap' || measure.name === 'cka-debiased-units'
      ? {}
      : { itself: measure.best }),
    invariances,
    formula: `${formula}${directed === true ? ' Mean of both directions.' : ''}`,
    settings: { null: permutations },
    slowNull: measure.product === undefined,
    ...best,
    prepare: (view) => best.prepare([{ name: '', view }]),
    best,
    nulls: permutations === 0 ? {} : nullsOf(name, info, measure, permutations),
  };
}

function bestOf(measure: Similarity, permutations: number): Comparer<readonly NamedView[], Ready> {
  const said = (a: Ready, b: Ready, compared: () => BestFound): PairFound => {
    const { found, why } = foundOrWhy((): PairFound => {
      const { value, at } = compared();
      return {
        value,
        ...(a.names[0] !== '' ? { sites: [a.names[at[0]], b.names[at[1]]] } : {}),
        ...(permutations === 0 || a === b
          ? {}
          : { null: nullOfSites(measure, a.sites, b.sites, value, { n: a.n, permutations }) }),
      };
    });
    return found ?? { value: null, ...(why === undefined ? {} : { why }) };
  };
  return {
    prepare(views) {
      const found = views.map(({ name, view }) => ({
        name,
        ...foundOrWhy(() => ({ side: measure.prepare(view.doubles) })),
      }));
      // Layers that cannot be compared with any are no candidates.
      const kept = found.flatMap(({ name, found: one }) => (one ? [{ name, side: one.side }] : []));
      if (kept.length === 0) throw new NumericalError(found[0].why ?? 'There is nothing to compare.');
      const sides = kept.map(({ side }) => side);
      return {
        names: kept.map(({ name }) => name),
        sites: prepareSites(measure, sides, permutations > 0),
        n: views[0].view.test.rows,
      };
    },
    compare: (a, b) => said(a, b, () => compareSites(measure, a.sites, b.sites)),
    compareAll(some, others) {
      const [left, right] = [some, others].map((all) => all.map(({ sites }) => sites));
      const compared = compareManySites(measure, left, right);
      return (one, other) => said(some[one], others[other], () => compared(one, other));
    },
  };
}

/** What is said of the numbers beside a score. */
function nullsOf(
  name: string,
  info: Pick<MeasureInfo, 'title' | 'range' | 'of' | 'by' | 'more' | 'source'>,
  { product, best }: Similarity,
  permutations: number,
): Record<string, MeasureInfo> {
  const many = grouped(permutations);
  const beside = {
    ...{ ...info, beside: name, source: 'arXiv 2602.14486' },
    misleads:
      'It is against no relation at all between stimuli and patterns: networks with the same inputs seldom have none. Above the null is not alike.',
  };
  const exact =
    ' Exact moments of all permutations (Kazi-Aoual and others 1995, Computational Statistics & Data Analysis 20, 643–656)';
  return {
    [besideName(name, 'mean')]: {
      ...beside,
      title: `${info.title}, mean of the null`,
      formula: `Mean of it under permutation of the test stimuli of one of both${product ? `.${exact}; of the best pair of layers` : `, over ${many} permutations; of the best pair of layers`} the best in each.`,
      meaning:
        'What it is between layers that have nothing to do with each other, of as many units and stimuli.',
    },
    [besideName(name, 'calibrated')]: {
      ...beside,
      title: `${info.title}, calibrated`,
      range: 'atMostAll',
      more: 'alike',
      formula: `(score − m) / (${best} − m), m the mean of its null.`,
      meaning: '0: no more alike than with shuffled stimuli; 1: the same.',
    },
    [besideName(name, 'p')]: {
      ...beside,
      title: `${info.title}, p`,
      range: 'share',
      formula: `(1 + permutations with a score at least as good) / (1 + ${many}).${product ? `${exact}: the mean of that number over draws of permutations, by the Pearson type III distribution with the null’s mean, variance and skewness; of the best pair of layers over correlated draws of such.` : ''}`,
      meaning: 'How seldom shuffled stimuli would be as alike. It is not corrected for the number of pairs.',
    },
  };
}
