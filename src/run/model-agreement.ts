import { comparerOf } from '../analysis/inference/comparers';
import { definedIn, pick } from '../analysis/inference/defined-pairs';
import { wholeSample } from '../analysis/inference/sample';
import type { InferenceMethod, RdmMetric } from '../protocol/rdm-words';
import type { ModelAgreement } from '../protocol/results';

/** What one would have chosen as well. */
const standard = {
  metrics: ['squaredEuclidean', 'correlation'],
  methods: ['pearson', 'spearman', 'rho-a', 'whitened-pearson'],
} as const satisfies { metrics: readonly RdmMetric[]; methods: readonly InferenceMethod[] };

/** The RDMs of replicates over the same stimuli, by a distance. */
export type SubjectsBy = (metric: RdmMetric) => Promise<readonly Float64Array[]>;

/**
 * Model RDMs compared with the RDMs of replicates by every standard distance and comparison, the chosen ones first.
 *
 * @param models upper triangles of RDMs of `size` stimuli
 * @param metrics distances that can be had: the chosen one alone of RDMs that were brought along
 */
export async function agreementOfModels(
  subjectsBy: SubjectsBy,
  models: readonly Float64Array[],
  size: number,
  chosen: { readonly metric: RdmMetric; readonly method: InferenceMethod },
  metrics: readonly RdmMetric[] = standard.metrics,
): Promise<ModelAgreement[]> {
  const found: ModelAgreement[] = [];
  for (const metric of new Set([chosen.metric, ...metrics])) {
    const subjects = await subjectsBy(metric);
    const rdms = [...subjects, ...models];
    const pairs = definedIn(size, rdms);
    // Without the chosen one there is nothing that could turn.
    if (pairs.kept.length < 3) break;
    const kept = rdms.map((one) => pick(one, pairs.kept));
    const whole = wholeSample(pairs);
    for (const method of new Set([chosen.method, ...standard.methods])) {
      const { similarity } = comparerOf(method, kept, pairs)(whole);
      const bySubject = models.map((_, model) =>
        subjects.map((__, subject) => {
          const value = similarity(subject, subjects.length + model);
          return Number.isFinite(value) ? value : null;
        }),
      );
      found.push({ metric, method, bySubject });
    }
  }
  return found;
}
