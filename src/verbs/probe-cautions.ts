import { type FoldMean, foldMean } from '../analysis/probe/scores';
import { decimals } from '../formats/fixed';

/** What a score is held against, with what it means where it is no better. */
const against = {
  chance: ['chance', 'the label is not told from these activations.'],
  inputs: ['on the inputs', 'that the label can be told says nothing of what the network does with it.'],
  untrained: [
    'on the untrained network',
    'that the label can be told says nothing of what the network learned.',
  ],
} as const;

type Against = keyof typeof against;

/**
 * Sentences on what a score is no better than: the mean of the differences over folds is at most its standard error.
 *
 * @param own of each fold
 * @param others the same of what it is held against
 */
export function probeCautions(
  own: FoldMean | undefined,
  others: Readonly<Partial<Record<Against, FoldMean | undefined>>>,
): string[] {
  return (Object.keys(against) as Against[]).flatMap((key) => {
    const other = others[key];
    if (!own || !other) return [];
    const differences = own.folds.map((one, fold) => {
      const beside = other.folds[fold];
      return one === null || beside === null ? null : one - beside;
    });
    const { mean, standardErrorOverFolds: error } = foldMean(differences);
    if (mean === null || mean > (error ?? 0)) return [];
    const [what, so] = against[key];
    const numbers = `${decimals(own.mean ?? NaN, 3)} against ${decimals(other.mean ?? NaN, 3)}, a difference of ${decimals(mean, 3)} ± ${decimals(error ?? 0, 3)} over folds`;
    return [`No better than ${what} (${numbers}): ${so}`];
  });
}
