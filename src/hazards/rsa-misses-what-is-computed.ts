import { findingsOf } from '../analysis/findings';
import { atMost } from '../analysis/statistics/bounds';
import { decimals } from '../formats/fixed';
import { percent } from '../formats/percent';
import { computedTasks } from './computed';
import type { HazardRule } from './hazard-rule';
import { computingNetworks, lastHidden } from './trained-networks';
import { quoted } from './wording';

/** Speaks up to this similarity with the RDM of the task, on average … */
const threshold = 0.05;
/** … where no replicate has more than this. */
const ofEach = 0.1;

/** A similarity of 0 with the RDM of a label read as its absence. */
export const rsaMissesWhatIsComputed: HazardRule = {
  name: 'rsa-misses-what-is-computed',
  describe:
    'A network computes a task (the mean accuracy has come 80 % of the way from chance to perfect), so that its readout decodes it from the last hidden layer, whose RDM is similar to ' +
    'that of the task by .05 or less on average, and by .1 or less in every replicate.',
  link: 'https://arxiv.org/abs/2507.22216',
  evaluate(results) {
    const findings = findingsOf(results);
    return computingNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      if (!layer) return [];
      return computedTasks(results, network).flatMap((task) => {
        const found = findings.mean(network.name, 'modelRsa', { site: layer.name, label: task });
        const value = found?.mean ?? null;
        if (value === null || !atMost(value, threshold)) return [];
        if (found?.values.some((one) => one !== null && one > ofEach) !== false) return [];
        const accuracy = findings.mean(network.name, 'accuracy', { label: task })?.mean ?? null;
        return [
          {
            rule: rsaMissesWhatIsComputed.name,
            severity: 'warning' as const,
            where: { network: network.name, layer: layer.name, task },
            value,
            threshold,
            message:
              `${quoted(network.name)} reads ${quoted(task)} off ${layer.name} (accuracy ${percent(accuracy)}), yet the RDM of ${layer.name} is similar to that of ` +
              `${quoted(task)} by ${decimals(value)}.`,
            advice:
              'Do not read a similarity near 0 as absence: distances are of what takes most variance. Look at accuracy, at a probe, and at the components that correlate with the task.',
          },
        ];
      });
    });
  },
};
