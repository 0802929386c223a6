import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import { interval, ranges } from '../../src/analysis/statistics/interval';
import type { ExperimentFile } from '../../src/experiment/file';
import { mainLayer } from '../../src/protocol/layers';
import { resultsAt } from '../../src/protocol/results-at';
import { experimentOf } from '../support/run-experiment';
import { runHere } from '../support/run-here';
import { scratch } from '../support/scratch';

const path = 'examples/what-shapes-the-bias.experiment.json';

it('shows the easy feature above the hard one in every network that computes both, and at the depth that the file speaks of', async () => {
  const file = parse(readFileSync(path, 'utf8')) as ExperimentFile;
  // The shallowest networks that learn the hard task well, and the deepest.
  const sweep = {
    'training.dropout': [0.1],
    'network.hidden': [
      [64, 64],
      [64, 64, 64],
    ],
  };
  const analyses = { selectivity: { permutations: 0 } };
  const results = await runHere(experimentOf({ ...file, sweep, analyses, seeds: 4 }), scratch());
  const findings = findingsOf(results);
  const sharesAt = (point: number, label: string): number[] => {
    const [{ layers }] = resultsAt(results, point).networks;
    const place = { point, label };
    const accuracy = findings.mean('both', 'accuracy', place)?.values ?? [];
    for (const one of accuracy) expect(one).toBeGreaterThan(0.97);
    const { values = [] } =
      findings.mean('both', 'varianceExplained', { ...place, site: mainLayer(layers)?.name }) ?? {};
    expect(values).toHaveLength(4);
    return values.map((value) => value ?? NaN);
  };
  const [shallow, deep] = [0, 1].map((point) => sharesAt(point, 'hard'));
  for (const [point, hard] of [shallow, deep].entries()) {
    const gaps = sharesAt(point, 'easy').map((easy, seed) => easy - hard[seed]);
    expect(interval(gaps, 0.95, ranges.differenceOfShares).low).toBeGreaterThan(0);
  }
  expect(Math.min(...deep)).toBeGreaterThan(Math.max(...shallow));
});
