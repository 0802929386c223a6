import { mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Values } from '../../../src/core/values';
import { type RunRecord, RunRecords } from '../../../src/editor/run-records';
import type { Experiment } from '../../../src/experiment/experiment';
import type { Results } from '../../../src/protocol/results';
import { temporaryFile } from '../../../src/run/temporary';
import { scratch } from '../../support/scratch';

const record: RunRecord = {
  id: RunRecords.newId(),
  uri: 'file:///a.experiment.json',
  title: '',
  status: 'done',
  startedAt: 1,
  finishedAt: 2,
  seeds: 1,
  networks: 1,
  quick: false,
  finished: 1,
  planned: 1,
  fingerprint: 'f',
  hazards: 0,
  summary: '',
};

it('sweeps what a process left that was killed while it wrote, and nothing else', async () => {
  const folder = scratch();
  await new RunRecords(folder).keep(record);
  const orphan = temporaryFile().replace(/-[0-9a-f]{8}-\d+-/, '-00000000-1-');
  const others = ['theirs.tmp', `${record.id}.json.tmp`, temporaryFile()];
  for (const name of [orphan, ...others]) writeFileSync(join(folder, name), '');
  const long = new Date(Date.now() - 2 * 3_600_000);
  for (const name of [orphan, ...others.slice(0, 2)]) utimesSync(join(folder, name), long, long);
  const records = new RunRecords(folder);
  await records.load();
  expect(records.all).toEqual([record]);
  expect(readdirSync(folder).sort()).toEqual([`${record.id}.json`, ...others].sort());
});

it('passes over a record whose status is none', async () => {
  const folder = scratch();
  await new RunRecords(folder).keep(record);
  const path = join(folder, `${record.id}.json`);
  writeFileSync(path, readFileSync(path, 'utf8').replace('"done"', '"finished"'));
  const records = new RunRecords(folder);
  await records.load();
  expect(records.all).toEqual([]);
});

it('leaves nothing half-written where a record cannot get its name', async () => {
  const folder = scratch();
  const records = new RunRecords(join(folder, 'runs'));
  await records.keep(record);
  const path = join(folder, 'runs', `${record.id}.json`);
  rmSync(path);
  mkdirSync(join(path, 'in the way'), { recursive: true });
  await expect(records.keep(record)).rejects.toThrow();
  expect(readdirSync(join(folder, 'runs'))).toEqual([`${record.id}.json`]);
});

it('keeps the name of a run whatever is written of it later, until it is taken away', async () => {
  const folder = scratch();
  const records = new RunRecords(folder);
  await records.keep(record);
  await records.rename(record.id, 'baseline');
  await records.keep({ ...record, finished: 0 });
  const again = new RunRecords(folder);
  await again.load();
  expect(again.all).toEqual([{ ...record, finished: 0, name: 'baseline' }]);
  await again.rename(record.id, '');
  const third = new RunRecords(folder);
  await third.load();
  expect(third.all).toEqual([{ ...record, finished: 0 }]);
});

it('keeps the results of a run that goes on as they are when it is told so, though their table grows', async () => {
  const folder = scratch();
  const values = new Values();
  const add = (seed: number, rows: number): void => {
    for (let row = 0; row < rows; row++)
      values.add({ measure: 'loss', source: 'both', seed: String(seed), label: String(row % 5) }, row / 3);
  };
  add(0, 50_000);
  const results = {
    ...{ schemaVersion: 2, confidence: 0.95, experiment: '{}', networks: [], values: values.columns },
    ...{ rsa: [], pairs: [], labels: [], hazards: [], notes: [] },
  } as unknown as Results;
  const kept = { experiment: { networks: [] } as unknown as Experiment, results };
  const before = structuredClone(kept);
  const records = new RunRecords(folder);
  const written = records.keep(record, kept);
  add(1, 10);
  await written;
  expect(await new RunRecords(folder).results(record.id)).toEqual(before);
  await records.keep(record, kept);
  expect(await new RunRecords(folder).results(record.id)).toEqual(kept);
  expect(readdirSync(folder).sort()).toEqual([`${record.id}.json`, `${record.id}.results.json.gz`]);
});
