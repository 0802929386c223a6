// The numbers of a run as a tree, by network, replicate and layer, derived from the table: as version 1 of `results.json` had them, which
// tests read and `npm run same` compares with older commits.
import type { Site } from '../../src/core/site';
import { Findings } from '../../src/analysis/findings';
import { END, type Place, Values } from '../../src/core/values';
import { extended } from '../../src/core/extended';
import type {
  Interval,
  LayerUnits,
  NetworkResults,
  ReplicateInfo,
  Results,
  SelectivityResults,
  Value,
} from '../../src/protocol/results';

const byLabel = [
  'varianceExplained',
  'varianceExplainedByUnitMean',
  'varianceExplainedJoint',
  'varianceExplainedUnique',
  'modelRsa',
] as const;
type ByLabel = Record<(typeof byLabel)[number], Record<string, Value>>;

export interface LayerTree extends ByLabel {
  name: string;
  units: number;
  constantUnits: number[];
  deadUnits: number[];
  pca: { explainedVarianceRatio: number[]; correlation: Record<string, Value[]> };
  selectivity: Record<string, SelectivityResults>;
  participationRatio: Value;
  sparsity: Value;
  /** Pairs of stimuli with a distance in the RDM, of all. */
  rdmPairs: { used: Value; of: Value };
  undefinedValues: Record<string, string>;
}

export interface CheckpointTree {
  step: number;
  epoch: number;
  loss: Value;
  accuracy: Record<string, Value>;
  layers: { name: string; varianceExplained: Record<string, Value>; participationRatio: Value }[];
}

export interface ReplicateTree extends Omit<ReplicateInfo, 'checkpoints'> {
  loss: Value;
  accuracy: Record<string, Value>;
  layers: LayerTree[];
  checkpoints: CheckpointTree[];
}

export type SummaryTree = {
  accuracy: Record<string, Interval>;
  loss: Interval | undefined;
  layers: ({ name: string; explainedVarianceRatio: Interval[] } & Record<
    (typeof byLabel)[number] | 'maximumDprime',
    Record<string, Interval>
  > &
    Record<'participationRatio' | 'sparsity', Interval | undefined>)[];
};

export interface NetworkTree extends Omit<NetworkResults, 'replicates'> {
  replicates: ReplicateTree[];
  summary: SummaryTree;
}

/** Units of a replicate, by layer; none where they are not known. */
export type UnitsAt = (network: string, seed: number) => Readonly<Record<string, LayerUnits>>;

export function treeOf(results: Results, unitsAt: UnitsAt = () => ({})): NetworkTree[] {
  const values = new Values(results.values);
  return results.networks.map((network) => ({
    ...network,
    replicates: network.replicates.map((replicate) =>
      replicateTree(values, network, replicate, unitsAt(network.name, replicate.seed)),
    ),
    summary: summaryTree(results, network),
  }));
}

function replicateTree(
  values: Values,
  { name, tasks, layers }: NetworkResults,
  replicate: ReplicateInfo,
  units: Readonly<Record<string, LayerUnits>>,
): ReplicateTree {
  const at = (checkpoint: string): Omit<Place, 'measure'> => ({
    ...{ source: name, seed: String(replicate.seed), checkpoint },
  });
  const number = (place: Place): Value => values.at(place)?.value ?? null;
  const record = (place: Place): Record<string, Value> =>
    Object.fromEntries(
      values
        .labels(place)
        .filter((label) => values.at({ ...place, label }) !== undefined)
        .map((label) => [label, number({ ...place, label })]),
    );
  const behaviour = (checkpoint: string): { loss: Value; accuracy: Record<string, Value> } => ({
    loss: number({ measure: 'loss', ...at(checkpoint) }),
    accuracy: Object.fromEntries(
      tasks.flatMap((label) => {
        const found = values.at({ measure: 'accuracy', ...at(checkpoint), label });
        return found ? [[label, found.value]] : [];
      }),
    ),
  });
  const done = replicate.status === 'done';
  const { checkpoints, ...info } = replicate;
  return {
    ...info,
    ...(done ? behaviour(END) : { loss: null, accuracy: {} }),
    layers: done
      ? layers.map((layer) => layerTree(values, { ...at(END), site: layer.name }, layer, units[layer.name]))
      : [],
    checkpoints: checkpoints.map(({ step, epoch }) => ({
      ...{ step, epoch, ...behaviour(String(step)) },
      layers: layers.map((layer) => {
        const place = { ...at(String(step)), site: layer.name };
        return {
          name: layer.name,
          varianceExplained: record({ measure: 'varianceExplained', ...place }),
          participationRatio: number({ measure: 'participationRatio', ...place }),
        };
      }),
    })),
  };
}

function layerTree(
  values: Values,
  place: Omit<Place, 'measure'>,
  { name, units }: Site,
  found: LayerUnits | undefined,
): LayerTree {
  const reasons: Record<string, string> = {};
  const read = (measure: string, path: string, more: Omit<Place, 'measure'> = {}): Value => {
    const at = values.at({ measure, ...place, ...more });
    if (at?.value === null && at.why !== undefined) reasons[path] = at.why;
    return at?.value ?? null;
  };
  const records = byLabel.map((measure) => [
    measure,
    Object.fromEntries(
      values
        .labels({ measure, ...place })
        .map((label) => [label, read(measure, `${measure}.${label}`, { label })]),
    ),
  ]) as [keyof ByLabel, Record<string, Value>][];
  const parts = values.parts({ measure: 'explainedVarianceRatio', ...place });
  if (parts.length === 0) read('explainedVarianceRatio', 'pca');
  const correlation = Object.fromEntries(
    values
      .labels({ measure: 'pcaCorrelation', ...place })
      .map((label) => [
        label,
        parts.map((part, k) => read('pcaCorrelation', `pca.correlation.${label}.${k}`, { label, part })),
      ]),
  );
  return {
    ...(Object.fromEntries(records) as ByLabel),
    name,
    units,
    constantUnits: found?.constantUnits ?? [],
    deadUnits: found?.deadUnits ?? [],
    pca: {
      explainedVarianceRatio: parts.map((part) => read('explainedVarianceRatio', 'pca', { part }) ?? NaN),
      correlation,
    },
    selectivity: found?.selectivity ?? maximaOf(values, place),
    participationRatio: read('participationRatio', 'participationRatio'),
    sparsity: read('sparsity', 'sparsity'),
    rdmPairs: { used: read('rdmPairsUsed', 'rdmPairs'), of: read('rdmPairs', 'rdmPairs') },
    undefinedValues: { ...reasons, ...found?.undefinedValues },
  };
}

/** What the table has of units: the strongest. */
function maximaOf(values: Values, place: Omit<Place, 'measure'>): Record<string, SelectivityResults> {
  const statistics = ['dprime', 'auroc', 'correlation', 'classSelectivity'] as const;
  const none = { dprime: [], auroc: [], correlation: [], classSelectivity: [] };
  return Object.fromEntries(
    values.labels({ measure: 'maximum.dprime', ...place }).map((label) => {
      const of = (measure: string): Value => values.at({ measure, ...place, label })?.value ?? null;
      const big = (measure: string) => extended(of(measure) ?? NaN);
      const maximum = Object.fromEntries(
        statistics.map((statistic) => {
          const name = `maximum.${statistic}`;
          return [statistic, { value: big(name), p: of(`${name}.p`), threshold: big(`${name}.threshold`) }];
        }),
      ) as unknown as SelectivityResults['maximum'];
      return [label, { ...none, p: none, maximum, permutations: 0 }];
    }),
  );
}

function summaryTree(results: Results, { name, tasks, layers }: NetworkResults): SummaryTree {
  const findings = new Findings(results);
  const known = (measure: string, label: string, site?: string): [string, Interval][] => {
    const mean = findings.mean(name, measure, { site, label });
    return mean ? [[label, mean]] : [];
  };
  return {
    accuracy: Object.fromEntries(tasks.flatMap((task) => known('accuracy', task))),
    loss: findings.mean(name, 'loss'),
    layers: layers.map(({ name: site }) => {
      const record = (measure: string): Record<string, Interval> =>
        Object.fromEntries(
          findings.labels(name, measure, site).flatMap((label) => known(measure, label, site)),
        );
      return {
        ...(Object.fromEntries(byLabel.map((measure) => [measure, record(measure)])) as Record<
          (typeof byLabel)[number],
          Record<string, Interval>
        >),
        name: site,
        explainedVarianceRatio: findings
          .parts(name, 'explainedVarianceRatio', site)
          .flatMap((part) => findings.mean(name, 'explainedVarianceRatio', { site, part }) ?? []),
        participationRatio: findings.mean(name, 'participationRatio', { site }),
        sparsity: findings.mean(name, 'sparsity', { site }),
        maximumDprime: record('maximum.dprime'),
      };
    }),
  };
}
