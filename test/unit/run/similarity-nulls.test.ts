import { beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings';
import { similarities } from '../../../src/analysis/similarity/similarities';
import { END } from '../../../src/core/values';
import type { ExperimentFile } from '../../../src/experiment/file';
import { bestPair } from '../../../src/protocol/measure-names';
import type { PairResults, Results } from '../../../src/protocol/results';
import { similarityNames } from '../../../src/protocol/similarity-names';
import { resultTables } from '../../../src/run/tables';
import { valuesOf } from '../../../src/run/values';
import { experimentOf } from '../../support/run-experiment';
import { runHere } from '../../support/run-here';
import { scratch, sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const permutations = 19;
const names = similarityNames.map((name) => `similarity(${name})`);

describe('similarities that an experiment asks for', () => {
  const store = sharedScratch();
  let results: Results;
  const of = (measure: string, layer: string): PairResults => {
    const found = results.pairs.find((one) => one.measure === measure && one.layer === layer);
    if (!found) throw new Error(`There is no ${measure} at ${layer}.`);
    return found;
  };

  beforeAll(async () => {
    const tiny = tinyExperiment();
    const file: ExperimentFile = {
      ...tiny,
      stimuli: { ...tiny.stimuli, train: 64, fit: 24, test: 24 },
      network: { hidden: [7, 6], activation: 'tanh' },
      networks: { both: {} },
      analyses: { ...tiny.analyses, similarity: { measures: [...similarityNames], null: permutations } },
    };
    results = await runHere(experimentOf(file), store);
  });

  it('are all that the command line has, by the same names', () => {
    expect(similarities.map(({ name }) => name)).toEqual(similarityNames);
    expect(results.pairs.filter(({ layer }) => layer === bestPair).map(({ measure }) => measure)).toEqual(
      names,
    );
  });

  it('have a null of every two replicates: where it was, how far above it, and p', () => {
    for (const name of names)
      for (const layer of ['hidden2', bestPair]) {
        const { matrix, null: nulls, groups } = of(name, layer);
        expect(nulls?.permutations).toBe(permutations);
        expect(nulls?.groups.map(({ a, b, possible }) => [a, b, possible])).toEqual(
          groups.map(({ a, b, possible }) => [a, b, possible]),
        );
        for (let i = 0; i < matrix.length; i++) {
          expect(nulls?.p[i][i]).toBeNull();
          for (let k = 0; k < i; k++) {
            const [score, mean, p] = [matrix[i][k], nulls?.mean[i][k], nulls?.p[i][k]];
            expect(Number.isFinite(score) && Number.isFinite(mean), name).toBe(true);
            expect(p).toBeGreaterThanOrEqual(1 / (1 + permutations));
            expect(p).toBeLessThanOrEqual(1);
          }
        }
      }
    const { labels, null: nulls } = of('similarity(cka-debiased)', 'hidden2');
    expect(labels).toEqual(['both/0', 'both/1']);
    expect(nulls?.p[1][0]).toBeLessThan(0.06);
    expect(nulls?.calibrated[1][0]).toBeGreaterThan(0.2);
  });

  it('are of units that are scaled first where that is asked for, by names of their own', async () => {
    const tiny = tinyExperiment();
    const measures = ['cka', 'cca-squared'] as const;
    const similarity = { measures: [...measures], units: ['raw' as const, 'whitened' as const], null: 0 };
    const { pairs } = await runHere(
      experimentOf({ ...tiny, networks: { both: {} }, analyses: { ...tiny.analyses, similarity } }),
      scratch(),
    );
    const [cka, squared, white] = ['cka', 'cca-squared', 'cka, whitened'].map(
      (name) =>
        pairs.find(({ measure, layer }) => measure === `similarity(${name})` && layer !== bestPair)
          ?.matrix[1][0],
    );
    expect(white).toBeCloseTo(squared ?? NaN, 6);
    expect(white).not.toBeCloseTo(cka ?? NaN, 3);
  });

  it('are at the best pair of layers at least what they are at the last, and say which layers these are', () => {
    const [last, best] = ['hidden2', bestPair].map((layer) => of('similarity(cka-debiased)', layer));
    for (const [i, row] of best.matrix.entries())
      for (const [k, value] of row.entries()) {
        expect(value).toBeGreaterThanOrEqual((last.matrix[i][k] ?? 2) - 1e-12);
        expect(best.sites?.[i][k]).toMatch(/^hidden[12]$/);
      }
    expect(best.null?.mean[1][0]).toBeGreaterThan(last.null?.mean[1][0] ?? 2);
    expect(last.sites).toBeUndefined();
  });

  it('are of every two layers of a replicate, too, and all of it is in the tables', () => {
    const findings = findingsOf(results);
    const place = { site: 'hidden1', other: 'hidden2' };
    for (const name of names) {
      expect(results.measures[`${name}.p`].beside).toBe(name);
      for (const part of ['', '.null', '.p'])
        expect(findings.mean('both', `${name}${part}`, place)?.n, `${name}${part}`).toBe(2);
    }
    const values = valuesOf(results);
    const at = { source: 'both', point: '0', seed: '1', checkpoint: END, site: 'hidden2', other: 'both/0' };
    const { matrix, null: nulls } = of('similarity(procrustes)', 'hidden2');
    expect(values.at({ measure: 'similarity(procrustes)', ...at })?.value).toBe(matrix[1][0]);
    expect(values.at({ measure: 'similarity(procrustes).null', ...at })?.value).toBe(nulls?.mean[1][0]);
    const table = [...resultTables(results, [])].find(({ name }) => name === 'pairs');
    const rows = Array.from(table?.rows ?? []).filter((row) => row[0] === 'similarity(cca)');
    const column = (name: string): number => table?.header.indexOf(name) ?? -1;
    // The replicates at both, and three pairs of the layers of each.
    expect(rows).toHaveLength(2 + 2 * 3);
    expect(rows.every((row) => typeof row[column('p')] === 'number' && row[column('null')] !== null)).toBe(
      true,
    );
    expect(rows.some((row) => /^bestPair:hidden[12]$/.test(String(row[column('layer')])))).toBe(true);
  });
});
