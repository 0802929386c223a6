import { describe, expect, it } from 'vitest';
import { afterEvent, type FileEvent, type FileState, nothingKnown } from '../../../src/editor/file-state';
import type { RunRecord } from '../../../src/editor/run-records';
import type { Experiment } from '../../../src/experiment/experiment';
import { replicateCount, withSeeds } from '../../../src/experiment/replicates';
import { readExperiment } from '../../../src/sources/read-experiment';
import type { Comparison } from '../../../src/protocol/comparison';
import type { Results } from '../../../src/protocol/results';
import { fingerprint } from '../../../src/run/keys';
import { tinyExperiment } from '../../support/tiny-experiment';
import { synthetic } from '../../webview/synthetic';

const { results: madeUp } = synthetic();

function experimentOf(epochs: number): Experiment {
  const { experiment } = readExperiment(JSON.stringify(tinyExperiment({ training: { epochs }, seeds: 2 })));
  if (!experiment) throw new Error('The file has errors.');
  return experiment;
}

const experiment = experimentOf(8);
const other = experimentOf(9);

/** Results of an experiment, as its run would have them. */
const resultsOf = (of: Experiment): Results => ({ ...madeUp, fingerprint: fingerprint(of, madeUp.engine) });

const record = (id: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  ...{ id, uri: 'file:///a', title: '', status: 'running', startedAt: 1, finishedAt: null, seeds: 2 },
  ...{ networks: 3, quick: false, finished: 0, planned: 6, fingerprint: '', hazards: 0, summary: '' },
  ...changes,
});

const after = (...events: FileEvent[]): FileState => events.reduce(afterEvent, nothingKnown);

const begun: FileEvent = { kind: 'begun', record: record('1'), experiment };
const found: FileEvent = { kind: 'found', results: resultsOf(experiment) };
const done: FileEvent = { kind: 'ended', status: 'done', at: 9, finished: 6, summary: 'all', problem: '' };

describe('what is known of a file', () => {
  it('is its run, and what that found', () => {
    const state = after(begun, found, done);
    expect(state.record).toMatchObject({ status: 'done', finishedAt: 9, finished: 6, summary: 'all' });
    expect(state.record?.fingerprint).toBe(resultsOf(experiment).fingerprint);
    expect(state.record?.hazards).toBe(madeUp.hazards.length);
    expect(state).toMatchObject({ foundBy: { id: '1' }, stale: false, preview: null, problem: '' });
  });

  it('is stale while the file says something else, or cannot be read, and not where it says the same again', () => {
    const stale = (...events: FileEvent[]): boolean => after(begun, found, done, ...events).stale;
    expect(stale({ kind: 'read', experiment: other })).toBe(true);
    expect(stale({ kind: 'read', experiment: null })).toBe(true);
    expect(stale({ kind: 'read', experiment: other }, { kind: 'read', experiment })).toBe(false);
    expect(after({ kind: 'read', experiment: null }).stale).toBe(false);
  });

  it('is not stale after a quick look, which is of one seed of what the file says', () => {
    const quick: FileEvent = { ...begun, record: record('1', { quick: true }) };
    expect(after(quick, { kind: 'found', results: resultsOf({ ...experiment, seeds: 1 }) }).stale).toBe(
      false,
    );
    expect(after(quick, found).stale).toBe(true);
    // What the run makes of a sweep has one seed at every point.
    const text = JSON.stringify({ ...tinyExperiment(), sweep: { 'training.epochs': [2, 4] } });
    const [swept, oneSeed] = [undefined, { seeds: 1 }].map(
      (how) => readExperiment(text, undefined, how).experiment,
    );
    if (!swept || !oneSeed) throw new Error('The file has errors.');
    const ofSweep: FileEvent = { ...begun, experiment: swept, record: record('1', { quick: true }) };
    expect(after(ofSweep, { kind: 'found', results: resultsOf(oneSeed) }).stale).toBe(false);
    expect(replicateCount(withSeeds(swept, 1))).toBe(replicateCount(oneSeed));
  });

  it('keeps earlier results, of an earlier run, while a new one has found nothing', () => {
    const state = after(begun, found, done, { kind: 'begun', record: record('2'), experiment: other });
    expect(state.results).toEqual(resultsOf(experiment));
    expect(state).toMatchObject({ record: { id: '2' }, foundBy: { id: '1' }, stale: true });
    const failed = afterEvent(state, {
      ...{ kind: 'ended', status: 'failed', at: 10, finished: 0, summary: 'why', problem: 'why' },
    });
    expect(failed.record).toMatchObject({ status: 'failed', fingerprint: '', hazards: 0 });
    expect(failed).toMatchObject({ problem: 'why', foundBy: { id: '1' } });
    expect(afterEvent(failed, begun).problem).toBe('');
  });

  it('has what it had when a run that went on is stopped at once', () => {
    const again = after(
      { kind: 'begun', record: record('1', { finished: 2, summary: 'two' }), experiment },
      found,
      { ...done, status: 'cancelled', finished: 0, summary: '' },
    );
    expect(again.record).toMatchObject({ status: 'cancelled', finished: 2, summary: 'two' });
    expect(again.record?.fingerprint).not.toBe('');
  });

  it('has a comparison only as long as the results stay the same', () => {
    const compared: FileEvent = {
      kind: 'compared',
      comparison: { run: '2', others: ['1'], pairs: [], at: 5, found: [{ name: 'a' } as Comparison] },
    };
    expect(after(begun, found, compared, done).comparison).toMatchObject({ found: [{ name: 'a' }], at: 5 });
    expect(after(begun, found, compared, found).comparison).not.toBeNull();
    expect(after(begun, found, compared, { kind: 'found', results: resultsOf(other) }).comparison).toBeNull();
  });

  it('shows previews until the run ends or another one begins', () => {
    const preview: FileEvent = { kind: 'previewed', results: madeUp };
    expect(after(begun, preview).preview).toBe(madeUp);
    expect(after(begun, preview, done).preview).toBeNull();
    expect(after(begun, preview, begun).preview).toBeNull();
  });

  it('is an earlier run that is opened, with what the run before it found where it found nothing', () => {
    const [newest, earlier] = [record('3', { status: 'cancelled' }), record('2', { status: 'done' })];
    const state = after(
      { kind: 'read', experiment },
      { kind: 'opened', record: newest, results: resultsOf(experiment), by: earlier },
    );
    expect(state).toMatchObject({ record: { id: '3' }, foundBy: { id: '2' }, stale: false });
    expect(after(begun, found, { kind: 'forgotten' })).toMatchObject({
      ...{ record: undefined, results: null, foundBy: null, stale: false },
    });
  });

  it('remembers what the file said when it could last be read, and its name', () => {
    const state = after(begun, { kind: 'read', experiment: null }, { kind: 'moved', uri: 'file:///b' });
    expect(state.readable).toBe(experiment);
    expect(state.record?.uri).toBe('file:///b');
    expect(after({ kind: 'moved', uri: 'file:///b' }).record).toBeUndefined();
    expect(after({ kind: 'hazardsAsked', at: 4 }).hazardsAt).toBe(4);
  });
});
