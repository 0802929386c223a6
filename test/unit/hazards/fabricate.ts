import { keptReplicate } from '../../../src/core/replicate';
import { END, placeOf, Values } from '../../../src/core/values';
import { layersOf } from '../../../src/protocol/layers';
import type { HazardInput } from '../../../src/hazards/hazard-rule';
import type { PairResults, RsaResults, SetResults, TaskResults } from '../../../src/protocol/results';
import { type MadeUpNetwork, tableOf } from '../../support/table';
import type { Ending } from '../../../src/protocol/status';

export interface Fabricated {
  name?: string;
  trained?: boolean;
  /** By task, one number per replicate. */
  accuracy: Record<string, number[]>;
  /** In `hidden2`; `hidden1` and `output` are the same for all tasks. */
  varianceExplained?: Record<string, number[]>;
  /** The unique shares in `hidden2`. */
  unique?: Record<string, number[]>;
  /** RSA with the RDM of the task in `hidden2`. */
  modelRsa?: Record<string, number[]>;
  /** Correlations of the first two components of `hidden2`, the same in every replicate or one pair for each. */
  components?: Record<string, readonly (readonly [number, number])[]>;
  /** What was measured in the course of training, the same of every replicate. */
  course?: readonly { epoch: number; loss?: number; accuracy?: Record<string, number> }[];
  loss?: number;
  status?: Ending[];
}

/** A network of two hidden layers with these numbers, and nothing else that rules look at. */
export function network(given: Fabricated): MadeUpNetwork {
  const {
    name = 'both',
    trained = true,
    accuracy,
    varianceExplained = {},
    unique = {},
    modelRsa = {},
    components = {},
  } = given;
  const { course = [], loss = 0 } = given;
  const tasks = Object.keys(accuracy);
  const count = Math.max(...Object.values(accuracy).map(({ length }) => length));
  const status = given.status ?? new Array<Ending>(count).fill('done');
  const at = (values: Record<string, number[]>, done: number): Record<string, number> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([task, each]) => (done in each ? [[task, each[done]]] : [])),
    );
  const alike = Object.fromEntries(tasks.map((task) => [task, new Array<number>(count).fill(0.3)]));
  // Numbers are of the replicates that are done, in their order.
  const place = (seed: number): number => status.slice(0, seed).filter((one) => one === 'done').length;
  return {
    name,
    tasks,
    trained,
    layers: layersOf(2).map((each) => ({ ...each, units: 4 })),
    parameters: 0,
    replicates: status.map((each, seed) => ({
      seed,
      status: each,
      epochs: course.at(-1)?.epoch ?? 1,
      steps: 1,
      loss,
      accuracy: at(accuracy, place(seed)),
      layers: [
        { name: 'hidden1', varianceExplained: at(alike, place(seed)) },
        {
          name: 'hidden2',
          varianceExplained: at(varianceExplained, place(seed)),
          varianceExplainedUnique: at(unique, place(seed)),
          modelRsa: at(modelRsa, place(seed)),
          pca: {
            explainedVarianceRatio: [],
            correlation: Object.fromEntries(
              Object.entries(components).map(([task, pairs]) => [
                task,
                [...pairs[place(seed) % pairs.length]],
              ]),
            ),
          },
        },
        { name: 'output', varianceExplained: at(alike, place(seed)) },
      ],
      checkpoints: course.map((one, step) => ({ step, ...one })),
    })),
  };
}

export const task: TaskResults = {
  formula: 'parity(h)',
  kind: 'binary',
  classes: ['false', 'true'],
  chance: 0.5,
  baseRate: 0.5,
};

/** A set of 1,000 stimuli; correlations of its labels, by pair. */
export function set(correlations: [string, string, number][] = []): SetResults {
  const labels = [...new Set(correlations.flatMap(([a, b]) => [a, b]))];
  const matrix = labels.map((a) =>
    labels.map(
      (b) =>
        correlations.find((pair) => pair.includes(a) && pair.includes(b) && a !== b)?.[2] ??
        (a === b ? 1 : 0),
    ),
  );
  return { count: 1000, distinctRows: 1000, inTrain: 0, drawing: [], labelCorrelations: { labels, matrix } };
}

export function results(
  networks: MadeUpNetwork[],
  rsa: RsaResults[] = [],
  pairs: PairResults[] = [],
): HazardInput {
  const names = networks.flatMap((each) => each.tasks);
  return {
    ...tableOf(networks),
    rsa,
    pairs,
    confidence: 0.95,
    tasks: Object.fromEntries(names.map((name) => [name, task])),
    stimuli: { seed: 0, inputUnits: 8, coincide: false, train: set(), fit: set(), test: set() },
    labels: [],
  };
}

/** RSA of `hidden2` with these group means, and similarities of single replicates where they are looked at. */
export function rsa(...groups: [string, string, number | null][]): RsaResults {
  return {
    layer: 'hidden2',
    measure: 'rsa(correlation, pearson)',
    metric: 'correlation',
    comparison: 'pearson',
    over: 'stimuli',
    labels: [],
    matrix: [],
    stimulusPairs: 10,
    used: null,
    groups: groups.map(([a, b, mean]) => ({
      a,
      b,
      mean,
      low: null,
      high: null,
      kind: 'none',
      pairs: 10,
      possible: 10,
    })),
    mds: null,
    undefinedValues: {},
  };
}

/** A comparison of `hidden2` by another measure, with these group means. */
export function pairs(measure: string, ...groups: [string, string, number | null][]): PairResults {
  return { ...pairsOf(rsa(...groups)), measure };
}

function pairsOf({ layer, measure, labels, matrix, groups, mds, undefinedValues }: RsaResults): PairResults {
  return { layer, measure, labels, matrix, groups, mds, undefinedValues };
}

/** The same with more numbers of the network `both` at its end, one a replicate. */
export function measured(
  input: HazardInput,
  ...rows: { measure: string; site?: string; label?: string; part?: string; each: number[] }[]
): HazardInput {
  const values = new Values();
  values.append(input.values, {});
  for (const { measure, site = 'hidden2', label, part, each } of rows)
    each.forEach((value, seed) =>
      values.add(
        { measure, ...placeOf(keptReplicate('both', { seed })), checkpoint: END, site, label, part },
        value,
      ),
    );
  return { ...input, values: values.columns };
}
