import { describe, expect, it } from 'vitest';
import { similarities } from '../../../../src/analysis/similarity/similarities';
import kept from '../../../../docs/nulls.json';
import { nullsOf, permutations } from '../../../nulls/independent';

describe('what similarities say of independent random networks', () => {
  const small = kept.found.filter(({ units, stimuli }) => units === 16 && stimuli === 32);

  // The others take seconds for what their own tests hold.
  it.each(['cka', 'cka-debiased', 'rsa', 'distance-correlation', 'knn-overlap', 'matching-semi'])(
    'is what the document says: %s',
    (name) => {
      const measures = similarities.filter((one) => one.name === name);
      const [found] = nullsOf(measures, 16, 32, 100);
      expect(permutations).toBe(kept.permutations);
      const said = small.find(({ measure }) => measure === name);
      expect({ ...found, raw: said?.raw, calibrated: said?.calibrated }).toEqual(said);
      expect(found.raw).toBeCloseTo(said?.raw ?? NaN, 9);
      expect(found.calibrated).toBeCloseTo(said?.calibrated ?? NaN, 9);
    },
  );

  it('is of every measure, around 0 once calibrated, with no more false alarms than chance', () => {
    expect(new Set(small.map(({ measure }) => measure))).toEqual(
      new Set(similarities.map(({ name }) => name)),
    );
    const all = kept.found.filter(({ pairs }) => pairs > 0);
    for (const { measure, units, stimuli, calibrated, alarms, pairs } of all) {
      const where = `${measure}, ${units} units, ${stimuli} stimuli`;
      if (calibrated !== null) expect(Math.abs(calibrated), where).toBeLessThan(0.05);
      // .05 and four standard errors.
      expect(alarms, where).toBeLessThan(0.05 * pairs + 4 * Math.sqrt(0.05 * 0.95 * pairs));
    }
    const share =
      all.reduce((sum, { alarms }) => sum + alarms, 0) / all.reduce((sum, { pairs }) => sum + pairs, 0);
    expect(share).toBeLessThan(0.055);
  });
});
