import { describe, expect, it } from 'vitest';
import type { ExperimentFile } from '../../../src/experiment/file';
import type { LayerTree } from '../../support/tree';
import type { Results } from '../../../src/protocol/results';
import { resultsFile } from '../../../src/run/results-file';
import { unitsOf } from '../../../src/run/unit-arrays';
import { schemaFaults } from '../../support/results-schema';
import { layerOf, networkOf, networksOf, replicateOf, runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

/** Runs an experiment, whose results must hold what all results hold. */
async function resultsOf(changes: Partial<ExperimentFile>): Promise<Results> {
  const { results, outcomes } = await runExperiment(tinyExperiment({ seeds: 1, ...changes }), scratch());
  expect(schemaFaults(resultsFile(results, unitsOf(results.networks, outcomes)))).toEqual([]);
  expect(notFinite(results, '')).toEqual([]);
  for (const { replicates } of networksOf(results))
    for (const { layers } of replicates) for (const layer of layers) expect(unexplained(layer)).toEqual([]);
  return results;
}

function notFinite(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => notFinite(item, `${path}.${key}`));
}

/** Paths of nulls of a layer that no reason stands for. */
function unexplained(layer: LayerTree): string[] {
  const reasons = Object.keys(layer.undefinedValues);
  const nulls = (value: unknown, path: string): string[] => {
    if (value === null) return [path];
    if (typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, item]) => nulls(item, path === '' ? key : `${path}.${key}`));
  };
  const without = { ...layer, undefinedValues: {} };
  return nulls(without, '').filter((path) => {
    // p-values and maxima of a statistic are undefined for its own reason; constant units are reason enough.
    const statistic = path.replace(/\.(p|shareOfUntrained|maximum)\b/g, '');
    return (
      !reasons.some((reason) => statistic.startsWith(reason)) &&
      !layer.constantUnits.some((unit) => path.endsWith(`.${unit}`))
    );
  });
}

const learns = { optimizer: 'adam', learningRate: 0.03, batchSize: 16, checkpoints: 2 } as const;

describe('recipes', () => {
  it('learns XOR over its whole design, and says that nothing is fresh', async () => {
    const results = await resultsOf({
      stimuli: {
        features: { a: { values: ['0', '1'] }, b: { values: ['0', '1'] } },
        enumerate: true,
        coding: '±1',
      },
      tasks: { xor: 'xor(a == 1, b == 1)' },
      network: { hidden: [16], activation: 'tanh' },
      training: { ...learns, batchSize: 'full', epochs: 300 },
      networks: { net: {} },
    });
    expect(results.stimuli.test.count).toBe(4);
    expect(replicateOf(results, 'net').accuracy.xor).toBe(1);
    expect(layerOf(results, 'net', 'output').varianceExplained.xor).toBeGreaterThan(0.95);
    expect(results.notes.join(' ')).toContain('nothing is scored on fresh stimuli');
  });

  it('learns a categorical task, whose label explains the output', async () => {
    const results = await resultsOf({
      stimuli: {
        features: { shape: { values: ['circle', 'square', 'star'], noise: 0.1 }, n: { bits: 8 } },
        train: 240,
        fit: 120,
        test: 120,
      },
      tasks: { shape: 'shape' },
      training: { ...learns, epochs: 30 },
      networks: { net: {}, untrained: { training: { epochs: 0 } } },
    });
    expect(results.tasks.shape).toMatchObject({
      kind: 'categorical',
      classes: ['circle', 'square', 'star'],
    });
    expect(replicateOf(results, 'net').accuracy.shape).toBeGreaterThan(0.97);
    const output = layerOf(results, 'net', 'output');
    expect(output.units).toBe(3);
    expect(output.varianceExplained.shape).toBeGreaterThan(0.8);
    expect(output.selectivity.shape.classes).toEqual(['circle', 'square', 'star']);
    expect(output.selectivity.shape.auroc).toHaveLength(3);
    expect(output.selectivity.shape.shareOfUntrained).toBeDefined();
  });

  it('trains the tasks of each phase of a curriculum in turn', async () => {
    const results = await resultsOf({
      tasks: { first: 'e == yes', second: 'h[0]' },
      training: {
        ...learns,
        checkpoints: [0, 10, 20],
        phases: [
          { tasks: ['first'], epochs: 10 },
          { tasks: ['second'], epochs: 10 },
        ],
      },
      networks: { net: {} },
    });
    const { checkpoints, epochs } = replicateOf(results, 'net');
    expect(epochs).toBe(20);
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([0, 10, 20]);
    const [, middle, end] = checkpoints.map(({ accuracy }) => accuracy);
    expect(middle.first).toBeGreaterThan(0.97);
    expect(middle.second).toBeLessThan(0.8);
    expect(end.second).toBeGreaterThan(0.97);
  });

  it('stops early at the end of an epoch', async () => {
    const results = await resultsOf({
      tasks: { easy: 'e == yes' },
      training: { ...learns, epochs: 500, stopWhen: { accuracy: 0.99, loss: 0.2, patience: 2 } },
      networks: { net: {} },
    });
    const { epochs, checkpoints, accuracy } = replicateOf(results, 'net');
    expect(epochs).toBeGreaterThanOrEqual(2);
    expect(epochs).toBeLessThan(100);
    expect(Number.isInteger(epochs)).toBe(true);
    expect(checkpoints.at(-1)?.epoch).toBe(epochs);
    expect(accuracy.easy).toBeGreaterThan(0.97);
  });

  it('trains on features that agree, and tests them crossed', async () => {
    const results = await resultsOf({
      stimuli: {
        features: {
          label: { values: ['no', 'yes'], units: 0 },
          core: { values: ['no', 'yes'], agrees: { with: 'label', probability: 0.75 } },
          cue: { values: ['no', 'yes'], units: 4, agrees: { with: 'label', probability: 1 } },
          noise: { bits: 10 },
        },
        sets: {
          fit: { draw: { core: { agrees: null }, cue: { agrees: null } } },
          test: { draw: { core: { agrees: null }, cue: { agrees: null } } },
        },
        train: 256,
        fit: 128,
        test: 128,
      },
      tasks: { label: 'label == yes', cue: 'cue == yes' },
      training: { ...learns, epochs: 20 },
      networks: { net: { tasks: ['label'] } },
    });
    // In training the two go together; in the test the label is a coin, which only the cue would tell.
    const of = ({ labels, matrix }: Results['stimuli']['test']['labelCorrelations']): number | null =>
      matrix[labels.indexOf('label')][labels.indexOf('cue')];
    expect(of(results.stimuli.train.labelCorrelations)).toBeCloseTo(1, 10);
    expect(Math.abs(of(results.stimuli.test.labelCorrelations) ?? 1)).toBeLessThan(0.3);
    expect(Math.abs((replicateOf(results, 'net').accuracy.label ?? 0) - 0.5)).toBeLessThan(0.2);
    expect(layerOf(results, 'net', 'output').varianceExplained.cue).toBeGreaterThan(0.8);
  });

  it('takes Gaussian features, mixed into one input', async () => {
    const results = await resultsOf({
      stimuli: {
        features: { z: { gaussian: 2 }, w: { gaussian: 1, amplification: 0.5 } },
        embedding: { units: 9, matrix: 'orthogonal' },
        train: 256,
        fit: 128,
        test: 128,
      },
      tasks: { large: 'z[0] > 0' },
      training: { ...learns, epochs: 30 },
      networks: { net: {} },
    });
    expect(results.stimuli.inputUnits).toBe(9);
    expect(replicateOf(results, 'net').accuracy.large).toBeGreaterThan(0.9);
    expect(layerOf(results, 'net', 'hidden1').varianceExplained.z).toBeGreaterThan(0.5);
  });

  it('compares the last hidden layers of networks of different depth', async () => {
    const results = await resultsOf({
      networks: { deep: { network: { hidden: [6, 5] } }, flat: {}, linear: { network: { hidden: [] } } },
    });
    expect(networkOf(results, 'deep').layers.map(({ name }) => name)).toEqual([
      'hidden1',
      'hidden2',
      'output',
    ]);
    expect(networkOf(results, 'linear').layers).toEqual([{ name: 'output', role: 'readout', units: 2 }]);
    const labelsOf = (layer: string): string[] | undefined =>
      results.rsa.find((rsa) => rsa.layer === layer && rsa.metric === 'correlation')?.labels;
    expect(results.rsa[0]).toMatchObject({
      layer: 'lastHidden',
      metric: 'correlation',
      comparison: 'pearson',
    });
    expect(labelsOf('lastHidden')).toEqual(['deep/0', 'flat/0', 'linear/0']);
    expect(labelsOf('hidden1')).toEqual(['deep/0', 'flat/0']);
    expect(labelsOf('output')).toEqual(['deep/0', 'flat/0', 'linear/0']);
    expect(results.rsa.some(({ metric }) => metric === 'euclidean')).toBe(true);
  });

  it('does with a single replicate what can be done with one', async () => {
    const results = await resultsOf({ networks: { net: {} } });
    const { summary } = networkOf(results, 'net');
    expect(summary.accuracy.easy).toMatchObject({ low: null, high: null, n: 1 });
    expect(summary.accuracy.easy.mean).toBe(replicateOf(results, 'net').accuracy.easy);
    for (const { groups } of results.rsa)
      for (const group of groups)
        expect(group).toMatchObject({ mean: null, low: null, high: null, pairs: 0 });
    expect(results.hazards.map(({ rule }) => rule)).toContain('too-few-seeds');
  });

  it('gives null and a reason for a label that is constant in the test', async () => {
    const results = await resultsOf({
      stimuli: {
        ...tinyExperiment().stimuli,
        sets: { test: { draw: { e: { prevalence: 1 } } } },
      },
      networks: { net: {} },
    });
    const hidden = layerOf(results, 'net', 'hidden1');
    expect(hidden.modelRsa.easy).toBeNull();
    expect(hidden.undefinedValues['modelRsa.easy']).toBeTypeOf('string');
    expect(hidden.pca.correlation.easy[0]).toBeNull();
    expect(results.tasks.easy.baseRate).toBe(1);
  });

  it('names units that never fire', async () => {
    const results = await resultsOf({
      network: { hidden: [6], initialScale: 0 },
      networks: { dead: { training: { epochs: 0 } } },
    });
    const hidden = layerOf(results, 'dead', 'hidden1');
    expect(hidden.deadUnits).toEqual([0, 1, 2, 3, 4, 5]);
    expect(hidden.varianceExplained.easy).toBeNull();
    expect(hidden.participationRatio).toBeNull();
  });
});
