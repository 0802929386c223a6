import {
  cosines,
  counterpartRsa,
  identified,
  identifiedByMap,
  ownAndOthers,
  ownP,
  shuffles,
  sidesOf,
} from '../analysis/counterparts';
import { stackedRows } from '../analysis/some-rows';
import type { Matrix } from '../core/matrix';
import { foundOrWhy } from '../numerics/numerical-error';
import { type CounterpartsPart, counterpartsName } from '../protocol/counterpart-words';
import type { Found, SiteMeasure } from './measure';
import type { SiteView } from './site-view';

const NAME = 'counterparts';

/** Whether what belongs together on two sides is represented alike: all that `analyses.counterparts` asks for. */
export const counterparts: readonly SiteMeasure[] = [
  numberOf('cosine', {
    title: 'Counterparts, cosine',
    range: 'similarity',
    formula:
      'Mean over items of the cosine of its mean state on one side and on the other. From the states of a side the mean of all items (with `within`: of those with the same value) is taken first. Its distance is 1 − the cosine.',
    meaning: 'How near what belongs together is: 0, no nearer than what does not.',
    misleads:
      'Without the means that are taken, all states of a layer are alike, and with them counterparts. What both sides share with others (a relation, a word) has to be taken by `within`, or it is taken for the item’s.',
    source: 'arXiv 2604.04943 (distances of a fact and its reverse), with centred states',
  }),
  numberOf('others', {
    beside: 'cosine',
    title: 'Counterparts, cosine with those of others',
    range: 'similarity',
    formula: 'Mean of the same cosine over all pairs of an item on one side and another on the other.',
    meaning: 'What the cosine is of what does not belong together.',
    misleads: 'Of few items it is a little below 0, as the mean of all was taken.',
    source: 'arXiv 2604.04943',
  }),
  numberOf('p', {
    ...{ beside: 'cosine', when: 'end' },
    title: 'Counterparts, cosine, p',
    range: 'share',
    formula:
      '(1 + shuffles with a mean cosine at least as large) / (1 + 1,000): the items of one side are shuffled (with `within`: among those with the same value).',
    meaning: 'How seldom the states of other items would be as near.',
    misleads: 'It is of one replicate, and not corrected for the number of layers.',
    source: 'Mantel 1967, Cancer Research 27, 209–220 (permutation of items)',
  }),
  numberOf('told', {
    title: 'Counterparts told',
    range: 'share',
    formula:
      'Share of all pairs of an item and another for which the state of the first on one side has a larger cosine with its own on the other than with that of the second: the state is moved by the mean difference of both sides alone. Ties count half.',
    meaning: 'Whether one vector, the same for all, takes a state to its counterpart: ½ by chance, 1 always.',
    misleads:
      'A linear probe that is to tell true differences from those of shuffled items is at ½ whatever is shared: both have the same mean. This share asks for the item itself.',
    source: 'Mitchell and others 2008, Science 320, 1191–1195 (matching)',
  }),
  numberOf('toldByMap', {
    title: 'Counterparts told by a linear map',
    range: 'share',
    formula:
      'The same with what ridge regression predicts of the other side: five folds of items (the nth in fold n mod 5), the penalty by generalised cross-validation within, each item held against the others of its fold. Ten items are needed.',
    meaning: 'Whether some linear map, fitted on other items, takes a state to its counterpart.',
    misleads:
      'Of few items and many units a map is not found though there is one; ½ says that none was found from so many items.',
    source: 'Mitchell and others 2008, Science 320, 1191–1195',
  }),
  numberOf('rsa', {
    title: 'RSA of counterparts',
    range: 'similarity',
    formula:
      'Similarity of the RDM of the items on one side with that on the other, by the experiment’s metric and comparison, of the same centred states.',
    meaning:
      'Whether items that are near each other on one side are so on the other, in whatever directions.',
    misleads:
      'Items that share a part (a subject) are near each other on both sides, whether anything of their own is shared or not.',
    source: 'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2, 4',
  }),
  ...(['low', 'high'] as const).map((end) =>
    numberOf(`rsa.${end}`, {
      ...{ beside: 'rsa', when: 'end' },
      title: `RSA of counterparts, ${end === 'low' ? 'lower' : 'upper'} end over items`,
      range: 'similarity',
      formula: `${end === 'low' ? '2.5' : '97.5'} % of 1,000 draws of the items with replacement; pairs of an item with itself are left out.`,
      meaning: 'How far it would be another with other items.',
      misleads: 'It is of one replicate: others are not in it.',
      source: 'Nili and others 2014, PLoS Computational Biology 10, e1003553',
    }),
  ),
  ...(['nullLow', 'nullHigh'] as const).map((end) =>
    numberOf(`rsa.${end}`, {
      beside: 'rsa',
      title: `RSA of counterparts, ${end === 'nullLow' ? 'lower' : 'upper'} end of the null`,
      range: 'similarity',
      formula: `${end === 'nullLow' ? '2.5' : '97.5'} % of 1,000 shuffles of the items of one side (with \`within\`: among those with the same value).`,
      meaning: 'Between both ends it is as of items that do not belong together.',
      misleads: 'Beyond the band is not alike.',
      source: 'Mantel 1967, Cancer Research 27, 209–220',
    }),
  ),
  numberOf('rsa.p', {
    ...{ beside: 'rsa', when: 'end' },
    title: 'RSA of counterparts, p',
    range: 'share',
    formula: '(1 + shuffles in which it is at least as large) / (1 + 1,000).',
    meaning: 'How seldom shuffled items would be as alike.',
    misleads: 'It is of one replicate, and not corrected for the number of layers.',
    source: 'Mantel 1967, Cancer Research 27, 209–220',
  }),
  numberOf('items', {
    ...{ beside: 'cosine', when: 'end' },
    title: 'Counterparts, items',
    range: 'positive',
    formula: 'Number of items with stimuli on both sides.',
    meaning: 'What all is over.',
    misleads: 'Items are no independent observations where they share parts.',
    source: 'by counting',
  }),
];

type Says = Pick<SiteMeasure, 'title' | 'range' | 'formula' | 'meaning' | 'misleads' | 'source'> & {
  readonly beside?: CounterpartsPart;
  /** At every checkpoint, unless it is said. */
  readonly when?: SiteMeasure['when'];
};

function numberOf(part: CounterpartsPart, { beside, when = 'always', ...says }: Says): SiteMeasure {
  return {
    name: counterpartsName(part),
    ...says,
    ...(beside === undefined ? {} : { beside: counterpartsName(beside) }),
    of: 'site',
    by: ['label'],
    when,
    reads: ['rdm', 'counterparts'],
    asked: (analyses) => analyses.counterparts !== undefined,
    measure: (site) =>
      numbersIn(site).map(({ label, numbers, why }): Found => {
        const value = numbers?.[part]?.() ?? null;
        return { label, value, ...(value === null ? { why: why[part] ?? why.all ?? '' } : {}) };
      }),
  };
}

/** All numbers of one comparison in one layer. */
interface Numbers {
  readonly label: string;
  readonly numbers: Readonly<Partial<Record<CounterpartsPart, () => number | null>>> | null;
  /** By number, or of `all`. */
  readonly why: Readonly<Record<string, string | undefined>>;
}

function numbersIn(site: SiteView): readonly Numbers[] {
  return site.once(NAME, () => {
    const { metric, comparison } = site.labels.analyses.rdm;
    const states = stackedRows(site.fit, site.test, Float32Array);
    return site.labels.counterparts.flatMap((prepared): Numbers[] => {
      const { name: label, at, groups, items, why } = prepared;
      const beside = site.beside.get(label);
      // It is of one site, and measured there.
      if (at && !beside) return [];
      if (why !== undefined) return [{ label, numbers: null, why: { all: why } }];
      const sides = sidesOf(prepared, states, beside && stackedRows(...beside, Float32Array));
      const orders = shuffles(groups);
      const rsa = counterpartRsa(sides, orders, metric, comparison);
      const alike = sides[0].cols === sides[1].cols ? cosines(...sides) : null;
      const directed = alike?.data.some(Number.isNaN) ? null : alike;
      const undirected = alike ? SAME : UNITS;
      const map = directed ? foundOrWhy(() => identifiedByMap(sides)) : { found: null, why: undirected };
      // Most of the time, and of the end alone.
      const drawn = (): readonly [number, number] => site.once(`${NAME} ${label}`, () => rsa.drawn());
      return [
        {
          label,
          numbers: {
            ...(directed ? directedNumbers(directed, orders) : {}),
            toldByMap: () => map.found,
            rsa: () => rsa.value,
            items: () => items,
            ...(rsa.value === null
              ? {}
              : {
                  ...{ 'rsa.low': () => drawn()[0], 'rsa.high': () => drawn()[1], 'rsa.p': () => rsa.p },
                  ...{ 'rsa.nullLow': () => rsa.null[0], 'rsa.nullHigh': () => rsa.null[1] },
                }),
          },
          why: {
            all: rsa.value === null && directed ? rsa.why : undirected,
            toldByMap: map.why,
            rsa: rsa.why,
          },
        },
      ];
    });
  });
}

/** @param alike items × items: the cosines of both sides */
function directedNumbers(alike: Matrix<Float64Array>, orders: readonly Uint32Array[]) {
  const { own, others } = ownAndOthers(alike);
  return {
    ...{ cosine: () => own, others: () => others },
    ...{ p: () => ownP(alike, orders), told: () => identified(alike) },
  };
}

const SAME = 'The states of some item are those of its group: they have no direction of their own.';
const UNITS = 'Both sides are of different numbers of units, and have no cosine.';
