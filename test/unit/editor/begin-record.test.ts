import { describe, expect, it } from 'vitest';
import { beginRecord } from '../../../src/editor/begin-record';
import type { RunRecord } from '../../../src/editor/run-records';
import { experimentOf } from './experiment';

const run = { uri: 'file:///a', experiment: experimentOf({ seeds: 8 }), quick: false, planned: 6, now: 5 };
const first = beginRecord(run, undefined);
const stopped: RunRecord = { ...first, status: 'cancelled', finishedAt: 6, finished: 2, summary: 's' };

describe('the entry of a run', () => {
  it('is that of the run before it, where that asked the same and was left unfinished', () => {
    expect(beginRecord({ ...run, now: 9 }, stopped)).toEqual({
      ...{ ...stopped, status: 'running', startedAt: 9, finishedAt: null },
    });
    expect(beginRecord(run, { ...stopped, status: 'interrupted' }).id).toBe(first.id);
  });

  it('is a new one where that has ended, or asked something else', () => {
    const others: [typeof run, RunRecord][] = [
      [run, { ...stopped, status: 'done' }],
      [run, { ...stopped, status: 'failed' }],
      [{ ...run, experiment: experimentOf({ seeds: 9 }) }, stopped],
      [{ ...run, quick: true }, stopped],
      // Of an earlier build.
      [run, { ...stopped, asked: undefined }],
    ];
    for (const [begun, before] of others)
      expect(beginRecord(begun, before)).toMatchObject({ finished: 0, summary: '', startedAt: 5 });
    expect(new Set(others.map(([begun, before]) => beginRecord(begun, before).id)).size).toBe(others.length);
  });
});
