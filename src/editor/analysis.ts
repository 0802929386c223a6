import * as vscode from 'vscode';
import type { Experiment } from '../experiment/experiment';
import type { ReplicateOffer, RunState } from '../protocol/dashboard';
import type { Results, RsaResults } from '../protocol/results';
import { assemble } from '../run/assemble';
import { fingerprint } from '../run/keys';
import { type Session, unfinishedReplicate } from '../run/session';
import type { AnalysisState } from './analysis-source';
import type { EngineRoom } from './engine';
import { LiveRun } from './live-run';
import { log, reason } from './log';
import { RunRecords, type KeptRun, type RunRecord } from './run-records';
import { summaryLine } from './summary-line';
import { ViewSession } from './view-session';

/** Views are told of progress at most this often (milliseconds). */
const progressEvery = 100;
/** Results of a run that goes on are put together at most this often. */
const partialEvery = 500;

/** All that is known of one experiment file: its run, its newest results, and who answers what views ask of them. */
export class Analysis implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  /** Results, status or staleness have changed. */
  readonly onDidChange = this.#changed.event;
  /** A run went on; at most ten times a second. */
  readonly onDidProgress = this.#progressed.event;

  #record: RunRecord | undefined;
  #results: Results | null = null;
  /** Of `results`. */
  #views: ViewSession | undefined;
  #quickResults = false;
  /** What the file says now; null: it cannot be read as it is; undefined: not looked at yet. */
  #file: Experiment | null | undefined;
  #stale = false;
  #abort: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();
  #live: LiveRun | undefined;
  #problem = '';
  #timers = new Map<string, NodeJS.Timeout>();

  constructor(
    readonly uri: vscode.Uri,
    private readonly engine: EngineRoom,
    private readonly records: RunRecords,
  ) {}

  get state(): AnalysisState | undefined {
    const record = this.#record;
    if (!record) return undefined;
    return {
      status: record.status === 'interrupted' ? 'cancelled' : record.status,
      results: this.#results,
      finished: this.#live?.finished ?? record.finished,
      planned: record.planned,
      stale: this.#stale,
      finishedAt: record.finishedAt,
    };
  }

  get running(): boolean {
    return this.#abort !== undefined;
  }

  get record(): RunRecord | undefined {
    return this.#record;
  }

  get results(): Results | null {
    return this.#results;
  }

  /** The curves of the run of this session of the editor. */
  get live(): LiveRun | undefined {
    return this.#live;
  }

  /** How the run stands, for the dashboard. */
  get runState(): RunState {
    const record = this.#record;
    const planned = record?.planned ?? 0;
    const finished = (this.running ? this.#live?.finished : record?.finished) ?? 0;
    return {
      status: record?.status ?? 'none',
      message: this.#message(),
      finished,
      planned,
      progress: this.running ? (this.#live?.progress ?? 0) : planned === 0 ? 0 : finished / planned,
      quick: record?.quick ?? false,
      stale: this.#stale,
    };
  }

  /** The replicates that are finished, with their checkpoints. */
  get offers(): ReplicateOffer[] {
    return (this.#results?.networks ?? []).flatMap(({ name, replicates }) =>
      replicates
        .filter(({ status }) => status === 'done')
        .map(({ seed, checkpoints }) => ({
          network: name,
          seed,
          checkpoints: checkpoints.map(({ step, epoch }) => ({ step, epoch })),
        })),
    );
  }

  /** The experiment that the results are of. */
  get experiment(): Experiment | undefined {
    return this.#views?.experiment ?? this.#live?.experiment;
  }

  /** Asks the thread of the views. */
  ask<T>(question: (session: Session, experiment: Experiment) => Promise<T>): Promise<T> {
    const views = this.#views;
    if (!views) return Promise.reject(new Error('Nothing has been analysed yet.'));
    return views.ask((session) => question(session, views.experiment));
  }

  /**
   * Trains and analyses; a run that goes on is cancelled first. Never rejects: what went wrong is in the state.
   *
   * @param experiment as the file has it now
   * @param quick one seed only
   */
  async run(experiment: Experiment, quick: boolean): Promise<void> {
    await this.cancel();
    const asked = quick ? { ...experiment, seeds: 1 } : experiment;
    const abort = new AbortController();
    this.#abort = abort;
    const live = new LiveRun(asked, quick);
    this.#live = live;
    this.#problem = '';
    this.#file = experiment;
    this.#stale = this.#isStale();
    this.#record = {
      id: RunRecords.newId(),
      uri: this.uri.toString(),
      title: experiment.title,
      status: 'running',
      startedAt: Date.now(),
      finishedAt: null,
      seeds: asked.seeds,
      networks: asked.networks.length,
      quick,
      finished: 0,
      planned: live.curves.length,
      fingerprint: '',
      hazards: 0,
      summary: '',
    };
    this.#keep();
    this.#changed.fire();
    const run = this.#run(live, abort);
    this.#ended = run;
    await run;
  }

  /** Resolves when the run has ended; at once where there is none. */
  async cancel(): Promise<void> {
    this.#abort?.abort();
    await this.#ended;
  }

  /** Shows what an earlier run found. */
  show(record: RunRecord, kept: KeptRun | null): void {
    if (this.running) return;
    this.#record = record;
    this.#live = undefined;
    this.#problem = '';
    this.#setResults(kept?.results ?? null, kept?.experiment, record.quick);
    this.#changed.fire();
  }

  /** Forgets everything: its runs were deleted. */
  forget(): void {
    this.#record = undefined;
    this.#live = undefined;
    this.#setResults(null, undefined, false);
    this.#changed.fire();
  }

  /** Says whether the results are still those of the file; `null`: the file cannot be read as it is. */
  compareWith(experiment: Experiment | null): void {
    this.#file = experiment;
    const stale = this.#isStale();
    if (stale === this.#stale) return;
    this.#stale = stale;
    this.#changed.fire();
  }

  dispose(): void {
    this.#abort?.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    void this.#views?.dispose();
    this.#changed.dispose();
    this.#progressed.dispose();
  }

  async #run(live: LiveRun, abort: AbortController): Promise<void> {
    const { experiment } = live;
    const name = this.uri.path;
    const started = performance.now();
    let session: Session | undefined;
    try {
      log().info(`${name}: ${live.curves.length} replicates to be analysed`);
      session = this.engine.session(experiment);
      const results = await session.run((event) => {
        live.hear(event);
        if (event.kind === 'replicate') {
          const { status, reason: why } = event.results;
          const which = `${experiment.networks[event.network].name}/${event.seed}`;
          if (status === 'failed') log().warn(`${name}: ${which} failed: ${why ?? ''}`);
          else log().debug(`${name}: ${which} is ${event.reused ? 'in the store' : 'trained'}`);
          this.#soon('partial', partialEvery, () => this.#partial(live));
        }
        this.#soon('progress', progressEvery, () => this.#progressed.fire());
      }, abort.signal);
      this.#stop('partial');
      const some = live.finished > 0;
      if (some) this.#setResults(results, experiment, live.quick);
      this.#end(live, abort.signal.aborted ? 'cancelled' : 'done', some ? summaryLine(results) : '');
    } catch (error) {
      this.#stop('partial');
      this.#problem = reason(error);
      log().error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : this.#problem}`);
      this.#end(live, abort.signal.aborted ? 'cancelled' : 'failed', this.#problem);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log().info(`${name}: ${this.#record?.status ?? ''} after ${seconds} s, ${live.finished} finished`);
    await session?.dispose().catch((error: unknown) => log().warn(`${name}: ${reason(error)}`));
  }

  #end(live: LiveRun, status: 'done' | 'cancelled' | 'failed', summary: string): void {
    live.end();
    this.#abort = undefined;
    this.#stop('progress');
    if (!this.#record) return;
    const results = live.finished > 0 ? this.#results : null;
    this.#record = {
      ...this.#record,
      status,
      finishedAt: Date.now(),
      finished: live.finished,
      fingerprint: results?.fingerprint ?? '',
      hazards: results?.hazards.length ?? 0,
      summary,
    };
    this.#keep();
    this.#progressed.fire();
    this.#changed.fire();
  }

  /** What is known of a run that goes on: intervals tighten as seeds arrive. */
  #partial(live: LiveRun): void {
    if (live !== this.#live || !this.running || !live.prepared || live.finished === 0) return;
    const outcomes = live.outcomes.map(
      (outcome, at) => outcome ?? unfinishedReplicate(live.curves[at].seed, 'cancelled'),
    );
    // Similarities come at the end of a run; those of the run before stay where they are of the same networks.
    const rsa: RsaResults[] = [];
    this.#setResults(assemble(live.experiment, live.prepared, outcomes, rsa), live.experiment, live.quick);
    this.#keep();
    this.#changed.fire();
  }

  #setResults(results: Results | null, experiment: Experiment | undefined, quick: boolean): void {
    if (results?.fingerprint !== this.#results?.fingerprint || !this.#views) {
      void this.#views?.dispose();
      this.#views = experiment && new ViewSession(experiment, (asked) => this.engine.session(asked, 1));
    }
    this.#results = results;
    this.#quickResults = quick;
    this.#stale = this.#isStale();
  }

  #isStale(): boolean {
    const file = this.#file;
    if (!this.#results || file === undefined) return false;
    if (file === null) return true;
    const same = this.#quickResults ? { ...file, seeds: 1 } : file;
    return fingerprint(same, this.#results.engine) !== this.#results.fingerprint;
  }

  /** Writes the record, and the results of a finished replicate, in the background. */
  #keep(): void {
    const record = this.#record;
    if (!record) return;
    const results = this.#results;
    const experiment = this.#views?.experiment;
    const fresh = (this.#live?.finished ?? 0) > 0;
    const kept = fresh && results && experiment ? { results, experiment } : undefined;
    const counted = this.#live ? { ...record, finished: this.#live.finished } : record;
    this.records
      .keep(counted, kept)
      .catch((error: unknown) => log().warn(`The history of runs was not written: ${reason(error)}`));
  }

  #message(): string {
    const record = this.#record;
    if (!record) return 'Not analysed yet.';
    const of = `${record.finished} of ${record.planned} replicates`;
    switch (record.status) {
      case 'running':
        return this.#live?.message ?? 'Starting…';
      case 'done':
        return this.#stale
          ? 'The file has changed since: these are the results of the file as it was.'
          : `Done: ${of}${record.quick ? ', a quick look at one seed' : ''}.`;
      case 'cancelled':
        return `Cancelled: ${of} are finished and kept.`;
      case 'interrupted':
        return `Interrupted: ${of} are finished and kept.`;
      case 'failed':
        return `Failed: ${this.#problem || record.summary}`;
    }
  }

  /** Calls `then` at once, or, if it was called just now, when the time has passed. */
  #soon(name: string, every: number, then: () => void): void {
    if (this.#timers.has(name)) return;
    this.#timers.set(
      name,
      setTimeout(() => {
        this.#timers.delete(name);
        then();
      }, every),
    );
  }

  #stop(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}
