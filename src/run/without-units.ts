import type { ReplicateResults, SelectivityResults } from '../protocol/results';

/**
 * Results without the statistics of single units, which are by far the largest part of them: for who asks for these of one replicate
 * when it is looked at. Maxima over units stay.
 */
export function withoutUnits(replicate: ReplicateResults): ReplicateResults {
  return {
    ...replicate,
    layers: replicate.layers.map((layer) => ({
      ...layer,
      selectivity: Object.fromEntries(
        Object.entries(layer.selectivity).map(([label, found]) => [label, maximaOf(found)]),
      ),
    })),
  };
}

function maximaOf({ maximum, permutations, classes }: SelectivityResults): SelectivityResults {
  const none = { dprime: [], auroc: [], correlation: [], classSelectivity: [] };
  return { ...none, ...(classes ? { classes } : {}), p: none, maximum, permutations };
}
