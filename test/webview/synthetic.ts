// Made-up results, for tests of the dashboard only: random numbers passed through simple formulas. Nothing was trained.
import type { Site } from '../../src/core/site';
import type { LayerDetail, ReplicateDetail, StimuliDetail } from '../../src/protocol/detail';
import type { DocumentsDetail } from '../../src/protocol/documents';
import type { LabelInfo, Results, SelectivityResults, Value } from '../../src/protocol/results';
import type { StructureDetail, StructureMethod } from '../../src/protocol/structure';
import { stream } from '../../src/core/stream';
import { END, Values } from '../../src/core/values';
import { type MadeUpNetwork, tableOf } from '../support/table';

export interface Synthetic {
  results: Results;
  stimuli: StimuliDetail;
  /** One per network. */
  details: ReplicateDetail[];
  /** What is said of documents, whichever are asked for; of none where absent. */
  said?: DocumentsDetail;
  /** Maps by their method; no dashboard offers them where absent. */
  structures?: Partial<Record<StructureMethod, StructureDetail>>;
}

interface Names {
  title: string;
  easy: string;
  hard: string;
  feature: string;
  networks: [string, string, string, string];
}

export const plainNames: Names = {
  title: 'Synthetic: easy and hard',
  easy: 'easy',
  hard: 'hard',
  feature: 'e',
  networks: ['both', 'easy only', 'hard only', 'untrained'],
};

/** Names that would do harm if anything took them for more than text. */
export const hostileNames: Names = {
  title: '</script><script>window.harmed = 1</script><img src=x onerror="window.harmed = 2">',
  easy: '<b onclick="window.harmed=3">easy</b>',
  hard: '</script><svg onload="window.harmed=4">',
  feature: '__proto__',
  networks: [
    '<a href="javascript:window.harmed=5">both</a>',
    '=cmd|1',
    '%{x}<br>$\\alpha$',
    '\u202Eunt\u001b[31mrained',
  ],
};

interface Size {
  /** Test stimuli. */
  count: number;
  layers: Site[];
  components: number;
}

const small: Size = {
  count: 256,
  layers: [
    { name: 'hidden1', role: 'hidden', units: 48 },
    { name: 'hidden2', role: 'hidden', units: 24 },
    { name: 'output', role: 'readout', units: 2 },
  ],
  components: 6,
};
const SEEDS = 5;
/** Mean similarity of each network with each. */
const GROUP_MEANS = [
  [0.9, 0.85, 0.12, 0.2],
  [0.85, 0.97, 0.02, 0.2],
  [0.12, 0.02, 0.6, 0.05],
  [0.2, 0.2, 0.05, 0.3],
];
const SINGLE = Array.from({ length: 128 }, (_, i) => i).sort((a, b) => (a & 3) - (b & 3) || a - b);

function byValue(items: readonly number[], values: Float32Array): Float32Array {
  return Float32Array.from({ length: items.length ** 2 }, (_, at) => {
    const [a, b] = [items[Math.floor(at / items.length)] ?? 0, items[at % items.length] ?? 0];
    return Number(values[a] !== values[b]);
  });
}

export function synthetic(names: Names = plainNames, size: Size = small): Synthetic {
  const { count } = size;
  const random = stream('synthetic');
  const easy = Float32Array.from({ length: count }, (_, i) => (i >> 1) & 1);
  const hard = Float32Array.from({ length: count }, (_, i) => i & 1);
  const bits = Float32Array.from({ length: count * 2 }, () => random.below(2));
  const alone = { sameAs: null, wholeDesign: false };
  const infos: LabelInfo[] = [
    { name: names.feature, source: 'feature', kind: 'binary', classes: ['no', 'yes'], width: 1, ...alone },
    { name: 'h', source: 'feature', kind: 'bits', classes: [], width: 2, ...alone },
    {
      name: 'colour',
      source: 'feature',
      kind: 'categorical',
      classes: ['red', 'yellow', 'blue'],
      width: 1,
      ...alone,
    },
    {
      name: names.easy,
      source: 'task',
      kind: 'binary',
      classes: ['false', 'true'],
      width: 1,
      ...alone,
      sameAs: { label: names.feature, reversed: false },
    },
    { name: names.hard, source: 'task', kind: 'binary', classes: ['false', 'true'], width: 1, ...alone },
  ];
  const colour = Float32Array.from({ length: count }, () => random.below(3));
  const stimuli: StimuliDetail = {
    count,
    labels: infos.map((info, at) => ({ ...info, values: [easy, bits, colour, easy, hard][at] ?? easy })),
    conditions: {
      names: [0, 1, 2, 3].map(
        (at) => `${names.easy}: ${at >> 1 ? 'true' : 'false'}, ${names.hard}: ${at & 1 ? 'true' : 'false'}`,
      ),
      counts: [0, 1, 2, 3].map(() => count / 4),
      of: Uint16Array.from({ length: count }, (_, i) => i & 3),
    },
    models: [easy, hard].map((values, at) => ({
      label: [names.easy, names.hard][at] ?? '',
      conditions: byValue([0, 1, 2, 3], values),
      single: byValue(SINGLE, values),
    })),
  };
  const shares = [
    [0.62, 0.09],
    [0.93, 0.0],
    [0.01, 0.55],
    [0.12, -0.02],
  ];
  const networks = names.networks.map((name, at) =>
    network(name, at, shares[at] ?? [0, 0], names, infos, size.layers, random),
  );
  // Seed by seed over all networks, as runs go.
  const labels = Array.from({ length: SEEDS }, (_, seed) =>
    names.networks.map((name) => `${name}/${seed}`),
  ).flat();
  const matrix: Value[][] = labels.map(() => []);
  labels.forEach((_, i) =>
    labels.forEach((_unused, j) => {
      const mean = GROUP_MEANS[i % 4]?.[j % 4] ?? 0;
      const value = i === j ? 1 : mean + 0.03 * random.normal();
      const row = matrix[i];
      if (row !== undefined) row[j] = j < i ? (matrix[j]?.[i] ?? null) : Math.min(1, value);
    }),
  );
  const groups = names.networks.flatMap((a, i) =>
    names.networks.slice(i).map((b, j) => {
      const mean = GROUP_MEANS[i]?.[i + j] ?? 0;
      const pairs = j === 0 ? 10 : 25;
      return {
        a,
        b,
        mean,
        low: mean - 0.05,
        high: mean + 0.04,
        kind: 'nominal' as const,
        pairs,
        possible: pairs,
      };
    }),
  );
  const set = {
    count,
    distinctRows: count,
    inTrain: 0,
    drawing: [],
    labelCorrelations: { labels: [], matrix: [] },
  };
  const results: Results = {
    schemaVersion: 2,
    title: names.title,
    version: '0.0.0',
    fingerprint: 'synthetic',
    experiment: `{ "title": ${JSON.stringify(names.title)} } // as it was`,
    engine: { name: 'fused', backend: 'wasm-simd', tfjs: '0.0.0', arithmetic: 'fused' },
    stimuli: { seed: 0, inputUnits: 8, coincide: false, train: set, fit: set, test: set },
    tasks: {
      [names.easy]: {
        formula: 'e == yes',
        kind: 'binary',
        classes: ['false', 'true'],
        chance: 0.5,
        baseRate: 0.5,
      },
      [names.hard]: {
        formula: 'parity(h)',
        kind: 'binary',
        classes: ['false', 'true'],
        chance: 0.5,
        baseRate: 0.5,
      },
    },
    labels: infos,
    ...withLayerPairs(tableOf(networks), size.layers),
    rdm: {
      ...{ metric: 'correlation', comparison: 'pearson', over: 'stimuli' },
      stimulusPairs: 32_640,
    },
    rsa: [
      {
        measure: 'rsa(correlation, pearson)',
        layer: 'hidden2',
        metric: 'correlation',
        comparison: 'pearson',
        over: 'stimuli',
        labels,
        matrix,
        stimulusPairs: (count * (count - 1)) / 2,
        used: null,
        groups,
        mds: {
          x: labels.map((_, at) => (at % 4) + 0.1 * at),
          y: labels.map((_, at) => (at % 2) - 0.02 * at),
          stress: 0.123,
          share: [0.6, 0.25],
        },
        undefinedValues: {},
      },
      {
        measure: 'rsa(euclidean, pearson)',
        layer: 'hidden2',
        metric: 'euclidean',
        comparison: 'pearson',
        over: 'stimuli',
        labels,
        matrix,
        stimulusPairs: (count * (count - 1)) / 2,
        used: null,
        groups,
        mds: null,
        undefinedValues: { mds: 'Not made in this synthetic comparison.' },
      },
    ],
    pairs: pairMeasures.map(([measure, of]) => ({
      ...{ measure, layer: 'hidden2', labels },
      matrix: matrix.map((row) => row.map((value) => (value === null ? null : of(value)))),
      groups: groups.map((group) => {
        const ends = [group.low, group.high].map(of).sort((a, b) => a - b);
        return { ...group, mean: of(group.mean), low: ends[0] ?? null, high: ends[1] ?? null };
      }),
      ...{ mds: null, undefinedValues: { mds: 'Not made in this synthetic comparison.' } },
    })),
    hazards: [
      {
        rule: 'too-few-seeds',
        severity: 'info',
        where: {},
        value: 5,
        threshold: 10,
        message: 'A mean over 5 seeds is uncertain.',
        advice: 'Look at every replicate, or add seeds.',
      },
      {
        rule: 'equally-computed-unequally-represented',
        severity: 'serious',
        where: { network: names.networks[0], layer: 'hidden2', task: names.hard },
        value: 6.9,
        threshold: 2,
        message: `${names.networks[0]} computes ${names.hard} as well as ${names.easy}, but ${names.easy} takes 6.9 times its variance.`,
        advice: 'Do not read the variance that a task takes as its importance: intervene.',
      },
      {
        rule: 'too-few-seeds',
        severity: 'info',
        where: { network: names.networks[2] },
        value: 4,
        threshold: 10,
        message: `A mean over 4 seeds of ${names.networks[2]} is uncertain.`,
        advice: 'Look at every replicate, or add seeds.',
      },
    ],
    confidence: 0.95,
    definitions: {
      varianceExplained: 'Variance-weighted R² on the test set.',
      interval: '95 % t-interval over replicates; conditional on the stimuli.',
      rsaInterval: '95 % bootstrap interval over replicates; conditional on the stimuli.',
    },
    notes: ['Synthetic: made-up numbers.'],
  };
  return {
    results,
    stimuli,
    details: names.networks.map((name, at) => detail(name, shares[at] ?? [0, 0], names, stimuli, size)),
  };
}

/** Numbers of other measures, made of similarities. */
const pairMeasures: readonly [string, (value: number) => number][] = [
  ['linearCka', (value) => Math.max(0, value)],
  ['angularProcrustes', (value) => Math.acos(Math.max(0, Math.min(1, value)))],
];

/** The layers of every replicate compared: the further apart, the less alike. */
function withLayerPairs(table: ReturnType<typeof tableOf>, layers: readonly Site[]): typeof table {
  const values = Values.of(table.values);
  const measures = [...pairMeasures, ['rsa(correlation, pearson)', (value: number) => value] as const];
  for (const { name: source, replicates } of table.networks)
    for (const { seed, status } of replicates)
      layers.forEach(({ name: other }, later) => {
        layers.slice(0, later).forEach(({ name: site }, earlier) => {
          for (const [measure, of] of status === 'done' ? measures : [])
            values.add(
              { measure, source, seed: String(seed), checkpoint: END, site, other },
              of(0.9 ** (later - earlier) - 0.01 * seed),
            );
        });
      });
  return table;
}

type Random = ReturnType<typeof stream>;

function network(
  name: string,
  at: number,
  share: number[],
  names: Names,
  infos: LabelInfo[],
  sites: Site[],
  random: Random,
): MadeUpNetwork {
  const tasks = [[names.easy, names.hard], [names.easy], [names.hard], [names.easy, names.hard]][at] ?? [];
  const trained = at < 3;
  const known = (label: string): number =>
    label === names.hard ? 1 : label === names.easy || label === names.feature ? 0 : -1;
  const finished = at === 2 ? SEEDS - 1 : SEEDS;
  const replicates = Array.from({ length: SEEDS }, (_, seed) => {
    const accuracy = Object.fromEntries(
      tasks.map((task) => [task, trained ? 0.995 + 0.004 * random.uniform() : 0.5 + 0.03 * random.normal()]),
    );
    const layers = sites.map((layer, depth) => {
      const explained = Object.fromEntries(
        infos.map((info): [string, Value] => {
          const which = known(info.name);
          const base = which < 0 ? 0.02 : (share[which] ?? 0) * (0.5 + 0.25 * depth);
          return [info.name, base + 0.03 * random.normal()];
        }),
      );
      return {
        ...layer,
        constantUnits: [],
        deadUnits: [],
        varianceExplained: explained,
        varianceExplainedByUnitMean: explained,
        varianceExplainedJoint: { h: 0.1 },
        varianceExplainedUnique: Object.fromEntries(tasks.map((task) => [task, explained[task] ?? null])),
        pca: { explainedVarianceRatio: [0.6, 0.2, 0.1], correlation: {} },
        selectivity: {},
        participationRatio: 2,
        sparsity: 0.5,
        // Evenly around the network’s mean.
        modelRsa: Object.fromEntries(
          (layer.name === 'hidden2' ? [names.easy, names.hard] : []).map((label, l) => [
            label,
            (GROUP_MEANS[at]?.[l + 1] ?? 0) + 0.01 * (seed - (finished - 1) / 2),
          ]),
        ),
      };
    });
    const epochs = trained ? [0, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 100] : [0];
    const checkpoints = epochs.map((epoch) => {
      const speed = (which: number): number => 1 - Math.exp(-epoch / (which === 1 ? 12 + 2 * seed : 0.8));
      return {
        step: epoch * 8,
        epoch,
        loss: 0.7 * (1 - 0.5 * speed(0) - 0.5 * speed(1)),
        accuracy: Object.fromEntries(tasks.map((task) => [task, 0.5 + 0.5 * speed(known(task))])),
        layers: layers.map((layer) => ({
          name: layer.name,
          varianceExplained: Object.fromEntries(
            Object.entries(layer.varianceExplained).map(([label, value]) => [
              label,
              (value ?? 0) * speed(known(label)),
            ]),
          ),
          participationRatio: 2,
        })),
      };
    });
    const steps = trained ? 800 : 0;
    return {
      seed,
      status: 'done' as const,
      epochs: trained ? 100 : 0,
      steps,
      loss: 0.01,
      accuracy,
      layers,
      checkpoints,
    };
  });
  return {
    name,
    tasks,
    trained,
    layers: sites,
    parameters: 1234,
    replicates: [
      ...replicates.slice(0, finished),
      ...replicates.slice(finished).map((replicate) => ({
        ...replicate,
        status: 'failed' as const,
        reason: 'The loss became infinite at epoch 3.',
        layers: [],
        checkpoints: [],
      })),
    ],
  };
}

function never(): never {
  throw new Error('No replicate.');
}

function detail(
  name: string,
  share: number[],
  names: Names,
  stimuli: StimuliDetail,
  size: Size,
): ReplicateDetail {
  const random = stream('synthetic detail', name);
  const easy = stimuli.labels[3]?.values ?? never();
  const hard = stimuli.labels[4]?.values ?? never();
  const labels = [names.feature, 'colour', names.easy, names.hard];
  return {
    source: name,
    point: 0,
    seed: 0,
    step: 800,
    epoch: 100,
    layers: size.layers.map(({ name: layer, units }): LayerDetail => {
      const components = Math.min(size.components, units);
      const dead = units > 10 ? [3, 7] : [];
      const constant = units > 10 ? [3, 7, 11] : [];
      const scores = new Float32Array(size.count * components);
      for (let i = 0; i < size.count; i++) {
        for (let k = 0; k < components; k++) {
          const signal =
            k === 0
              ? ((easy[i] ?? 0) - 0.5) * 6 * Math.max(0, share[0] ?? 0)
              : k === 1
                ? ((hard[i] ?? 0) - 0.5) * 4 * Math.sqrt(Math.max(0, share[1] ?? 0))
                : 0;
          scores[i * components + k] = signal + 0.4 * random.normal();
        }
      }
      const one = (scale: number): Value[] =>
        Array.from({ length: units }, (_, unit) =>
          constant.includes(unit) ? null : scale * random.normal(),
        );
      const selectivity = (rows: number): SelectivityResults => {
        const many = (make: () => Value[]): Value[] | Value[][] =>
          rows === 1 ? make() : Array.from({ length: rows }, make);
        const share01 = (): Value[] =>
          one(0.2).map((value) => (value === null ? null : Math.min(1, Math.max(0, 0.5 + value))));
        // What a thousand permutations can say.
        const p = () =>
          many(() =>
            share01().map((value) => (value === null ? null : (1 + Math.floor(1000 * value)) / 1001)),
          );
        const maximum = { value: 3, p: 0.001, threshold: 0.42 };
        return {
          ...(rows > 1 ? { classes: ['red', 'yellow', 'blue'] } : {}),
          dprime: many(() => one(1.5)),
          auroc: many(share01),
          correlation: many(() => one(0.3)),
          classSelectivity: Array.from({ length: units }, () => null),
          p: {
            dprime: p(),
            auroc: p(),
            correlation: p(),
            classSelectivity: Array.from({ length: units }, () => null),
          },
          maximum: {
            dprime: maximum,
            auroc: maximum,
            correlation: maximum,
            classSelectivity: { value: null, p: null, threshold: null },
          },
          permutations: 1000,
        };
      };
      const distances = (items: number[], noise: number): Float32Array => {
        const matrix = new Float32Array(items.length * items.length);
        items.forEach((a, i) =>
          items.slice(0, i).forEach((b, j) => {
            const value =
              Math.abs(noise * random.normal()) +
              (easy[a] !== easy[b] ? (share[0] ?? 0) : 0) +
              (hard[a] !== hard[b] ? (share[1] ?? 0) : 0);
            matrix[i * items.length + j] = value;
            matrix[j * items.length + i] = value;
          }),
        );
        return matrix;
      };
      const single = SINGLE;
      const varying = Array.from({ length: units }, (_, unit) => unit).filter(
        (unit) => !constant.includes(unit),
      );
      const n = varying.length;
      return {
        name: layer,
        units,
        missing: {},
        constantUnits: constant,
        deadUnits: dead,
        pca: {
          components,
          explainedVarianceRatio: Array.from({ length: components }, (_, k) => 0.5 * 0.5 ** k),
          scores,
          loadings: new Float32Array(components * units),
          correlation: Object.fromEntries(
            [...labels, 'h'].map((label) => [
              label,
              Array.from({ length: components }, (_, k) =>
                label === names.easy && k === 0 ? 0.97 : k === 4 ? null : 0.1 * random.normal(),
              ),
            ]),
          ),
          axes: {
            low: Array.from({ length: components }, () => -9),
            high: Array.from({ length: components }, () => 9),
          },
        },
        clusters: {
          dprime: {
            // Each unit joins the group of all before it.
            order: Uint16Array.from(varying).reverse(),
            a: Uint16Array.from({ length: n - 1 }, (_, at) => (at === 0 ? 0 : at + 1)),
            b: Uint16Array.from({ length: n - 1 }, (_, at) => (at === 0 ? 1 : n + at - 1)),
            height: Float32Array.from({ length: n - 1 }, (_, at) => at + 1),
          },
          conditionMeans: {
            order: Uint16Array.from(varying),
            a: Uint16Array.from({ length: n - 1 }, (_, at) => (at === 0 ? 0 : at + 1)),
            b: Uint16Array.from({ length: n - 1 }, (_, at) => (at === 0 ? 1 : n + at - 1)),
            height: Float32Array.from({ length: n - 1 }, (_, at) => at + 1),
          },
        },
        conditionTree: {
          order: Uint16Array.from([2, 0, 3, 1]),
          a: Uint16Array.from([0, 2, 4]),
          b: Uint16Array.from([1, 3, 5]),
          height: Float32Array.from([1, 2, 4]),
        },
        selectivity: Object.fromEntries(
          labels.map((label) => [label, selectivity(label === 'colour' ? 3 : 1)]),
        ),
        conditionMeans: Float32Array.from({ length: 4 * units }, (_, at) =>
          dead.includes(at % units) ? 0 : Math.abs(random.normal()),
        ),
        rdm: {
          metric: 'correlation',
          conditions: distances([0, 1, 2, 3], 0.05),
          stimuli: Uint32Array.from(single),
          single: distances(single, 0.1),
        },
      };
    }),
  };
}
