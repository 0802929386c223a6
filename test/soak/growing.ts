// Sweeps of up to fifty points of twenty seeds, as files in a folder (the first argument); and what answers cost the host's thread while such a sweep goes on: one replicate is
// trained, and stands for all, which come one by one. Says the processor time of an answer around some of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentFile } from '../../src/experiment/file';
import { replicatesOf } from '../../src/experiment/replicates';
import { ValuesParts } from '../../src/protocol/values-parts';
import { GrowingResults } from '../../src/run/assemble';
import { experimentOf, runExperiment } from '../support/run-experiment';

const [folder] = process.argv.slice(2);

const small: ExperimentFile = {
  title: 'Small',
  stimuli: {
    features: { e: { values: ['no', 'yes'], units: 4 }, h: { bits: 4 }, noise: { bits: 8 } },
    ...{ train: 512, fit: 256, test: 256 },
  },
  tasks: { easy: 'e == yes', hard: 'parity(h)' },
  network: { hidden: [32, 16] },
  training: { batchSize: 32, steps: 100, checkpoints: 3 },
  networks: { both: {} },
  seeds: 1,
  analyses: { selectivity: { permutations: 100 } },
};

/** With so many rates of dropout, and replicates at each. */
function swept(points: number, seeds: number): ExperimentFile {
  const rates = Array.from({ length: points }, (_, at) => at / 100);
  return { ...small, seeds, sweep: { 'training.dropout': rates } };
}

/** As many replicates around each of these are told with, each with an answer. */
const around = [100, 500, 990];
const several = 10;

async function soak(): Promise<void> {
  for (const [points, seeds] of [
    [25, 10],
    [25, 20],
    [50, 20],
  ])
    writeFileSync(join(folder, `${points * seeds}.experiment.json`), JSON.stringify(swept(points, seeds)));
  const { events, outcomes } = await runExperiment(small, join(folder, 'store'));
  const [{ results }] = outcomes;
  const points = 50;
  const experiment = experimentOf(swept(points, 20));
  const prepared = events.flatMap((event) => (event.kind === 'prepared' ? [event.prepared] : []))[0];
  const growing = new GrowingResults(experiment, '', {
    ...prepared,
    points: Array.from({ length: points - 1 }, () => ({})),
  });
  const parts = new ValuesParts();
  const replicates = replicatesOf(experiment);
  const known = { table: 0, rows: 0, version: 0 };
  const times = new Map<number, number[]>();
  let characters = 0;
  replicates.forEach((replicate, at) => {
    const begun = process.cpuUsage();
    growing.add({ replicate, results: { ...results, seed: replicate.seed } });
    const part = parts.after(growing.now({ compared: [] }), known);
    characters = JSON.stringify(part).length;
    Object.assign(known, {
      table: part.table,
      rows: known.rows + part.rows.value.length,
      version: part.version,
    });
    const { user, system } = process.cpuUsage(begun);
    const near = around.find((one) => Math.abs(one - at) <= several);
    if (near !== undefined) times.set(near, [...(times.get(near) ?? []), (user + system) / 1000]);
  });
  const said = [...times].map(
    ([at, each]) =>
      `${(each.reduce((sum, one) => sum + one, 0) / each.length).toFixed(1)} ms around the ${at}th`,
  );
  console.log(
    `${replicates.length} replicates of ${points} points, ${results.values.value.length} numbers each: an answer takes ${said.join(', ')} (mean of ` +
      `${2 * several} or so, processor time of the process), its last text has ${characters} characters.`,
  );
}

void soak();
