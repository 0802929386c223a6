import * as vscode from 'vscode';
import type { Experiment } from '../experiment/experiment';
import { titleOf } from '../experiment/short-name';
import type { Comparison } from '../protocol/comparison';
import type { DetailKey, ReplicateOffer, RunState, SimilaritiesKey, UnitKey } from '../protocol/dashboard';
import type { ReplicateDetail, StimuliDetail } from '../protocol/detail';
import type { PairResults, ReplicateResults, Results } from '../protocol/results';
import { byKind } from '../protocol/pair-results';
import type { Ending } from '../protocol/status';
import { assemble } from '../run/assemble';
import type { ReplicateName } from '../run/jobs';
import { fingerprint } from '../run/keys';
import { replicates, type RunEvent, type Session, unfinishedReplicate } from '../run/session';
import { analyze } from '../verbs/analyze';
import type { OpenRun } from '../verbs/open-run';
import { picture } from '../verbs/picture';
import type { AnalysisState } from '../language/analysis-state';
import type { EngineRoom } from './engine';
import { fileNameOf } from './experiment-file';
import { LiveRun } from './live-run';
import { log, reason } from './log';
import { Pace } from './pace';
import { activationsOf, Previews } from './previews';
import { runMessage, whyNone } from './run-message';
import { RunRecords, type KeptRun, type RunRecord } from './run-records';
import { settings } from './settings';
import { summaryLine } from './summary-line';
import { ViewSession } from './view-session';

/** Views are told of progress at most this often (milliseconds). */
const progressEvery = 200;
/** The thread that answers views is started so long after a first preview, if nothing was asked of it before (milliseconds). */
const viewsAfter = 1500;
/** Results of a run that goes on are put together at most this often. */
const partialEvery = 500;
/** And written at most this often: after a reload they are what there is to see until the run is resumed. */
const keptEvery = 2000;

/** All that is known of one experiment file: its run, its newest results, and who answers what views ask of them. */
export class Analysis implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  readonly #moved = new vscode.EventEmitter<void>();
  /** Results, status or staleness have changed. */
  readonly onDidChange = this.#changed.event;
  /** A run went on; at most ten times a second. */
  readonly onDidProgress = this.#progressed.event;
  /** The file has another name. */
  readonly onDidMove = this.#moved.event;

  /** The newest run, or the one that the user has opened. */
  #record: RunRecord | undefined;
  #results: Results | null = null;
  /** The run that found the results: an earlier one while the newest has found nothing. */
  #resultsRun = '';
  /** Of the results. */
  #views: ViewSession | undefined;
  /** While networks have no finished replicate: the results with what their checkpoints say, and who shows more of them. */
  #preview: { results: Results; views: ViewSession } | null = null;
  #previews: Previews | undefined;
  /** Similarities of the replicates that are finished, while others are not. */
  #interim: PairResults[] = [];
  #quickResults = false;
  /** What the file says now; null: it cannot be read as it is; undefined: not looked at yet. */
  #file: Experiment | null | undefined;
  /** What it said when it could last be read: an untitled document is emptied before it is gone. */
  #readable: Experiment | undefined;
  #stale = false;
  #abort: AbortController | undefined;
  /** Counts what was asked for: of several runs that wait for the end of one, the last begins. */
  #turn = 0;
  #ended: Promise<void> = Promise.resolve();
  #live: LiveRun | undefined;
  #problem = '';
  #comparison: Comparison | null = null;
  #comparedAt = 0;
  #hazardsAt = 0;
  readonly #pace = new Pace();

  #uri: vscode.Uri;

  constructor(
    uri: vscode.Uri,
    private readonly engine: EngineRoom,
    private readonly records: RunRecords,
  ) {
    this.#uri = uri;
  }

  /** The experiment file. */
  get uri(): vscode.Uri {
    return this.#uri;
  }

  /** The file has another name from now on; its runs are told by who moves them. */
  moveTo(uri: vscode.Uri): void {
    this.#uri = uri;
    if (this.#record) this.#record = { ...this.#record, uri: uri.toString() };
    this.#moved.fire();
    this.#changed.fire();
  }

  /** Whether an experiment is what the file said when it could last be read. */
  says(experiment: Experiment): boolean {
    return JSON.stringify(experiment) === JSON.stringify(this.#readable);
  }

  get state(): AnalysisState | undefined {
    const record = this.#record;
    if (!record) return undefined;
    return {
      status: record.status === 'interrupted' ? 'cancelled' : record.status,
      results: this.#results,
      finished: this.#live?.finished ?? record.finished,
      planned: record.planned,
      stale: this.#stale,
      finishedAt: (this.#results ? this.resultsRecord : record)?.finishedAt ?? null,
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

  /** The run that found the results. */
  get resultsRecord(): RunRecord | undefined {
    return this.#record?.id === this.#resultsRun ? this.#record : this.records.find(this.#resultsRun);
  }

  /** The results beside those of another run. */
  get comparison(): Comparison | null {
    return this.#comparison;
  }

  /** When that comparison was asked for, in milliseconds since 1970; 0: there is none. */
  get comparedAt(): number {
    return this.#comparison ? this.#comparedAt : 0;
  }

  /** When the list of hazards was last asked for, as `comparedAt`. */
  get hazardsAt(): number {
    return this.#hazardsAt;
  }

  /** Has the dashboard bring the list of hazards to the front. */
  showHazards(): void {
    this.#hazardsAt = Date.now();
    this.#changed.fire();
  }

  setComparison(comparison: Comparison): void {
    this.#comparison = comparison;
    this.#comparedAt = Date.now();
    this.#changed.fire();
  }

  /** What the dashboard draws: the results, and of a run that goes on also previews. */
  get shown(): Results | null {
    return this.#preview?.results ?? this.#results;
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

  /** The replicates that are finished, with their checkpoints; those with a preview, with the newest one. */
  get offers(): ReplicateOffer[] {
    return (this.shown?.networks ?? []).flatMap(({ name, replicates }, network) =>
      replicates
        .filter(({ status }) => status === 'done')
        .map(({ seed, checkpoints }): ReplicateOffer => {
          const known = checkpoints.map(({ step, epoch }) => ({ step, epoch }));
          const training =
            this.#previews?.find({ network, seed }) && this.#live?.experiment.networks[network].training;
          if (!training) return { network: name, seed, checkpoints: known };
          const until = training.totalSteps / training.stepsPerEpoch;
          return { network: name, seed, checkpoints: known.slice(-1), until };
        }),
    );
  }

  /** The experiment that is shown. */
  get experiment(): Experiment | undefined {
    return this.#shownViews?.experiment ?? this.#live?.experiment;
  }

  get #shownViews(): ViewSession | undefined {
    return this.#preview?.views ?? this.#views;
  }

  /** Asks the thread of what is shown. */
  ask<T>(question: (session: Session, experiment: Experiment) => Promise<T>): Promise<T> {
    const views = this.#shownViews;
    if (!views) return Promise.reject(new Error('Nothing has been analysed yet.'));
    return views.ask((session) => question(session, views.experiment));
  }

  stimuli(): Promise<StimuliDetail> {
    const known = this.#shownViews?.stimuli;
    return known ? Promise.resolve(known) : this.ask((session) => session.stimuli());
  }

  /** The activation of one unit for every test stimulus. */
  async unit({ network, seed, step, layer, unit }: UnitKey): Promise<Float32Array> {
    const name = this.#named(network, seed);
    const preview = this.#previews?.find(name);
    if (!preview) return this.#askFinished(name, (session) => session.unit(name, { step, layer, unit }));
    const { checkpoint } = preview;
    return (
      activationsOf(preview, layer, unit) ??
      this.ask((session) => session.unit(name, { step: null, layer, unit, checkpoint }))
    );
  }

  /** What the pictures of one replicate are drawn from. */
  async detail({ network, seed, step, only }: DetailKey): Promise<ReplicateDetail> {
    const name = this.#named(network, seed);
    const preview = this.#previews?.find(name);
    if (!preview)
      return picture.run(
        { run: this.uri.toString(), network, seed, step, ...only },
        { opened: () => Promise.resolve(this.open()) },
      );
    // Of a replicate that still trains there is the newest picture, whatever was asked for: a session would train it.
    if (preview.detail.layers.some((layer) => layer.name === only?.layer)) return preview.detail;
    const checkpoints = this.#previews?.checkpoints(name, preview);
    return this.ask((session) => session.detail(name, null, { only, checkpoints }));
  }

  /** What is shown, for verbs to ask. */
  open(): OpenRun {
    const results = this.shown;
    if (!results) throw new Error('Nothing has been analysed yet.');
    const networks = results.networks.map(({ replicates, ...network }, at) => ({
      ...network,
      // A preview stands among what is shown as if it were finished.
      replicates: replicates.map((one) =>
        this.#previews?.find({ network: at, seed: one.seed })
          ? { ...one, status: 'cancelled' as const }
          : one,
      ),
    }));
    return {
      results: { ...results, networks },
      units: null,
      title: titleOf(results, fileNameOf(this.uri)),
      analysedAt: this.resultsRecord?.finishedAt ?? undefined,
      ask: (question) => this.ask(question),
    };
  }

  /** The finished replicates compared with each other, as they were at an epoch. */
  similarities({ epoch, ...request }: SimilaritiesKey): Promise<PairResults> {
    const views = this.#views;
    if (!views) return Promise.reject(new Error('Nothing has been analysed yet.'));
    const finished = replicates(views.experiment).filter((name) => isDone(this.#results, name));
    return views.ask((session) => session.similarities(finished, { request, epoch }));
  }

  /** A session would train a replicate that is not finished: of a run that was cancelled just now, say. */
  #askFinished<T>(name: ReplicateName, question: (session: Session) => Promise<T>): Promise<T> {
    // A preview stands among what is shown as if it were finished.
    if (!this.#previews?.find(name) && isDone(this.shown, name)) return this.ask(question);
    return Promise.reject(new Error('This replicate is not finished.'));
  }

  #named(network: string, seed: number): ReplicateName {
    const at = this.experiment?.networks.findIndex(({ name }) => name === network) ?? -1;
    if (at < 0) throw new Error(`There is no network “${network}” any longer.`);
    return { network: at, seed };
  }

  /**
   * Trains and analyses; a run that goes on is cancelled first. Never rejects: what went wrong is in the state.
   *
   * @param experiment as the file has it now
   * @param text of the file
   * @param quick one seed only
   */
  async run(experiment: Experiment, text: string, quick: boolean): Promise<void> {
    const turn = ++this.#turn;
    await this.#stopRun();
    if (turn !== this.#turn) return;
    const asked = quick ? { ...experiment, seeds: 1 } : experiment;
    const abort = new AbortController();
    this.#abort = abort;
    const live = new LiveRun(asked, text, quick);
    this.#live = live;
    this.#problem = '';
    this.#preview = null;
    this.#interim = [];
    this.#file = this.#readable = experiment;
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
    this.#turn++;
    await this.#stopRun();
  }

  async #stopRun(): Promise<void> {
    this.#abort?.abort();
    await this.#ended;
  }

  /**
   * Shows an earlier run.
   *
   * @param kept what it found, or, where that is nothing, what the run `by` before it did
   */
  show(record: RunRecord, kept: KeptRun | null, by = record): void {
    if (this.running) return;
    this.#record = record;
    this.#live = undefined;
    this.#problem = '';
    this.#setResults(kept?.results ?? null, kept ? this.#viewsOf(kept.experiment) : undefined, by);
    this.#changed.fire();
  }

  /** Forgets everything: its runs were deleted. */
  forget(): void {
    this.#record = undefined;
    this.#live = undefined;
    this.#setResults(null, undefined, undefined);
    this.#changed.fire();
  }

  /** Says whether the results are still those of the file; `null`: the file cannot be read as it is. */
  compareWith(experiment: Experiment | null): void {
    this.#file = experiment;
    this.#readable = experiment ?? this.#readable;
    const stale = this.#isStale();
    if (stale === this.#stale) return;
    this.#stale = stale;
    this.#changed.fire();
  }

  dispose(): void {
    this.#abort?.abort();
    this.#pace.dispose();
    void this.#views?.dispose();
    this.#changed.dispose();
    this.#progressed.dispose();
    this.#moved.dispose();
  }

  async #run(live: LiveRun, abort: AbortController): Promise<void> {
    const { experiment } = live;
    const name = this.uri.path;
    const started = performance.now();
    let session: Session | undefined;
    const views = this.#viewsOf(experiment);
    const previews = new Previews(
      (which, checkpoints) => views.ask((viewer) => viewer.preview(which, checkpoints)),
      () => this.#pace.soon('partial', 50, () => this.#partial(live, views)),
    );
    this.#previews = previews;
    try {
      log().info(`${name}: ${live.curves.length} replicates to be analysed`);
      const { problems, run } = await analyze.run(
        { file: name, workers: settings.workers, ...(live.quick ? { seeds: 1 } : {}) },
        {
          text: () => Promise.resolve(live.text),
          open: (planned) => Promise.resolve((session = this.engine.runSession(planned))),
          signal: abort.signal,
          on: (event) => this.#hear(event, live, previews, views),
        },
      );
      const [error] = problems.filter(({ severity }) => severity === 'error');
      if (!run) throw new Error(error.message);
      const { results } = run;
      this.#pace.stop('partial');
      const { aborted } = abort.signal;
      const some = live.finished > 0;
      // A run that was cancelled has not compared: what was compared on the way stays.
      const compared = aborted ? byKind(this.#interim) : {};
      if (some) this.#setResults({ ...results, ...compared }, views, this.#record);
      else if (!aborted) this.#problem = whyNone(results);
      const failed = !some && !aborted;
      this.#end(
        live,
        aborted ? 'cancelled' : failed ? 'failed' : 'done',
        some ? summaryLine(results) : this.#problem,
      );
    } catch (error) {
      this.#pace.stop('partial');
      const { aborted } = abort.signal;
      if (!aborted) {
        this.#problem = reason(error);
        log().error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : this.#problem}`);
      }
      this.#end(live, aborted ? 'cancelled' : 'failed', this.#problem);
    }
    if (this.#views !== views) void views.dispose();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log().info(`${name}: ${this.#record?.status ?? ''} after ${seconds} s, ${live.finished} finished`);
    if (session && this.#record?.status === 'done') this.engine.keepWarm(session);
    else await session?.dispose().catch((error: unknown) => log().warn(`${name}: ${reason(error)}`));
    await session?.trimStore().catch((error: unknown) => log().warn(`${name}: ${reason(error)}`));
  }

  /** Something has happened in the run. */
  #hear(event: RunEvent, live: LiveRun, previews: Previews, views: ViewSession): void {
    const { networks } = live.experiment;
    live.hear(event);
    if (event.kind === 'prepared') views.stimuli = event.prepared.detail;
    if (event.kind === 'checkpoint') previews.reached(event, event.checkpoint);
    if (event.kind === 'preview') {
      previews.arrived(event, event);
      // Somebody is about to look closer: the thread that answers views takes a moment to start. After the first pictures.
      this.#pace.later('views', viewsAfter, () => {
        if (live === this.#live && this.running) views.warm();
      });
    }
    if (event.kind === 'replicate') {
      if (event.results.status === 'done') previews.finished(event.network);
      const { status, reason: why } = event.results;
      const which = `${networks[event.network].name}/${event.seed}`;
      if (status === 'failed') log().warn(`${this.uri.path}: ${which} failed: ${why ?? ''}`);
      else log().debug(`${this.uri.path}: ${which} is ${event.reused ? 'in the store' : 'trained'}`);
      this.#pace.soon('partial', partialEvery, () => this.#partial(live, views));
      // What is in the store comes all at once, and so does the end.
      if (!event.reused && live.finished % networks.length === 0) void this.#compareSoFar(live, views);
    }
    this.#pace.soon('progress', progressEvery, () => this.#progressed.fire());
  }

  #end(live: LiveRun, status: Ending, summary: string): void {
    live.end();
    this.#previews?.end();
    this.#preview = null;
    this.#abort = undefined;
    this.#pace.stop('progress', 'keep');
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
  #partial(live: LiveRun, views: ViewSession): void {
    const { prepared } = live;
    if (live !== this.#live || !this.running || !prepared) return;
    const { experiment, text, curves } = live;
    const compared = this.#interim;
    const missing = (at: number): ReplicateResults => unfinishedReplicate(curves[at].seed, 'cancelled');
    if (live.finished > 0) {
      const outcomes = live.outcomes.map((outcome, at) => outcome ?? missing(at));
      this.#setResults(assemble(experiment, text, prepared, outcomes, compared), views, this.#record);
      this.#pace.later('keep', keptEvery, () => this.#keep());
    }
    this.#preview = null;
    if (this.#previews?.any === true) {
      const names = replicates(experiment);
      const outcomes = live.outcomes.map(
        (outcome, at) => outcome ?? this.#previews?.find(names[at])?.results ?? missing(at),
      );
      const preview = assemble(experiment, text, prepared, outcomes, compared);
      const note =
        'Networks without a finished replicate are drawn from a checkpoint of one that still trains.';
      // What half a training seems to show is no reason to be careful.
      const results = { ...preview, hazards: [], notes: [note, ...preview.notes] };
      this.#preview = { results, views };
    }
    this.#changed.fire();
  }

  /** Compares the replicates that are finished: once all networks have one more. */
  async #compareSoFar(live: LiveRun, views: ViewSession): Promise<void> {
    const { experiment, outcomes, finished } = live;
    const networks = experiment.networks.length;
    const names = replicates(experiment).filter((_, at) => outcomes[at]?.status === 'done');
    if (names.length < 2) return;
    try {
      const similarities = await views.ask((session) => session.similarities(names));
      if (live !== this.#live || !this.running || live.finished >= finished + networks) return;
      this.#interim = [similarities];
      this.#partial(live, views);
    } catch (error) {
      // The end of the run says what is wrong, unless it is only this that fails.
      log().debug(`No similarities of ${finished} replicates: ${reason(error)}`);
    }
  }

  /** A session for views of an experiment: the one at hand, if it is of the same. */
  #viewsOf(experiment: Experiment): ViewSession {
    const known = this.#views;
    if (known && JSON.stringify(known.experiment) === JSON.stringify(experiment)) return known;
    return new ViewSession(experiment, (asked) => this.engine.viewSession(asked));
  }

  #adopt(views: ViewSession | undefined): void {
    if (views === this.#views) return;
    void this.#views?.dispose();
    this.#views = views;
  }

  #setResults(results: Results | null, views: ViewSession | undefined, by: RunRecord | undefined): void {
    this.#adopt(views);
    this.#resultsRun = results ? (by?.id ?? '') : '';
    // A comparison is of these results, and of no others.
    if (results?.fingerprint !== this.#results?.fingerprint) this.#comparison = null;
    this.#results = results;
    this.#quickResults = by?.quick ?? false;
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
    return runMessage(this.#record, {
      going: this.#live?.message,
      problem: this.#problem,
      stale: this.#stale,
      earlier: this.#results !== null && this.#resultsRun !== this.#record?.id,
    });
  }
}

function isDone(results: Results | null, { network, seed }: ReplicateName): boolean {
  const known = results?.networks[network]?.replicates ?? [];
  return known.some((one) => one.seed === seed && one.status === 'done');
}
