import { digest } from '../core/digest';
import type { Experiment } from '../experiment/experiment';
import { sourcesOf } from '../sources/sources';
import { type RunRecord, RunRecords } from './run-records';

/** A run that begins. */
interface Beginning {
  readonly uri: string;
  /** As it is asked: a quick look has one seed. */
  readonly experiment: Experiment;
  readonly quick: boolean;
  /** Replicates. */
  readonly planned: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The entry of a run in the history: that of the run `before` it, where that asked the same and was left unfinished, as the run goes on
 * from there; else a new one.
 */
export function beginRecord(run: Beginning, before: RunRecord | undefined): RunRecord {
  const { uri, experiment, quick, planned, now } = run;
  const asked = digest(experiment);
  const unfinished = before?.status === 'cancelled' || before?.status === 'interrupted';
  if (unfinished && before.asked === asked && before.quick === quick)
    return { ...before, uri, status: 'running', startedAt: now, finishedAt: null };
  return {
    id: RunRecords.newId(),
    uri,
    asked,
    title: experiment.title,
    status: 'running',
    startedAt: now,
    finishedAt: null,
    seeds: experiment.seeds,
    networks: sourcesOf(experiment).length,
    quick,
    finished: 0,
    planned,
    fingerprint: '',
    hazards: 0,
    summary: '',
  };
}
