import { turnedWinners } from '../../src/analysis/model-agreement';
import { modelRdm } from '../../src/analysis/rdm/model-rdm';
import { rdm } from '../../src/analysis/rdm/rdm';
import { stream } from '../../src/core/stream';
import type { RdmMetric } from '../../src/protocol/rdm-words';
import type { ModelTests } from '../../src/protocol/results';
import { agreementOfModels } from '../../src/run/model-agreement';

/** How strongly two features are in the patterns of all replicates: the same by every distance and every comparison. */
const kinds = {
  'two models equally good': [1, 1],
  'one model better by every measure': [1, 0.6],
  'no model better than chance': [0, 0],
} as const;
const all = Object.entries(kinds);

/** What the rule of winning models says of replicates in which nothing turns: a false alarm, where it speaks. */
export interface Turned {
  readonly number: number;
  readonly kind: string;
  readonly turned: boolean;
}

/**
 * Five replicates, each with two balanced, independent features along random directions, in noise, some of them rectified; and three models, those of
 * the features and of what they make together, which is not in the patterns.
 *
 * @param number which; the same number gives the same replicates
 */
export async function turnedIn(number: number): Promise<Turned> {
  const random = stream('nothing turns', number);
  const [kind, strengths] = all[number % all.length];
  const [stimuli, units] = [32 + 16 * random.below(3), 16 << random.below(3)];
  const rectified = random.below(2) === 1;
  const noise = [0.5, 1, 2][random.below(3)];
  const features = [1, 2].map((bit) => Array.from({ length: stimuli }, (_, at) => Number((at & bit) > 0)));
  const both = features[0].map((one, at) => Number(one !== features[1][at]));
  const models = [...features, both].map(
    (values, at) =>
      modelRdm({ name: String(at), kind: 'binary', width: 1, values: Float32Array.from(values) } as never)
        .distances,
  );
  const replicates = Array.from({ length: 5 }, () => {
    const along = features.map(() => Array.from({ length: units }, () => random.normal()));
    const data = Float64Array.from({ length: stimuli * units }, (_, at) => {
      const [row, unit] = [Math.floor(at / units), at % units];
      const signal = features.reduce(
        (sum, values, k) => sum + strengths[k] * (values[row] - 0.5) * along[k][unit],
        0,
      );
      const state = signal + noise * random.normal();
      return rectified ? Math.max(0, state) : state;
    });
    return { rows: stimuli, cols: units, data };
  });
  const by = (metric: RdmMetric): Promise<Float64Array[]> =>
    Promise.resolve(replicates.map((one) => rdm(one, metric).distances));
  const chosen = {
    metric: (['correlation', 'squaredEuclidean'] as const)[random.below(2)],
    method: (['pearson', 'spearman', 'rho-a', 'whitened-pearson', 'cosine'] as const)[random.below(5)],
  };
  const agreement = await agreementOfModels(by, models, stimuli, chosen);
  const tests = { models: models.map((_, at) => ({ name: `model ${at}` })), agreement };
  return { number, kind, turned: turnedWinners(tests as unknown as ModelTests).length > 0 };
}
