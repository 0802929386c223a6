import { grouped } from '../formats/fixed';
import type { Analyses } from '../experiment/experiment';
import { confidenceText } from '../formats/percent';
import { approximateMeans } from '../analysis/statistics/interval';
import { comparisonNames, metricNames, tauBound } from '../protocol/measure-names';

/** How pictures, statistics of single units and intervals were computed, beside what each measure says of itself: shown with them and kept in `results.json`. */
export function definitions(analyses: Analyses): Record<string, string> {
  const percent = confidenceText(analyses.confidence);
  return {
    activations:
      'Hidden layers after their activation function; the output layer as logits. No dropout when recording.',
    pca: 'Principal components of the centred test activations; the loading of largest size of each component is positive.',
    dprime:
      'Difference of the class means over the root of the mean of the two sample variances (n − 1); positive: larger for the second class (or for the named value against the rest). Infinite, and the unit perfect, where the classes have no spread beyond the rounding of 32-bit activations (2⁻²⁰ of the unit’s largest one), as of an observer without errors in signal detection theory.',
    auroc: 'Area under the ROC curve (Mann–Whitney, ties count one half).',
    correlation: 'Point-biserial (Pearson) correlation of the unit with the label.',
    classSelectivity:
      'Class-selectivity index (largest class mean − mean of the others) / (their sum); undefined for signed activations.',
    p: `Permutation test with ${analyses.selectivity.permutations} label permutations, two-sided: (1 + permutations at least as extreme) / (1 + permutations), so that no p is below 1 / ${grouped(analyses.selectivity.permutations + 1)}.`,
    rdm: `Dissimilarity of test ${analyses.rdm.over === 'stimuli' ? 'stimuli' : 'condition means'}: ${metricNames[analyses.rdm.metric]}.`,
    rsa: `Correlation of the upper triangles of two RDMs (${comparisonNames[analyses.rdm.comparison]}). Over the pairs of stimuli with a distance in both (the RDM of a label has all, so that with it they are those of the layer); null over half of all pairs or fewer, since two such values may have no pair in common. Distances that differ by no more than the rounding of their computation count as equal.${analyses.rdm.comparison === 'kendall' ? ` ${tauBound}` : ''}`,
    mds: 'Classical (Torgerson) scaling to the plane of the distances √(2 (1 − similarity)) between replicates, or of the measure itself where it is a distance; stress: Kruskal’s stress 1 of the plane.',
    interval: `${percent} interval over replicates: Student’s t, of shares on the logit scale, of similarities and variance explained on Fisher’s z, of what has no upper end on the logarithm of what it is above its least value. ${approximateMeans}; none where all are equal; “1 of 3”: so many have a defined value. What no sample shows is a replicate of a rare kind that is not in it: where one in twenty fails, intervals of five to twenty hold the true mean in .40 to .64 of runs (docs/coverage.md). Conditional on the stimuli, which all replicates share.`,
    rsaInterval: `${percent} interval by the jackknife over replicates (pairs share replicates; self-pairs are left out): Student’s t on Fisher’s z, of shares and angles on the logit scale between their ends. ${approximateMeans}; none where all pairs are equal, or from fewer than two pairs without a common replicate. From five replicates on, approximate ones of similarities hold the true mean in .88 to .99 of runs, near 1 in .70 to .96 (docs/coverage.md). Conditional on the stimuli.`,
  };
}
