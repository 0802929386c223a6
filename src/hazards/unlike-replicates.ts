import { findingsOf } from '../analysis/findings';
import { decimals } from '../formats/fixed';
import { shareNearMean } from '../analysis/statistics/share-near-mean';
import type { Hazard, Interval, NetworkResults } from '../protocol/results';
import type { HazardRule } from './hazard-rule';
import { lastHidden, trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Speaks when the mean describes at most this share of the replicates: none of 3 or 4, at most 1 of 5. */
const threshold = 0.2;
/** Two replicates are always equally far from their mean. */
const fewest = 3;
/** A replicate within this of the mean is described by it; for variance explained also one within a quarter of the mean. */
const close = 0.05;
const closeShare = 0.25;

/** A mean over replicates that fall into groups, or are scattered, read as what a typical replicate does. */
export const unlikeReplicates: HazardRule = {
  name: 'unlike-replicates',
  describe:
    'At most a fifth of the replicates of a trained network (3 or more) lie close to their mean: within .05 for the accuracy of a task; ' +
    'within .05 or a quarter of the mean, whichever is more, for the variance that a task explains in the last hidden layer.',
  link: 'https://doi.org/10.1038/s41467-020-19632-w',
  evaluate(results) {
    const findings = findingsOf(results);
    return trainedNetworks(results).flatMap((network) => {
      const layer = lastHidden(network);
      return network.tasks.flatMap((task) => [
        ...judge(
          network,
          { task },
          `accuracy of ${quoted(task)}`,
          findings.mean(network.name, 'accuracy', { label: task }),
          () => close,
        ),
        ...(layer
          ? judge(
              network,
              { layer: layer.name, task },
              `variance explained by ${quoted(task)} in ${layer.name}`,
              findings.mean(network.name, 'varianceExplained', { site: layer.name, label: task }),
              (mean) => Math.max(close, closeShare * Math.abs(mean)),
            )
          : []),
      ]);
    });
  },
};

function judge(
  network: NetworkResults,
  where: Record<string, string>,
  what: string,
  interval: Interval | undefined,
  tolerance: (mean: number) => number,
): Hazard[] {
  if (!interval || interval.mean === null) return [];
  const { mean } = interval;
  const values = interval.values.filter((value) => value !== null);
  const value = values.length < fewest ? null : shareNearMean(values, tolerance(mean));
  if (value === null || value > threshold) return [];
  const near = Math.round(value * values.length);
  const sorted = [...values].sort((a, b) => a - b);
  return [
    {
      rule: unlikeReplicates.name,
      severity: 'warning',
      where: { network: network.name, ...where },
      value,
      threshold,
      message:
        `The mean ${what} of ${quoted(network.name)}, ${decimals(mean)}, describes ${near === 0 ? 'none' : near} of its ${values.length} replicates: ` +
        `they lie at ${listed(sorted)}.`,
      advice:
        'Show the points, not the mean and its interval; look for groups of replicates with different solutions, and compare one replicate of each.',
    },
  ];
}

/** At most seven numbers: all, or the ends and what lies at equal steps between them. */
function listed(sorted: readonly number[]): string {
  if (sorted.length <= 7) return sorted.map((value) => decimals(value)).join(', ');
  const picked = [0, 0.25, 0.5, 0.75, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))]);
  return `${picked.map((value) => decimals(value)).join(' … ')} (quartiles)`;
}
