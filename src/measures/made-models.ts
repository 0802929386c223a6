import { definedIn, pick } from '../analysis/inference/defined-pairs';
import { partial } from '../analysis/inference/partial';
import { compareRdms, type PreparedRdm, prepareRdm } from '../analysis/rsa/compare';
import { chosenOf, somePairs } from '../analysis/some-rows';
import type { RdmComparison } from '../protocol/rdm-words';
import type { SiteMeasure } from './measure';
import { patternsOf, type SiteView } from './site-view';

/** Stimuli (or conditions) of an RDM: it is made at every checkpoint. */
const MOST = 1000;

const shared: Pick<SiteMeasure, 'range' | 'of' | 'by' | 'when' | 'reads' | 'asked'> = {
  ...{ range: 'similarity', of: 'site', by: ['label'], when: 'always', reads: ['rdm', 'madeModels'] },
  asked: (analyses) => analyses.madeModels !== undefined,
};

/** How far the RDM of a layer is that of a model that the file makes. */
export const madeModels: readonly SiteMeasure[] = [
  {
    ...shared,
    name: 'rsaOfModel',
    title: 'RSA with a model RDM',
    formula: `Similarity of the layer’s RDM with that of a model of \`rsa.models\` that is made of labels or of training documents, by the experiment’s comparison; over ${MOST.toLocaleString('en')} test stimuli (or conditions) at most.`,
    meaning: 'How far stimuli that are apart in the model are apart in the layer.',
    misleads:
      'Models that are alike have alike scores: what is of one may be of another. Read it beside the partial one.',
    source: 'Kriegeskorte and others 2008, Frontiers in Systems Neuroscience 2, 4',
    measure: (site) =>
      modelsIn(site).map(({ label, alone, why }) => ({
        label,
        value: alone,
        ...(alone === null ? { why } : {}),
      })),
  },
  {
    ...shared,
    name: 'partialRsa',
    title: 'Partial RSA with a model RDM',
    formula:
      'The same with all other such models held: −p₀ᵢ / √(p₀₀ pᵢᵢ) of the inverse p of the matrix of similarities of the layer and the models (of Pearson’s r the partial correlation, of Spearman’s the partial rank correlation; of Kendall’s none).',
    meaning: 'What the layer has of a model that no other model accounts for.',
    misleads:
      'Models that are measured with noise are not held wholly: what is left may be of the model that is held. Only linear (or monotonic) shares are held.',
    source: 'Fisher 1924, Metron 3, 329–332',
    measure: (site) =>
      modelsIn(site).map(({ label, held, why, whyNotHeld }) => ({
        ...{ label, value: held },
        ...(held === null ? { why: why ?? whyNotHeld } : {}),
      })),
  },
];

interface Numbers {
  readonly label: string;
  readonly alone: number | null;
  readonly held: number | null;
  readonly why?: string | undefined;
  readonly whyNotHeld?: string | undefined;
}

function modelsIn(site: SiteView): readonly Numbers[] {
  return site.once('madeModels', () => {
    const { madeModels: models, analyses } = site.labels;
    const { comparison, over } = analyses.rdm;
    const known = models.flatMap(({ name, rdm }) => (rdm ? [{ name, rdm }] : []));
    const rows = chosenOf(patternsOf(site.labels, site.test, over).rows, MOST, 'madeModels');
    const all = [site.distances(rows), ...known.map(({ rdm }) => somePairs(rdm.distances, rdm.size, rows))];
    // The same pairs in every one: similarities of others were no matrix of correlations.
    const { kept } = definedIn(rows.length, all);
    const [own, ...prepared] = all.map((one) => prepareRdm(pick(one, kept), comparison, true));
    const alone = prepared.map((one) => compareRdms(own, one));
    const held = known.length > 0 ? heldIn([own, ...prepared], comparison) : [];
    return models.map(({ name: label, why }): Numbers => {
      const at = known.findIndex((one) => one.name === label);
      if (at < 0) return { label, alone: null, held: null, why };
      const { value, reason } = alone[at];
      return {
        ...{ label, alone: value, why: reason },
        ...(typeof held === 'string' ? { held: null, whyNotHeld: held } : { held: held[at] }),
      };
    });
  });
}

/** Of each but the first, or why there are none. */
function heldIn(rdms: readonly PreparedRdm[], comparison: RdmComparison): ArrayLike<number> | string {
  if (comparison === 'kendall')
    return 'Kendall’s tau-a has no partial one that is between −1 and 1: take "comparison": "pearson" or "spearman".';
  const similarities = rdms.flatMap((one) => rdms.map((other) => compareRdms(one, other).value ?? NaN));
  const size = rdms.length;
  const depends = 'The distances of a model are those of others, or all equal: it cannot be told from them.';
  if (similarities.some(Number.isNaN)) return depends;
  return partial({ rows: size, cols: size, data: Float64Array.from(similarities) }) ?? depends;
}
