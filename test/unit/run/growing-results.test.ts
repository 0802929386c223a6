import { beforeAll, describe, expect, it } from 'vitest';
import { Values } from '../../../src/core/values';
import { toJson } from '../../../src/formats/json';
import { comparisonsOf } from '../../../src/protocol/pair-results';
import type { Results } from '../../../src/protocol/results';
import { assemble, GrowingResults, type Together } from '../../../src/run/assemble';
import type { Prepared } from '../../../src/run/jobs';
import type { Outcome } from '../../../src/run/outcome';
import { resultsFile } from '../../../src/run/results-file';
import { unitsOf } from '../../../src/run/unit-arrays';
import { experimentOf, type Run, runExperiment } from '../../support/run-experiment';
import { sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const file = tinyExperiment();
const experiment = experimentOf(file);
let run: Run;
let prepared: Prepared;
beforeAll(async () => {
  run = await runExperiment(file, sharedScratch());
  for (const event of run.events) if (event.kind === 'prepared') ({ prepared } = event);
});

/** The bytes of `results.json`. */
function bytes(results: Results, outcomes: readonly Outcome[]): string {
  return toJson(resultsFile(results, unitsOf(experiment.networks, outcomes)));
}

describe('results whose replicates come one by one', () => {
  it('are the same bytes in the end, in whichever order they came', () => {
    const { results, outcomes } = run;
    const compared = comparisonsOf(results);
    for (const came of [[...outcomes].reverse(), [...outcomes.slice(4), ...outcomes.slice(0, 4)]])
      expect(bytes(assemble(experiment, '', prepared, came, { compared }), came)).toBe(
        bytes(results, outcomes),
      );
  });

  it('have the rows of those that have come, after rows that stay as they are', () => {
    const growing = new GrowingResults(experiment, '', prepared);
    const [first, ...others] = [...run.outcomes].reverse();
    growing.add(first);
    const before = growing.now({ compared: [] });
    const rows = [...Values.of(before.values).rows()];
    expect(before.networks.flatMap(({ replicates }) => replicates.map(({ status }) => status))).toEqual(
      run.outcomes.map(({ replicate }) =>
        replicate.source === first.replicate.source && replicate.seed === first.replicate.seed
          ? 'done'
          : 'cancelled',
      ),
    );
    for (const outcome of others) growing.add(outcome);
    const after = growing.now({ compared: [] });
    expect(after.values).toBe(before.values);
    expect([...Values.of(after.values).rows()].slice(0, rows.length)).toEqual(rows);
    // What is told of each by all others comes with all.
    const all = [...Values.of(run.results.values).rows()];
    const own = all.filter(({ measure }) => !measure.endsWith('.shareOfUntrained'));
    expect(all.length).toBeGreaterThan(own.length);
    const sorted = (these: readonly object[]): string[] => these.map((row) => JSON.stringify(row)).sort();
    expect(sorted([...Values.of(after.values).rows()])).toEqual(sorted(own));
    expect(after.networks).toEqual(run.results.networks);
  });

  it('say what misleads at each point as though all had been put together anew', () => {
    const swept = experimentOf({ ...file, sweep: { 'training.dropout': [0, 0.1] } });
    const drawn = { ...prepared, points: [{}] };
    const growing = new GrowingResults(swept, '', drawn);
    const outcomes = [1, 0].flatMap((point) =>
      run.outcomes.map(({ replicate, results }) => ({ replicate: { ...replicate, point }, results })),
    );
    const compared = comparisonsOf(run.results);
    const [both, later] = [compared, [...compared, ...compared.map((one) => ({ ...one, point: 1 }))]];
    const anew = (came: readonly Outcome[], together: Together): Results => {
      const fresh = new GrowingResults(swept, '', drawn);
      for (const outcome of came) fresh.add(outcome);
      return fresh.now(together);
    };
    let most = 0;
    outcomes.forEach((outcome, at) => {
      growing.add(outcome);
      const came = outcomes.slice(0, at + 1);
      for (const together of [{ compared: [] }, { compared: both }, { compared: later }]) {
        const { hazards } = growing.now(together);
        expect(hazards).toEqual(anew(came, together).hazards);
        most = Math.max(most, new Set(hazards.map(({ where }) => where.point)).size);
      }
    });
    expect(most).toBe(2);
  });
});
