import { Findings, findingsOf } from '../../../src/analysis/findings';
import type { View } from '../panel';
import { offerOf } from '../selectors';

/**
 * The numbers at the chosen checkpoint: means over replicates, each at its newest checkpoint up to that epoch. Networks without training
 * stay as they are.
 *
 * @returns `epoch` null where the newest is chosen
 */
export function atCheckpoint({
  results,
  offers,
  ...at
}: Pick<View, 'results' | 'offers' | 'replicate' | 'step'>): {
  findings: Findings;
  epoch: number | null;
} {
  const offer = offerOf(offers, at.replicate);
  const epoch = at.step === null ? undefined : offer?.checkpoints.find(({ step }) => step === at.step)?.epoch;
  return epoch === undefined
    ? { findings: findingsOf(results), epoch: null }
    : { findings: new Findings(results, epoch), epoch };
}
