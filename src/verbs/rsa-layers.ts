import { findingsOf } from '../analysis/findings';
import { aboveNull } from '../protocol/above-null';
import { comparisonsOf, groupOf } from '../protocol/pair-results';
import { resultsAt } from '../protocol/results-at';
import type { Interval, ModelTests, Results, Value } from '../protocol/results';
import { inputOf, type OfRun, type Room, runKey, type Verb } from './verb';

/** RDMs of labels, or model RDMs that are tested, with those of one layer of a network. */
interface LayerRsa {
  readonly network: string;
  readonly layer: string;
  /** Similarity with the RDM that each label alone would make: means over replicates. */
  readonly labels: readonly ({ readonly label: string } & Pick<Interval, 'mean' | 'low' | 'high'>)[];
  /** Tests of model RDMs with noise ceilings, where the file asks for them. */
  readonly tests?: Pick<ModelTests, 'method' | 'models' | 'ceiling' | 'confidence' | 'correction'>;
}

/** How alike two networks are, or the replicates of one, beside shuffled stimuli. */
interface PairWithNull {
  readonly measure: string;
  readonly title: string;
  readonly layer: string;
  readonly a: string;
  readonly b: string;
  readonly mean: Value;
  /** Mean over pairs of replicates: of the null, and of the calibrated scores. */
  readonly nullMean: Value;
  readonly calibrated: Value;
  /** Pairs of replicates with p ≤ .05, of those that have a null. */
  readonly above: number;
  readonly of: number;
}

export interface RsaLayers {
  readonly title: string;
  /** By what RDMs of labels are compared. */
  readonly rdm: Pick<Results['rdm'], 'metric' | 'comparison' | 'over'>;
  readonly confidence: number;
  readonly layers: readonly LayerRsa[];
  readonly pairs: readonly PairWithNull[];
}

/** RSA of all layers of a run with model RDMs, and of its networks with each other beside their nulls; of a sweep its first point. */
export const rsaLayers: Verb<OfRun, RsaLayers, Pick<Room, 'kept'>> = {
  name: 'rsa-layers',
  says: 'Print how similar the RDMs of all layers of a run are to those of labels and models, with noise ceilings, and networks to each other beside their nulls.',
  input: inputOf<OfRun>({ run: runKey }, 'run'),
  changes: 'nothing',
  run: async ({ run }, { kept }) => {
    const results = resultsAt((await kept(run)).results, 0);
    const { metric, comparison, over } = results.rdm;
    return {
      ...{ title: results.title, confidence: results.confidence, rdm: { metric, comparison, over } },
      layers: layersOf(results),
      pairs: pairsOf(results),
    };
  },
};

function layersOf(results: Results): LayerRsa[] {
  const findings = findingsOf(results);
  return results.networks.flatMap(({ name, layers }) =>
    layers.flatMap(({ name: layer }): LayerRsa[] => {
      const labels = findings.labels(name, 'modelRsa', layer).flatMap((label) => {
        const found = findings.mean(name, 'modelRsa', { site: layer, label });
        return found ? [{ label, mean: found.mean, low: found.low, high: found.high }] : [];
      });
      const tests = results.modelTests?.find((one) => one.network === name && one.layer === layer);
      return labels.length === 0 && !tests
        ? []
        : [{ network: name, layer, labels, ...(tests ? { tests: shownOf(tests) } : {}) }];
    }),
  );
}

function shownOf({
  method,
  models,
  ceiling,
  confidence,
  correction,
}: ModelTests): NonNullable<LayerRsa['tests']> {
  return { method, models, ceiling, confidence, correction };
}

function pairsOf(results: Results): PairWithNull[] {
  return comparisonsOf(results).flatMap((entry) => {
    const { null: nulls, measure, layer } = entry;
    if (!nulls) return [];
    return entry.groups.flatMap((group): PairWithNull[] => {
      const { a, b, mean } = group;
      const found = aboveNull(entry, group);
      if (!found) return [];
      const one = {
        ...{ measure, title: results.measures[measure].title, layer, a, b, mean },
        ...{ nullMean: found.mean, above: found.above, of: found.of },
        calibrated: groupOf(nulls, a, b)?.mean ?? null,
      };
      return [one];
    });
  });
}
