import { findingsOf } from '../analysis/findings';
import { atLeast } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { changeMeasures } from '../protocol/change-words';
import type { HazardRule } from './hazard-rule';
import { quoted } from './wording';

/** Midway between two clusters states are about 5 to 8 times as far as natural ones: this is beyond that. */
const threshold = 10;

/** What a network does in states that it never has in use. */
export const statesFarFromNatural: HazardRule = {
  name: 'states-far-from-natural',
  describe:
    'The states of a changed network are on average at least 10 times as far from the nearest natural state as other natural states are, at the last of its doses.',
  link: 'https://arxiv.org/abs/2507.22216',
  evaluate(results) {
    const findings = findingsOf(results);
    return results.networks.flatMap(({ name, changed, trained }) => {
      const part = changed && findings.parts(name, changeMeasures.distance).at(-1);
      if (!changed || !trained || part === undefined) return [];
      const value = findings.mean(name, changeMeasures.distance, { part })?.mean ?? null;
      if (value === null || !atLeast(value, threshold)) return [];
      return [
        {
          rule: statesFarFromNatural.name,
          severity: 'warning' as const,
          where: { network: name },
          value,
          threshold,
          message: `The states of ${quoted(name)} are ${decimals(value, 1)} times as far from the nearest state of ${quoted(changed.of)} as states of that are from each other.`,
          advice:
            'What its later layers do there need not be what they do in use: take smaller doses, and compare with as much changed at random.',
        },
      ];
    });
  },
};
