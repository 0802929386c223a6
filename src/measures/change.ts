import { inSentence } from '../formats/in-sentence';
import type { Analyses, Network } from '../experiment/experiment';
import { changeMeasures, rangeNames } from '../protocol/change-words';
import type { MeasureInfo } from '../protocol/results';
import { linearCka } from './linear-cka';
import type { PairMeasure, SiteMeasure } from './measure';
import { modelRsa } from './model-rsa';
import { explainedVarianceRatio } from './principal-components';
import { rsa } from './rsa';
import type { RdmSetting } from './site-view';
import { varianceExplained } from './variance-explained';

/** What is measured of a change of a network, for all its doses or draws at once (`run/change-replicate.ts`). */
interface ChangeMeasure extends MeasureInfo {
  readonly name: string;
  readonly reads: readonly (keyof Analyses)[];
}

/** Draws of what is changed at random, as a control; the number is their mean. */
export const CONTROL_DRAWS = 10;
/** Share of answers that are others from which a change of its kind counts as having flipped a task. */
export const FLIPPED = { steer: 0.5, ablate: 0.25 } as const;
/** Share of answers that may be others where a task is kept. */
export const KEPT = 0.05;
/** Stimuli of each set, the first ones, between which distances are. */
export const DISTANCES = 512;

const names = changeMeasures;
const random =
  'a direction at random of the same length, as many units at random, as many components at random';

const ofDoses: readonly ChangeMeasure[] = [
  {
    name: names.accuracy,
    title: 'Accuracy under a change',
    ...{ range: 'share', of: 'replicate', by: ['label', 'dose'] },
    formula: 'Share of right answers on the test set when so much of the change is made.',
    meaning: 'What of a task is left.',
    misleads:
      'A chosen set of units or a direction can matter in a network that computes nothing: read it beside the same at random, and in the untrained network.',
    source: 'Lampinen and others 2025, arXiv 2507.22216',
  },
  {
    name: names.accuracyAtRandom,
    title: 'Accuracy under a change, at random',
    ...{ range: 'share', of: 'replicate', by: ['label', 'dose'], beside: names.accuracy },
    formula: `The same with as much changed at random (${random}): the mean of ${CONTROL_DRAWS} draws.`,
    meaning: 'What any change of that size costs.',
    misleads:
      'Of a layer with few units, or with few that are active, much of what is drawn is what was chosen.',
    source: 'the control of ablations; Morcos and others 2018, arXiv 1803.06959',
  },
  {
    name: names.accuracyUntrained,
    title: 'Accuracy under a change, initial weights',
    ...{ range: 'share', of: 'replicate', by: ['label', 'dose'], beside: names.accuracy },
    formula: 'The same change of the same replicate before training.',
    meaning: 'What the change does where nothing was learnt.',
    misleads: 'An untrained network is at chance: nothing can be lost there.',
    source: 'the control of ablations',
  },
  {
    name: names.flips,
    title: 'Answers flipped',
    ...{ range: 'share', of: 'replicate', by: ['label', 'dose'] },
    formula:
      'Share of test stimuli whose answer is another than that of the unchanged network; where states are moved to one value of a label, of the stimuli that do not have it.',
    meaning: 'Which outputs depend on what is changed, and which do not.',
    misleads:
      'Answers that were wrong before count, too. Far enough from natural states every output flips: read it with their distance.',
    source: 'Lampinen and others 2025, arXiv 2507.22216',
  },
  {
    name: names.flipsAtRandom,
    title: 'Answers flipped, at random',
    ...{ range: 'share', of: 'replicate', by: ['label', 'dose'], beside: names.flips },
    formula: `The same with as much changed at random (${random}): the mean of ${CONTROL_DRAWS} draws.`,
    meaning: 'What any change of that size flips.',
    misleads: 'As of the accuracy at random.',
    source: 'the control of ablations',
  },
  {
    name: names.threshold,
    title: 'Dose that counts',
    ...{ range: 'positive', of: 'replicate', by: ['label'] },
    formula: `Steering: the least multiple at which half of the answers flip. Ablation: the least number of units at which a quarter do (half of the way to chance, of two classes alike). Both interpolated between the doses that the file lists. Rebuilding: the least number of components, of those listed, from which on at most ${100 * KEPT} % of the answers are others.`,
    meaning:
      'How little of the change is enough: what is computed from small variance flips early, and needs more components.',
    misleads: 'It is as fine as the list of doses, and null where none of them is enough.',
    source: 'Lampinen and others 2025, arXiv 2507.22216',
  },
  {
    name: names.distance,
    title: 'Distance of changed states from natural ones',
    ...{ range: 'positive', of: 'replicate', by: ['dose'] },
    formula: `Mean distance of the changed states of the test stimuli to the nearest unchanged state of a fit stimulus, divided by the same of the unchanged states of the test stimuli (Euclidean, of the layer that is changed, the first ${DISTANCES} stimuli of each set).`,
    meaning:
      'About 1 where changed states lie among natural ones; what happens far from them need not happen in use.',
    misleads:
      'States can be near natural ones of other stimuli and yet be unlike any that their own later layers have met. Where test stimuli have the states of fit stimuli it is not defined.',
    source: 'as the ratio of nearest-neighbour distances of novelty detection: Tax and Duin 1998',
  },
].map((one) => ({ ...one, reads: [] }) as ChangeMeasure);

const ofWeights: readonly ChangeMeasure[] = [
  {
    name: names.outputs,
    title: 'Change of outputs',
    ...{ range: 'positive', of: 'replicate', by: [] },
    formula:
      'Largest |output after − output before| on the test set, divided by the largest |output before|; the largest of all draws.',
    meaning: 'Whether it is the same function: no more than rounding to single precision makes.',
    misleads: 'Of the test set alone.',
    source: 'by definition',
    reads: [],
  },
];

/** Of which measures of a layer the range over draws is given … */
export const rangedOfSite: readonly SiteMeasure[] = [varianceExplained, modelRsa, explainedVarianceRatio];

/** … and by which the layer is compared with itself before it was rewritten. */
export function rangedOfPair(rdm: RdmSetting): PairMeasure[] {
  return [rsa(rdm), linearCka];
}

function rangesOf(rdm: RdmSetting): ChangeMeasure[] {
  const ofSite = rangedOfSite.map((measure) => ({ measure, reads: measure.reads ?? [], what: '' }));
  const ofPair = rangedOfPair(rdm).map((measure) => ({
    measure,
    reads: ['rdm' as const],
    what: ' of the layer with itself before',
  }));
  return [...ofSite, ...ofPair].flatMap(({ measure, reads, what }) => {
    const { name, title, range, by, source } = measure;
    return (['least', 'most'] as const).map((end): ChangeMeasure => ({
      name: rangeNames(name)[end],
      title: `${title}${what}, ${end} of the same function`,
      ...{ range, of: 'site', by, beside: name },
      formula: `The ${end} of ${inSentence(title)}${what} over the draws of weights that leave every output as it is.`,
      meaning: 'How far the number depends on weights that the function does not depend on.',
      misleads: 'Of the draws that were made: wider ones would give a wider range.',
      source: `Theiss, Braun, Saxe and Grant 2026; ${source}`,
      reads,
    }));
  });
}

/** What is measured of those of some networks that are changes of others. */
export function changeMeasuresOf(
  networks: readonly Partial<Pick<Network, 'of' | 'kind'>>[],
  rdm: RdmSetting,
): readonly ChangeMeasure[] {
  const has = (...keys: readonly string[]): boolean =>
    networks.some(({ of, kind }) => of !== undefined && kind !== undefined && keys.includes(kind));
  return [
    ...(has('steer', 'ablate', 'rebuild') ? ofDoses : []),
    ...(has('rewrite', 'balance') ? ofWeights : []),
    ...(has('rewrite') ? rangesOf(rdm) : []),
  ];
}
