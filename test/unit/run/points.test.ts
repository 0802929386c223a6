import { beforeAll, describe, expect, it } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings';
import { replicateKey, replicateLabel } from '../../../src/core/replicate';
import { END, placeOf, replicateAt, Values } from '../../../src/core/values';
import { csv } from '../../../src/formats/csv';
import { toJson } from '../../../src/formats/json';
import { keptResults } from '../../../src/protocol/kept-results';
import type { Results } from '../../../src/protocol/results';
import { assemble } from '../../../src/run/assemble';
import type { Prepared } from '../../../src/run/jobs';
import type { Outcome } from '../../../src/run/outcome';
import { resultsFile } from '../../../src/run/results-file';
import { resultTables } from '../../../src/run/tables';
import { type UnitsOf, unitsOf, unitTensors } from '../../../src/run/unit-arrays';
import { activationsPath, filesOf } from '../../../src/verbs/export';
import { finishedReplicate, finishedReplicates } from '../../../src/verbs/open-run';
import { values } from '../../../src/verbs/values';
import { experimentOf, type Run, runExperiment } from '../../support/run-experiment';
import { sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const file = tinyExperiment();
const experiment = experimentOf(file);
let run: Run;
/** The run once more with each of its replicates at a second point, too, where losses are larger by 1. */
let swept: Results;
let outcomes: Outcome[];
let units: UnitsOf[];

beforeAll(async () => {
  run = await runExperiment(file, sharedScratch());
  let prepared: Prepared | undefined;
  for (const event of run.events) if (event.kind === 'prepared') ({ prepared } = event);
  if (!prepared) throw new Error('Nothing was drawn.');
  outcomes = [...run.outcomes, ...run.outcomes.map(atSecondPoint)];
  const points = [0, 1].map((value) => ({ values: [value], experiment }));
  const sweep = { settings: ['training.weightDecay'], points };
  swept = assemble({ ...experiment, sweep }, '', prepared, outcomes, { compared: [] });
  units = unitsOf(swept.networks, outcomes);
});

function atSecondPoint({ replicate, results }: Outcome): Outcome {
  const rows = new Values();
  for (const { value, why, ...place } of new Values(results.values).rows())
    rows.add(place, place.measure === 'loss' ? (value ?? 0) + 1 : value, why);
  return { replicate: { ...replicate, point: 1 }, results: { ...results, values: rows.columns } };
}

function columnsOf(results: Results, of: readonly UnitsOf[]): Record<string, readonly string[]> {
  return Object.fromEntries([...resultTables(results, of)].map(({ name, header }) => [name, header]));
}

describe('a run with two points', () => {
  it('keeps the numbers of its points apart', () => {
    const findings = findingsOf(swept);
    for (const { replicate, results } of run.outcomes) {
      const loss = new Values(results.values).at({ measure: 'loss', checkpoint: END })?.value ?? NaN;
      expect(findings.at(replicate, 'loss')?.value).toBe(loss);
      expect(findings.at({ ...replicate, point: 1 }, 'loss')?.value).toBe(loss + 1);
    }
    const [first, second] = [0, 1].map((point) => findings.mean('both', 'loss', { point })?.values ?? []);
    expect(first).toEqual(findingsOf(run.results).mean('both', 'loss')?.values);
    expect(second).toEqual(first.map((loss) => (loss ?? NaN) + 1));
    expect(Values.of(swept.values).count).toBe(2 * Values.of(run.results.values).count);
    // What untrained networks tell of each is of its own point.
    const shares = (point: string): number[] =>
      [...Values.of(swept.values).rows({ point: [point] })].flatMap(({ measure, value }) =>
        measure.endsWith('.shareOfUntrained') ? [value ?? -1] : [],
      );
    expect(shares('0').length).toBeGreaterThan(0);
    expect(shares('1')).toEqual(shares('0'));
  });

  it('is written and read with its points, each replicate by a name of its own', () => {
    const written = JSON.parse(toJson(resultsFile(swept, units))) as { summaries: { point?: unknown } };
    const read = keptResults(written);
    expect(read?.values).toEqual(swept.values);
    expect(read?.networks).toEqual(swept.networks);
    expect(written.summaries.point).toBeDefined();
    expect(new Set(units.map(replicateKey)).size).toBe(units.length);
    expect(unitTensors(units).size).toBe(2 * unitTensors(unitsOf(swept.networks, run.outcomes)).size);
    expect(new Set(filesOf(swept)).size).toBe(filesOf(swept).length);
    expect(
      outcomes.map(({ replicate }) => activationsPath(replicate)).filter((path) => path.includes('both')),
    ).toEqual(['0', '1', '1/0', '1/1'].map((name) => `activations/both/${name}.safetensors`));
  });

  it('lists its points in tables and among values', async () => {
    const columns = columnsOf(swept, units);
    for (const name of ['accuracy', 'layers', 'pca', 'units', 'checkpoints'])
      expect(columns[name].slice(0, 3)).toEqual(['network', 'point', 'seed']);
    for (const { name, header, rows: made } of resultTables(swept, units)) {
      const rows = [...made];
      expect(() => csv(header, rows), name).not.toThrow();
      const places = rows.map((row) => JSON.stringify(row.slice(0, -2)));
      if (['layers', 'checkpoints'].includes(name)) expect(new Set(places).size).toBe(rows.length);
    }
    const named = { name: 'it', results: swept };
    const found = async (point: string): Promise<(number | string | null)[]> => {
      const asked = { run: 'it', measure: ['loss'], checkpoint: [END], source: ['both'], point: [point] };
      const { values: rows } = await values.run(asked, { kept: () => Promise.resolve(named) });
      expect(rows.map((row) => row.point)).toEqual([point, point]);
      return rows.map(({ value }) => value);
    };
    expect(await found('1')).toEqual((await found('0')).map((loss) => Number(loss) + 1));
  });

  it('is asked for a replicate by its point, the first where none is named', () => {
    expect(finishedReplicate(swept, { source: 'both', seed: 1 })).toEqual({
      source: 'both',
      point: 0,
      seed: 1,
    });
    const second = { source: 'both', point: 1, seed: 1 };
    expect(finishedReplicate(swept, second)).toEqual(second);
    expect(() => finishedReplicate(swept, { ...second, point: 2 })).toThrow('not finished');
    expect(finishedReplicates(swept).map(replicateLabel)).toEqual(
      outcomes.map(({ replicate }) => replicateLabel(replicate)),
    );
  });
});

describe('a run of one point', () => {
  it('says nothing of points, in no file and table', () => {
    const of = unitsOf(run.results.networks, run.outcomes);
    const json = toJson(
      resultsFile({ ...run.results, experiment: '', definitions: {}, measures: {}, notes: [] }, of),
    );
    expect(json).not.toContain('"point"');
    for (const header of Object.values(columnsOf(run.results, of)))
      expect(header.filter((name) => name.includes('point'))).toEqual([]);
  });

  it('is read from files that know no points', () => {
    const read = keptResults(JSON.parse(toJson(resultsFile(run.results, []))));
    if (!read) throw new Error('It was not read.');
    const [row] = Values.of(read.values).rows({ source: ['both'], measure: ['loss'], checkpoint: [END] });
    const replicate = replicateAt(row);
    expect(replicate).toEqual({ source: 'both', point: 0, seed: 0 });
    expect(
      Values.of(read.values).at({ measure: 'loss', checkpoint: END, ...placeOf(replicate) })?.value,
    ).toBe(row.value);
    expect(findingsOf(read).mean('both', 'loss')).toEqual(findingsOf(run.results).mean('both', 'loss'));
  });
});
