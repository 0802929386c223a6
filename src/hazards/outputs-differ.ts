import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { changeMeasures } from '../protocol/change-words';
import type { HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** Rounding to single precision makes 10⁻⁷ to 10⁻⁵ of the largest output. */
const threshold = 1e-4;

/** Other weights that do not compute the same. */
export const outputsDiffer: HazardRule = {
  name: 'outputs-differ',
  describe:
    'An output of a network that is rewritten or balanced differs by at least 10⁻⁴ of the largest output from what it was: more than rounding makes.',
  link: 'https://arxiv.org/abs/1703.04933',
  evaluate(results) {
    const findings = findingsOf(results);
    return results.networks.flatMap(({ name, changed }) => {
      const value = changed ? (findings.mean(name, changeMeasures.outputs)?.mean ?? null) : null;
      if (!changed || value === null || !atLeast(value, threshold)) return [];
      return [
        {
          rule: outputsDiffer.name,
          severity: 'serious' as const,
          where: { network: name },
          value,
          threshold,
          message: `${quoted(name)} is not the function of ${quoted(changed.of)}: an output differs by ${value.toExponential(1)} of the largest.`,
          advice: 'Single precision does not hold weights of such sizes: narrow the range of “scale”.',
        },
      ];
    });
  },
};
