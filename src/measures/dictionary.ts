import type { Analyses } from '../experiment/experiment';
import {
  dictionaryName,
  dictionaryNumbers,
  type RecoveredBy,
  recoveredBy,
  recoveryName,
} from '../protocol/dictionary-words';
import type { MeasureInfo } from '../protocol/results';

/** What is measured by a dictionary. It is computed for all labels of a layer at once (`run/dictionary-replicate.ts`). */
interface DictionaryMeasure extends MeasureInfo {
  readonly name: string;
  readonly reads: readonly (keyof Analyses)[];
}

type Says = Pick<MeasureInfo, 'title' | 'formula' | 'meaning' | 'misleads' | 'source'>;

const chosen =
  'chosen with its direction by the largest |AUROC − ½| on the stimuli to fit, as its AUROC on fresh ones; of several values the mean over each against the rest';

const recoveries: Readonly<Record<RecoveredBy, Says>> = {
  dictionary: {
    title: 'Dictionary, recovery',
    formula: `The best unit of a sparse autoencoder of the layer, ${chosen}. The autoencoder, z = act(E (x − b) + c), x̂ = D z + b, with columns of D of length 1, is trained on the stimuli to fit (centred, mean square 1): Adam, 1,000 steps of 128, rate from 0.005 to 0, E begun as Dᵀ, no revival of dead units; TopK keeps the k largest of z, ReLU adds l1 · Σ z to the mean squared error a unit.`,
    meaning: 'Whether a unit of the dictionary stands for the label: 1, one tells it; 0.5, none does.',
    misleads:
      'Of many units one is good by chance on the stimuli that chose it, which is why it is scored on fresh ones. Read it beside the layer’s own units, components and a probe: what these reach needs no dictionary.',
    source:
      'Gao and others 2024, arXiv 2406.04093 (TopK); Bricken and others 2023 (ReLU); Kantamneni and others 2025, arXiv 2502.16681 (beside probes)',
  },
  units: {
    title: 'Dictionary, recovery by the layer’s units',
    formula: `The best unit of the layer itself, ${chosen}.`,
    meaning: 'What is recovered without a dictionary, from one unit.',
    misleads: 'A wide layer has many units to choose from, as a dictionary has.',
    source: 'Hanley and McNeil 1982, Radiology 143, 29–36',
  },
  components: {
    title: 'Dictionary, recovery by principal components',
    formula: `The best principal component of the stimuli to fit, ${chosen}.`,
    meaning: 'What is recovered by directions that are found without labels and without sparsity.',
    misleads: 'A label that is spread over components is in none.',
    source: 'Kantamneni and others 2025, arXiv 2502.16681',
  },
  probe: {
    title: 'Dictionary, recovery by a probe',
    formula:
      'AUROC on fresh stimuli of the decision of logistic regression, fitted on the same stimuli with the penalty chosen by three folds within.',
    meaning: 'What a linear readout that is told the label recovers: what there is to be found.',
    misleads: 'It is told the label; the others only choose by it.',
    source: 'Alain and Bengio 2016, arXiv 1610.01644',
  },
};

const numbers: Readonly<Record<(typeof dictionaryNumbers)[number], Says & Pick<MeasureInfo, 'range'>>> = {
  variance: {
    title: 'Dictionary, variance rebuilt',
    range: 'atMostAll',
    formula: '1 − Σ |x − x̂|² / Σ |x − x̄|² over fresh stimuli, x̄ their mean.',
    meaning: 'How much of the layer the dictionary holds.',
    misleads: 'Nearly all of the variance may be rebuilt without a feature that takes little of it.',
    source: 'Gao and others 2024, arXiv 2406.04093',
  },
  active: {
    title: 'Dictionary, active units',
    range: 'positive',
    formula: 'Mean number of units above 0 for a fresh stimulus (L0).',
    meaning: 'How sparse the dictionary is.',
    misleads: 'Fewer active units are no better ones.',
    source: 'Bricken and others 2023',
  },
  dead: {
    title: 'Dictionary, dead units',
    range: 'share',
    formula: 'Share of units that are above 0 for no stimulus, to fit or fresh.',
    meaning: 'How much of the dictionary is not used.',
    misleads: 'A layer of few dimensions leaves most of a large dictionary unused, whatever is in it.',
    source: 'Gao and others 2024, arXiv 2406.04093',
  },
};

/** What dictionaries of an experiment measure, in the order of the table; nothing where it asks for none. */
export function dictionaryMeasures({ dictionary }: Pick<Analyses, 'dictionary'>): DictionaryMeasure[] {
  if (!dictionary) return [];
  const common = { of: 'site', reads: ['dictionary', 'selectivity'] } as const;
  return [
    ...recoveredBy.map((by): DictionaryMeasure => ({
      name: recoveryName(by),
      ...(by === 'dictionary' ? {} : { beside: recoveryName('dictionary') }),
      ...recoveries[by],
      ...common,
      range: 'share',
      by: ['label'],
    })),
    ...dictionaryNumbers.map((number): DictionaryMeasure => ({
      name: dictionaryName(number),
      ...numbers[number],
      ...common,
      by: [],
    })),
  ];
}
