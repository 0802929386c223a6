import { randomHalves } from '../analysis/rsa/reliability';
import { compareRdms, type PreparedRdm } from '../analysis/rsa/compare';
import { modelRsa } from '../analysis/rsa/model-rsa';
import { columnsOf } from '../analysis/some-rows';
import { alikePlanes, byActivity, shareOfVariance } from '../analysis/unit-subsets';
import { layerVariance } from '../analysis/variance-explained-layers';
import { stream } from '../core/stream';
import { byLabel, type Found, type SiteMeasure } from './measure';
import { layerRdm, type SiteView } from './site-view';

/** Random choices of units that a choice by activity is held against. */
const DRAWS = 5;
/** Splits of the units into halves. */
const SPLITS = 10;
/** A tenth of fewer units says nothing … */
const FEWEST = 10;
/** … and of few ones it is so many: two or three are what they are by chance. */
const LEAST_CHOSEN = 5;

type Says = Pick<SiteMeasure, 'name' | 'title' | 'range' | 'formula' | 'meaning' | 'misleads' | 'source'>;

const fewUnits = 'arXiv 2605.05907';
const random = `as many units at random, mean over ${DRAWS} draws`;
const active = 'Most active: by the mean of |activation| over the test stimuli.';

/** What becomes of a layer's pictures without some of its units: all that `analyses.subsets` asks for. */
export const subsets: readonly SiteMeasure[] = [
  byShare(
    {
      name: 'rdmWithoutActive',
      title: 'RDM without the most active units',
      range: 'similarity',
      formula: `Similarity of the RDM of all units with that without the most active share of them, by the experiment’s metric and comparison. ${active}`,
      meaning: 'How far the RDM is a picture of all units: near 1 it is the same without these.',
      misleads: 'What other units share with them stays in the picture. Read it beside as many at random.',
      source: fewUnits,
    },
    (site, at) => whole(site, at.active),
  ),
  byShare(
    {
      name: 'rdmWithoutRandom',
      title: 'RDM without units at random',
      range: 'similarity',
      formula: `The same without ${random}.`,
      meaning: 'How much leaving out so many units changes by itself.',
      misleads: 'Random units of a large layer hardly change it, whatever the RDM is of.',
      source: fewUnits,
    },
    (site, at) => averaged(at.random.map((rdm) => whole(site, rdm))),
  ),
  ofLabels(
    {
      name: 'modelRsaWithoutActive',
      title: 'RSA with the RDM of a label without the most active units',
      range: 'similarity',
      formula: `RSA with the RDM of a label without the most active share of the units. ${active}`,
      meaning: 'How far the score of a label rests on the most active units: it falls where it does.',
      misleads: 'It rises where these units carry something else. Read it beside as many at random.',
      source: fewUnits,
    },
    (at) => [at.active],
  ),
  ofLabels(
    {
      name: 'modelRsaWithoutRandom',
      title: 'RSA with the RDM of a label without units at random',
      range: 'similarity',
      formula: `The same without ${random}.`,
      meaning: 'How much leaving out so many units changes the score by itself.',
      misleads: 'Random units of a large layer hardly change it, whatever the score rests on.',
      source: fewUnits,
    },
    (at) => at.random,
  ),
  byShare(
    {
      name: 'varianceOfActive',
      title: 'Variance of the most active units',
      range: 'share',
      formula: `Σ variance of the most active share of the units / Σ variance of all units, over the test stimuli. ${active}`,
      meaning: 'How much of what principal components and Euclidean distances show is of these units.',
      misleads: 'An active unit need not vary: of constant ones it says nothing.',
      source: fewUnits,
    },
    ({ test }, { chosen }) => ({ value: shareOfVariance(test, chosen) }),
  ),
  {
    ...shared('label'),
    name: 'varianceExplainedInActive',
    title: 'Variance explained, most active tenth of the units',
    range: 'atMostAll',
    formula: `R² of each of the most active tenth of the units (rounded up; ${LEAST_CHOSEN} at least) for the label, averaged over them; none in layers of fewer than ${FEWEST} units. ${active}`,
    meaning: 'How strongly the units that one would look at first follow a label.',
    misleads:
      'Active units follow easy features; what is computed as well lies in units that are less active.',
    source: 'Lampinen and others 2024, arXiv 2405.05847',
    measure: (site) => {
      const { test, fit, labels } = site;
      if (test.cols < FEWEST)
        return [{ value: null, why: `A tenth of fewer than ${FEWEST} units says nothing.` }];
      const chosen = byActivity(test).slice(0, Math.max(LEAST_CHOSEN, Math.ceil(test.cols / 10)));
      const found = layerVariance(labels.designs, columnsOf(fit, chosen), columnsOf(test, chosen));
      return byLabel(
        found.varianceExplainedByUnitMean,
        (label) => found.undefinedValues[`varianceExplainedByUnitMean.${label}`],
      );
    },
  },
  {
    ...shared(),
    name: 'planeReliability',
    title: 'Reliability of the plane of components over units',
    range: 'share',
    formula: `Mean of the squared canonical correlations between the scores on the first two principal components of one random half of the units and of the other; mean over ${SPLITS} splits. None with fewer than four units.`,
    meaning: 'How far other units of the same kind would show the same plane: 1 the same, 0 another one.',
    misleads:
      'Halves are smaller than the layer, and less reliable. Where the second and third component are alike large, planes differ by chance.',
    source: 'Björck and Golub 1973, Mathematics of Computation 27, 579–594; halves as in arXiv 2605.05907',
    measure: ({ test }) => {
      if (test.cols < 4)
        return [{ value: null, why: 'A layer of fewer than four units has no two halves to compare.' }];
      return [
        averaged(
          randomHalves(test.cols, SPLITS).map(([a, b]) =>
            alikePlanes(columnsOf(test, a), columnsOf(test, b)),
          ),
        ),
      ];
    },
  },
];

/** A layer without one share of its units. */
interface Without {
  readonly share: number;
  /** The most active units, those that are left out. */
  readonly chosen: readonly number[];
  /** Without them; null where fewer than two units are left. */
  readonly active: PreparedRdm | null;
  /** Without as many at random. */
  readonly random: readonly (PreparedRdm | null)[];
}

type Value = Pick<Found, 'value' | 'why'>;

function shared(...by: SiteMeasure['by']): Pick<SiteMeasure, 'of' | 'by' | 'when' | 'reads' | 'asked'> {
  return {
    of: 'site',
    by,
    when: 'end',
    reads: ['rdm', 'subsets'],
    asked: (analyses) => analyses.subsets !== undefined,
  };
}

function byShare(says: Says, find: (site: SiteView, at: Without) => Value): SiteMeasure {
  return {
    ...shared('share'),
    ...says,
    measure: (site) => withoutUnits(site).map((at): Found => ({ part: String(at.share), ...find(site, at) })),
  };
}

function ofLabels(says: Says, rdms: (at: Without) => readonly (PreparedRdm | null)[]): SiteMeasure {
  return {
    ...shared('label', 'share'),
    ...says,
    measure: (site) =>
      withoutUnits(site).flatMap((at) => {
        const found = rdms(at).map((rdm) => rdm && modelRsa(rdm, site.labels.models));
        return site.labels.models.map(({ name }): Found => ({
          ...{ label: name, part: String(at.share) },
          ...averaged(
            found.map((one) =>
              one
                ? { value: one.modelRsa[name], why: one.undefinedValues[`modelRsa.${name}`] }
                : { value: null, why: tooFew },
            ),
          ),
        }));
      }),
  };
}

const tooFew = 'Fewer than two units are left.';

/** The layer without each share of its units: made once, for all that is measured of it. */
function withoutUnits(site: SiteView): readonly Without[] {
  return site.once('subsets', () => {
    const { test, labels } = site;
    const units = test.cols;
    const order = byActivity(test);
    const rdmOf = (kept: ArrayLike<number>): PreparedRdm | null =>
      kept.length < 2 ? null : layerRdm(labels, columnsOf(test, kept), labels.analyses.rdm);
    return (labels.analyses.subsets?.drop ?? []).map((share): Without => {
      const count = Math.max(1, Math.round(share * units));
      return {
        share,
        chosen: order.slice(0, count),
        active: rdmOf(order.slice(count).sort((a, b) => a - b)),
        random: Array.from({ length: DRAWS }, (_, draw) =>
          rdmOf(stream('subsets', 'random', units, count, draw).permutation(units).subarray(count).sort()),
        ),
      };
    });
  });
}

/** Similarity with the RDM of all units. */
function whole(site: SiteView, rdm: PreparedRdm | null): Value {
  if (!rdm) return { value: null, why: tooFew };
  const { value, reason } = compareRdms(site.rdm, rdm);
  return value === null ? { value, why: reason } : { value };
}

/** Their mean; null where one is. */
function averaged(values: readonly Value[]): Value {
  let sum = 0;
  for (const { value, why } of values) {
    if (value === null) return { value, why };
    sum += value;
  }
  return { value: sum / values.length };
}
