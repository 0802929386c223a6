import { rowsOf } from '../analysis/some-rows';
import { layerVariance } from '../analysis/variance-explained-layers';
import { varianceInPart } from '../protocol/measure-names';
import type { Found, SiteMeasure } from './measure';

/** With fewer stimuli to fit on or to score on there is no share of a variance. */
const FEWEST = 4;

/** Variance explained in parts of the stimuli: all that `analyses.variance` asks for. */
export const varianceParts: SiteMeasure = {
  name: varianceInPart,
  title: 'Variance explained, part by part',
  range: 'atMostAll',
  of: 'site',
  by: ['label', 'parts'],
  when: 'end',
  reads: ['varianceParts'],
  asked: (analyses) => analyses.varianceParts !== undefined,
  formula:
    'Variance explained, of the stimuli of each part by themselves: fitted on its fit stimuli, scored on its test stimuli, about the mean of the part.',
  meaning:
    'Where in a document, or under which condition, a layer has a label: of the column “role” the share at each position.',
  misleads:
    'Each part has a variance of its own, and shares of different parts are of different wholes. Of a label with many values a mean of few stimuli each is fitted, and the share falls below 0 where there is none.',
  source: 'Lampinen and others 2024, arXiv 2405.05847',
  *measure({ fit, test, labels }): Generator<Found, void, undefined> {
    for (const { name: part, designs, ...rows } of labels.varianceParts) {
      const isFew = Math.min(rows.fit.length, rows.test.length) < FEWEST;
      const found = isFew ? null : layerVariance(designs, rowsOf(fit, rows.fit), rowsOf(test, rows.test));
      for (const { name: label } of designs.labels) {
        const value = found?.varianceExplained[label] ?? null;
        const why = isFew
          ? `Of ${part} there are fewer than ${FEWEST} stimuli to fit on, or to score on.`
          : found?.undefinedValues[`varianceExplained.${label}`];
        yield { label, part, value, ...(value === null && why !== undefined ? { why } : {}) };
      }
    }
  },
};
