import * as vscode from 'vscode';
import { type Replicate, replicateNamed } from '../core/replicate';
import type { Experiment } from '../experiment/experiment';
import { networkOf } from '../experiment/replicates';
import { titleOf } from '../experiment/short-name';
import type { Comparison } from '../protocol/comparison';
import type { ReplicateOffer, RunState } from '../protocol/dashboard';
import type { AnswerOf, PictureKind, PictureQuery } from '../protocol/pictures';
import type { Results } from '../protocol/results';
import { byKind, replicateLabel } from '../protocol/pair-results';
import type { Ending } from '../protocol/status';
import type { RunEvent, Session } from '../run/session';
import { analyze } from '../verbs/analyze';
import type { OpenRun } from '../verbs/open-run';
import { answerPicture } from '../verbs/pictures/pictures';
import type { AnalysisState } from '../language/analysis-state';
import { beginRecord } from './begin-record';
import type { EngineRoom } from './engine';
import { fileNameOf } from './experiment-file';
import { afterEvent, type FileEvent, nothingKnown } from './file-state';
import { LiveRun } from './live-run';
import { log, reason } from './log';
import { Pace } from './pace';
import { Previews } from './previews';
import { runMessage, whyNone } from './run-message';
import type { KeptRun, RunRecord, RunRecords } from './run-records';
import { settings } from './settings';
import { stepDone } from './steps-done';
import { summaryLine } from './summary-line';
import { ViewSession } from './view-session';

/** Views are told of progress at most this often (milliseconds). */
const progressEvery = 200;
/** The thread that answers views is started so long after a first preview, if nothing was asked of it before (milliseconds). */
const viewsAfter = 1500;
/** Views are told of replicates that are finished at most this often. */
const partialEvery = 500;
/** And written at most this often: after a reload they are what there is to see until the run is resumed. */
const keptEvery = 2000;

/** A run of this session of the editor, which goes on or is over. */
interface Going {
  readonly live: LiveRun;
  readonly abort: AbortController;
  /** Answers what is asked of it. */
  readonly views: ViewSession;
  readonly previews: Previews;
  running: boolean;
}

/** One experiment file: what is known of it (`FileState`), the run that goes on, and who answers what views ask. */
export class Analysis implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  readonly #moved = new vscode.EventEmitter<void>();
  readonly #pace = new Pace();
  #uri: vscode.Uri;
  #known = nothingKnown;
  /** Of the results. */
  #views: ViewSession | undefined;
  #going: Going | undefined;
  /** Counts what was asked for: of several runs that wait for the end of one, the last begins. */
  #last = { turn: 0, ended: Promise.resolve() };

  constructor(
    uri: vscode.Uri,
    private readonly engine: EngineRoom,
    private readonly records: RunRecords,
  ) {
    this.#uri = uri;
  }

  /** Results, status or staleness have changed. */
  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  /** A run went on; at most ten times a second. */
  get onDidProgress(): vscode.Event<void> {
    return this.#progressed.event;
  }

  /** The file has another name. */
  get onDidMove(): vscode.Event<void> {
    return this.#moved.event;
  }

  /** The experiment file. */
  get uri(): vscode.Uri {
    return this.#uri;
  }

  /** The file has another name from now on; its runs are told by who moves them. */
  moveTo(uri: vscode.Uri): void {
    this.#uri = uri;
    this.#happened({ kind: 'moved', uri: uri.toString() });
    this.#moved.fire();
    this.#changed.fire();
  }

  #happened(event: FileEvent): void {
    this.#known = afterEvent(this.#known, event);
  }

  /** Whether an experiment is what the file said when it could last be read. */
  says(experiment: Experiment): boolean {
    return JSON.stringify(experiment) === JSON.stringify(this.#known.readable);
  }

  get state(): AnalysisState | undefined {
    const { record, results, stale } = this.#known;
    if (!record) return undefined;
    return {
      status: record.status === 'interrupted' ? 'cancelled' : record.status,
      results,
      finished: this.live?.finished ?? record.finished,
      planned: record.planned,
      foundBy: this.#foundBy,
      stale,
      finishedAt: (results ? this.resultsRecord : record)?.finishedAt ?? null,
    };
  }

  /** Which run of the file found the results. */
  get #foundBy(): AnalysisState['foundBy'] {
    const { record, results, foundBy } = this.#known;
    if (record && this.records.newestOf(record)?.id !== record.id) return 'older';
    return results && foundBy?.id !== record?.id ? 'before' : 'newest';
  }

  get running(): boolean {
    return this.#going?.running ?? false;
  }

  get record(): RunRecord | undefined {
    return this.#known.record;
  }

  get results(): Results | null {
    return this.#known.results;
  }

  /** The run that found the results. */
  get resultsRecord(): RunRecord | undefined {
    const { record, foundBy } = this.#known;
    return record?.id === foundBy?.id ? record : this.records.find(foundBy?.id ?? '');
  }

  /** The results beside those of another run. */
  get comparison(): Comparison | null {
    return this.#known.comparison?.of ?? null;
  }

  /** When that comparison was asked for, in milliseconds since 1970; 0: there is none. */
  get comparedAt(): number {
    return this.#known.comparison?.at ?? 0;
  }

  /** When the list of hazards was last asked for, as `comparedAt`. */
  get hazardsAt(): number {
    return this.#known.hazardsAt;
  }

  /** Has the dashboard bring the list of hazards to the front. */
  showHazards(): void {
    this.#happened({ kind: 'hazardsAsked', at: Date.now() });
    this.#changed.fire();
  }

  setComparison(comparison: Comparison): void {
    stepDone('edit');
    this.#happened({ kind: 'compared', comparison, at: Date.now() });
    this.#changed.fire();
  }

  /** What the dashboard draws: the results, and of a run that goes on also previews. */
  get shown(): Results | null {
    return this.#known.preview ?? this.#known.results;
  }

  /** The curves of the run of this session of the editor. */
  get live(): LiveRun | undefined {
    return this.#going?.live;
  }

  /** How the run stands, for the dashboard. */
  get runState(): RunState {
    const { record, preview, stale, problem } = this.#known;
    const planned = record?.planned ?? 0;
    const finished = (this.running ? this.live?.finished : record?.finished) ?? 0;
    // Of a run that goes on there may be previews.
    const foundBy = preview ? 'newest' : this.#foundBy;
    const found = this.resultsRecord;
    return {
      status: record?.status ?? 'none',
      message: runMessage(record, {
        going: this.live?.message,
        problem,
        stale,
        foundBy,
        found,
        now: Date.now(),
      }),
      finished,
      planned,
      progress: this.running ? (this.live?.progress ?? 0) : planned === 0 ? 0 : finished / planned,
      quick: record?.quick ?? false,
      stale: stale || (this.running && foundBy === 'before'),
      foundBy,
    };
  }

  /** The replicates that are finished, with their checkpoints; those with a preview, with the newest one. */
  get offers(): ReplicateOffer[] {
    return (this.shown?.networks ?? []).flatMap(({ name, replicates }) =>
      replicates
        .filter(({ status }) => status === 'done')
        .map(({ seed, checkpoints }): ReplicateOffer => {
          const known = checkpoints.map(({ step, epoch }) => ({ step, epoch }));
          const replicate = replicateNamed(name, seed);
          if (!this.#going?.previews.find(replicate)) return { network: name, seed, checkpoints: known };
          const { training } = networkOf(this.#going.live.experiment, replicate);
          const until = training.totalSteps / training.stepsPerEpoch;
          return { network: name, seed, checkpoints: known.slice(-1), until };
        }),
    );
  }

  /** The experiment that is shown. */
  get experiment(): Experiment | undefined {
    return this.#shownViews?.experiment ?? this.live?.experiment;
  }

  get #shownViews(): ViewSession | undefined {
    return this.#known.preview ? this.#going?.views : this.#views;
  }

  /** Asks the thread of what is shown. */
  ask<T>(question: (session: Session, experiment: Experiment) => Promise<T>): Promise<T> {
    const views = this.#shownViews;
    if (!views) return Promise.reject(new Error('Nothing has been analysed yet.'));
    return views.ask((session) => question(session, views.experiment));
  }

  /** What a picture of what is shown is drawn from. */
  picture<K extends PictureKind>(query: PictureQuery<K>): Promise<AnswerOf<K>> {
    // Of single units and of similarities: whoever asks looks closer.
    if (query.kind === 'unit' || query.kind === 'similarities') stepDone('panels');
    return answerPicture(query, {
      open: () => this.open(),
      stimuli: this.#shownViews?.stimuli,
      training: (network, seed) => this.#training(network, seed),
    });
  }

  #training(network: string, seed: number) {
    const name = this.#named(network, seed);
    const previews = this.#going?.previews;
    const preview = previews?.find(name);
    return previews && preview ? { preview, checkpoints: previews.checkpoints(name, preview) } : undefined;
  }

  /** What is shown, for verbs to ask. */
  open(): OpenRun {
    const results = this.shown;
    if (!results) throw new Error('Nothing has been analysed yet.');
    const networks = results.networks.map(({ replicates, ...network }) => ({
      ...network,
      // A preview stands among what is shown as if it were finished.
      replicates: replicates.map((one) =>
        this.#going?.previews.find(replicateNamed(network.name, one.seed))
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

  #named(network: string, seed: number): Replicate {
    if (!this.experiment?.networks.some(({ name }) => name === network))
      throw new Error(`There is no network “${network}” any longer.`);
    return replicateNamed(network, seed);
  }

  /**
   * Trains and analyses; a run that goes on is cancelled first. Never rejects: what went wrong is in the state.
   *
   * @param experiment as the file has it now
   * @param text of the file
   * @param quick one seed only
   */
  async run(experiment: Experiment, text: string, quick: boolean): Promise<void> {
    const turn = ++this.#last.turn;
    await this.#stopRun();
    if (turn !== this.#last.turn) return;
    const asked = quick ? { ...experiment, seeds: 1 } : experiment;
    const going = this.#begin(new LiveRun(asked, text, quick));
    const [uri, planned] = [this.uri.toString(), going.live.curves.length];
    const beginning = { uri, experiment: asked, quick, planned, now: Date.now() };
    const record = beginRecord(beginning, this.record);
    this.#happened({ kind: 'begun', record, experiment });
    this.#keep();
    this.#changed.fire();
    const run = this.#run(going);
    this.#last.ended = run;
    await run;
  }

  #begin(live: LiveRun): Going {
    const views = this.#viewsOf(live.experiment);
    const previews = new Previews(
      (which, checkpoints) => views.ask((viewer) => viewer.preview(which, checkpoints)),
      () => this.#pace.soon('partial', 50, () => this.#partial(going)),
    );
    const going: Going = { live, abort: new AbortController(), views, previews, running: true };
    return (this.#going = going);
  }

  /** Resolves when the run has ended; at once where there is none. */
  async cancel(): Promise<void> {
    this.#last.turn++;
    await this.#stopRun();
  }

  async #stopRun(): Promise<void> {
    this.#going?.abort.abort();
    await this.#last.ended;
  }

  /**
   * Shows an earlier run.
   *
   * @param kept what it found, or, where that is nothing, what the run `by` before it did
   */
  show(record: RunRecord, kept: KeptRun | null, by = record): void {
    if (this.running) return;
    this.#going = undefined;
    this.#adopt(kept ? this.#viewsOf(kept.experiment) : undefined);
    this.#happened({ kind: 'opened', record, results: kept?.results ?? null, by });
    this.#changed.fire();
  }

  /** Runs of the file were deleted or have another name. */
  historyChanged(): void {
    this.#changed.fire();
  }

  /** Forgets everything: its runs were deleted. */
  forget(): void {
    this.#going = undefined;
    this.#adopt(undefined);
    this.#happened({ kind: 'forgotten' });
    this.#changed.fire();
  }

  /** Says whether the results are still those of the file; `null`: the file cannot be read as it is. */
  compareWith(experiment: Experiment | null): void {
    const { stale } = this.#known;
    this.#happened({ kind: 'read', experiment });
    if (stale !== this.#known.stale) this.#changed.fire();
  }

  dispose(): void {
    this.#going?.abort.abort();
    this.#pace.dispose();
    void this.#views?.dispose();
    this.#changed.dispose();
    this.#progressed.dispose();
    this.#moved.dispose();
  }

  async #run(going: Going): Promise<void> {
    const { live, views, abort } = going;
    const name = this.uri.path;
    const started = performance.now();
    let session: Session | undefined;
    try {
      log().info(`${name}: ${live.curves.length} replicates to be analysed`);
      const { problems, run } = await analyze.run(
        { file: name, workers: settings.workers, ...(live.quick ? { seeds: 1 } : {}) },
        {
          text: () => Promise.resolve(live.text),
          open: (planned) => Promise.resolve((session = this.engine.runSession(planned))),
          signal: abort.signal,
          on: (event) => this.#hear(event, going),
        },
      );
      const [error] = problems.filter(({ severity }) => severity === 'error');
      if (!run) throw new Error(error.message);
      this.#finish(going, run.results);
    } catch (error) {
      this.#pace.stop('partial');
      const { aborted } = abort.signal;
      const problem = aborted ? '' : reason(error);
      if (!aborted) log().error(`${name}: ${error instanceof Error ? (error.stack ?? problem) : problem}`);
      this.#end(going, aborted ? 'cancelled' : 'failed', problem, problem);
    }
    if (this.#views !== views) void views.dispose();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log().info(`${name}: ${this.record?.status ?? ''} after ${seconds} s, ${live.finished} finished`);
    if (session && this.record?.status === 'done') this.engine.keepWarm(session);
    else await session?.dispose().catch((error: unknown) => log().warn(`${name}: ${reason(error)}`));
    await session?.trimStore().catch((error: unknown) => log().warn(`${name}: ${reason(error)}`));
  }

  /** The run has answered: with all, or after an abort with what was finished. */
  #finish(going: Going, results: Results): void {
    const { live, abort } = going;
    const { aborted } = abort.signal;
    this.#pace.stop('partial');
    const some = live.finished > 0;
    // A run that was cancelled has not compared: what was compared on the way stays.
    const compared = aborted ? byKind(live.compared) : {};
    if (some) this.#found({ ...results, ...compared }, going);
    const problem = some || aborted ? '' : whyNone(results);
    const status = aborted ? 'cancelled' : some ? 'done' : 'failed';
    if (status === 'done') stepDone('analyze');
    this.#end(going, status, some ? summaryLine(results) : problem, problem);
  }

  /** Something has happened in the run. */
  #hear(event: RunEvent, going: Going): void {
    const { live, previews, views } = going;
    const { networks } = live.experiment;
    live.hear(event);
    if (event.kind === 'prepared') views.stimuli = event.prepared.detail;
    if (event.kind === 'checkpoint') previews.reached(event, event.checkpoint);
    if (event.kind === 'preview') {
      previews.arrived(event, event);
      // Somebody is about to look closer: the thread that answers views takes a moment to start. After the first pictures.
      this.#pace.later('views', viewsAfter, () => {
        if (this.#goesOn(going)) views.warm();
      });
    }
    if (event.kind === 'replicate') {
      if (event.results.status === 'done') previews.finished(event);
      const { status, reason: why } = event.results;
      const which = replicateLabel(event);
      if (status === 'failed') log().warn(`${this.uri.path}: ${which} failed: ${why ?? ''}`);
      else log().debug(`${this.uri.path}: ${which} is ${event.reused ? 'in the store' : 'trained'}`);
      this.#pace.soon('partial', partialEvery, () => this.#partial(going));
      // What is in the store comes all at once, and so does the end.
      if (!event.reused && live.finished % networks.length === 0) void this.#compareSoFar(going);
    }
    this.#pace.soon('progress', progressEvery, () => this.#progressed.fire());
  }

  #goesOn(going: Going): boolean {
    return going === this.#going && going.running;
  }

  #end(going: Going, status: Ending, summary: string, problem: string): void {
    const { live, previews } = going;
    live.end();
    previews.end();
    going.running = false;
    this.#pace.stop('progress', 'keep');
    this.#happened({ kind: 'ended', status, at: Date.now(), finished: live.finished, summary, problem });
    this.#keep();
    this.#progressed.fire();
    this.#changed.fire();
  }

  #found(results: Results, { views }: Going): void {
    this.#adopt(views);
    this.#happened({ kind: 'found', results });
  }

  /** What is known of a run that goes on: intervals tighten as seeds arrive. */
  #partial(going: Going): void {
    const { live, previews } = going;
    if (!this.#goesOn(going)) return;
    const { results } = live;
    if (results) {
      this.#found(results, going);
      this.#pace.later('keep', keptEvery, () => this.#keep());
    }
    this.#happened({ kind: 'previewed', results: previews.any ? live.previewed(previews) : null });
    this.#changed.fire();
  }

  /** Compares the replicates that are finished: once all networks have one more. */
  async #compareSoFar(going: Going): Promise<void> {
    const { live, views } = going;
    const { experiment, done, finished } = live;
    const networks = experiment.networks.length;
    if (done.length < 2) return;
    try {
      const similarities = await views.ask((session) => session.similarities(done));
      if (!this.#goesOn(going) || live.finished >= finished + networks) return;
      live.compared = [similarities];
      this.#partial(going);
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

  /** Writes the record, and the results of a finished replicate, in the background. */
  #keep(): void {
    const { record, results } = this.#known;
    if (!record) return;
    const { live } = this;
    const experiment = this.#views?.experiment;
    const fresh = (live?.finished ?? 0) > 0;
    const kept = fresh && results && experiment ? { results, experiment } : undefined;
    const counted = live ? { ...record, finished: Math.max(record.finished, live.finished) } : record;
    this.records
      .keep(counted, kept)
      .catch((error: unknown) => log().warn(`The history of runs was not written: ${reason(error)}`));
  }
}
