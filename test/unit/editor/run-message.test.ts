import { describe, expect, it } from 'vitest';
import { clock } from '../../../src/language/wording';
import type { RunRecord } from '../../../src/editor/run-records';
import { type About, runMessage, whyNone } from '../../../src/editor/run-message';
import type { Results } from '../../../src/protocol/results';
import type { RecordStatus } from '../../../src/protocol/status';

const record = (status: RecordStatus, quick = false): RunRecord => ({
  id: 'a',
  uri: 'file:///a.experiment.json',
  title: '',
  status,
  startedAt: 0,
  finishedAt: null,
  seeds: 2,
  networks: 2,
  quick,
  finished: 1,
  planned: 4,
  fingerprint: '',
  hazards: 0,
  summary: 'what was known',
});
const found = { startedAt: 0, finishedAt: 60_000 };
const plain: About = { going: undefined, problem: '', stale: false, foundBy: 'newest', found, now: 120_000 };
const time = clock(60_000, 120_000);

describe('how a run stands', () => {
  it.each<[RunRecord | undefined, Partial<About>, string]>([
    [undefined, {}, 'Not analysed yet.'],
    [record('running'), {}, 'Starting…'],
    [record('running'), { going: '1 of 4' }, '1 of 4'],
    [record('done'), {}, 'Done: 1 of 4 replicates.'],
    [record('done', true), {}, 'Done: 1 of 4 replicates, a quick look at one seed.'],
    [
      record('done'),
      { stale: true },
      'The file has changed since: these are the results of the file as it was.',
    ],
    [record('cancelled'), {}, 'Cancelled: 1 of 4 replicates are finished and kept.'],
    [
      record('interrupted'),
      { foundBy: 'before' },
      `Interrupted: 1 of 4 replicates are finished and kept. What is shown is of the run of ${time}, before this one.`,
    ],
    [
      record('running'),
      { going: '0 of 4 replicates', foundBy: 'before' },
      `0 of 4 replicates · What is shown is of the run of ${time}, before this one.`,
    ],
    [
      { ...record('done'), name: 'baseline', finishedAt: 60_000 },
      { foundBy: 'older', stale: true },
      `This is the run “baseline” of ${time}, not the newest. The file has changed since: these are the results of the file as it was.`,
    ],
    [record('failed'), { problem: 'too large' }, 'Failed: too large'],
    // After a reload the record is all that is known.
    [record('failed'), {}, 'Failed: what was known'],
  ])('%#', (of, about, said) => {
    expect(runMessage(of, { ...plain, ...about })).toBe(said);
  });

  it('names the first replicate that failed where all have', () => {
    const replicates = [{ seed: 0 }, { seed: 1, reason: 'Training diverged.' }];
    const results = { networks: [{ name: 'both', replicates }] } as unknown as Results;
    expect(whyNone(results)).toBe('no replicate could be trained. both/1: Training diverged.');
    expect(whyNone({ networks: [] } as unknown as Results)).toBe('no replicate could be trained.');
  });
});
