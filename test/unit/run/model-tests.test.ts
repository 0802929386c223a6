import { expect, it } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings';
import { resultTables } from '../../../src/run/tables';
import { readExperiment } from '../../../src/sources/read-experiment';
import { runHere } from '../../support/run-here';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const measures = ['correlation', 'squaredEuclidean'].flatMap((metric) =>
  ['pearson', 'spearman', 'rho-a', 'whitened-pearson'].map((method) => `${metric} ${method}`),
);

it('tests model RDMs of labels and of other networks at every layer, by the scores that layers have with labels', async () => {
  const text = JSON.stringify({
    ...tinyExperiment(),
    seeds: 2,
    analyses: { selectivity: { permutations: 0 }, inference: { draws: 100, stimuli: 64 } },
  });
  const { experiment } = readExperiment(text);
  if (!experiment) throw new Error('It is no experiment.');
  const results = await runHere(experiment, scratch());
  const findings = findingsOf(results);
  const tests = results.modelTests ?? [];
  expect(tests.map(({ network, layer }) => [network, layer])).toEqual(
    results.networks.flatMap(({ name, layers }) => layers.map((layer) => [name, layer.name])),
  );
  // A feature and the task that is true where it is yes part the stimuli alike.
  expect(tests[0].models.map(({ name }) => name)).toEqual(['easy = e', 'hard', 'h', 'noise']);
  expect(tests.find(({ network, layer }) => network === 'easy only' && layer === 'output')?.models).toEqual(
    [],
  );
  for (const { network, layer, models, seeds, ceiling, agreement } of tests) {
    // The chosen measure stands first, and says what the scores say.
    expect(agreement?.[0].bySubject.map((all) => all.map((one) => one?.toFixed(9)))).toEqual(
      models.length > 1 ? models.map(({ bySubject }) => bySubject.map((one) => one?.toFixed(9))) : undefined,
    );
    if (agreement) expect(agreement.map(({ metric, method }) => `${metric} ${method}`)).toEqual(measures);
    expect(seeds).toEqual([0, 1]);
    // A readout of one unit has no correlation distances.
    expect(ceiling.lower === null).toBe(models.length === 0);
    for (const { name, value, bySubject } of models) {
      const [label] = name.split(' = ');
      const mean = findings.mean(network, 'modelRsa', { site: layer, label });
      expect(bySubject.map((one) => one?.toFixed(9))).toEqual(mean?.values.map((one) => one?.toFixed(9)));
      expect(value).toBeCloseTo(mean?.mean ?? NaN, 9);
    }
  }

  // A table of its own: by every distance and comparison each model with each replicate.
  const table = [...resultTables(results, [])].find(({ name }) => name === 'model-agreement');
  expect(table?.header).toEqual([
    ...['network', 'layer', 'metric', 'method', 'model', 'seed', 'value', 'winner_turns'],
  ]);
  const rows = [...(table?.rows ?? [])];
  expect(rows.length).toBe(
    tests.reduce((sum, { agreement = [], models }) => sum + agreement.length * models.length * 2, 0),
  );
  const [first] = tests;
  expect(
    rows.find(
      ([, , metric, , model, seed]) => metric === 'squaredEuclidean' && model === 'hard' && seed === 1,
    ),
  ).toEqual([
    ...[
      first.network,
      first.layer,
      'squaredEuclidean',
      'pearson',
      'hard',
      1,
      first.agreement?.[4].bySubject[1][1],
    ],
    expect.stringMatching(/^(true|false)$/),
  ]);
});

it('takes no network for a model of itself, and says so', async () => {
  const text = JSON.stringify({
    ...tinyExperiment(),
    seeds: 2,
    analyses: {
      selectivity: { permutations: 0 },
      inference: { draws: 100, stimuli: 32, models: ['easy', 'easy only/hidden1'] },
    },
  });
  const { experiment, problems } = readExperiment(text);
  if (!experiment) throw new Error(JSON.stringify(problems));
  const { modelTests = [] } = await runHere(experiment, scratch());
  const namesAt = (network: string) =>
    modelTests
      .filter((one) => one.network === network)
      .map(({ layer, models }) => [layer, models.map(({ name }) => name)]);
  expect(namesAt('easy only')[0]).toEqual(['hidden1', ['easy']]);
  expect(namesAt('both')[0]).toEqual(['hidden1', ['easy', 'easy only/hidden1']]);
  expect(modelTests.find(({ network }) => network === 'easy only')?.why).toContain('and no model of itself');
});
