import { bures } from './bures';
import { cosine, pearson } from './linear';
import type { Method } from './method';
import { kendallTauAMethod, kendallTauB, rhoA, spearman } from './ranks';
import { whitenedCosine, whitenedPearson } from './whitened';

/** Every way to compare two RDMs. */
export const methods: readonly Method[] = [
  pearson,
  cosine,
  spearman,
  kendallTauAMethod,
  kendallTauB,
  rhoA,
  whitenedCosine,
  whitenedPearson,
  bures,
];
