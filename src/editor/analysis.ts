import * as vscode from 'vscode';
import { broughtBy } from './brought';
import type { Experiment } from '../experiment/experiment';
import { withSeeds } from '../experiment/replicates';
import { titleOf } from '../experiment/short-name';
import type { AnalysisState } from '../language/analysis-state';
import type { ReplicateOffer, RunState } from '../protocol/dashboard';
import type { AnswerOf, PictureKind, PictureQuery } from '../protocol/pictures';
import type { Results } from '../protocol/results';
import type { OpenRun } from '../verbs/open-run';
import { answerPicture } from '../verbs/pictures/pictures';
import { beginRecord } from './begin-record';
import type { EngineRoom } from './engine';
import { fileNameOf } from './experiment-file';
import { afterEvent, type Compared, type FileEvent, type FileState, nothingKnown } from './file-state';
import { type Ended, GoingRun } from './going-run';
import { LiveRun } from './live-run';
import { log, reason } from './log';
import type { KeptRun, RunRecord, RunRecords } from './run-records';
import { ShownRun } from './shown-run';
import { analysisState, foundRecord, runState } from './standing';
import { stepDone } from './steps-done';
import { FoundViews, type ViewSession } from './view-session';

/** One experiment file: what is known of it (`FileState`), the run that goes on, and who answers what views ask. */
export class Analysis implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<void>();
  readonly #moved = new vscode.EventEmitter<void>();
  #uri: vscode.Uri;
  #known = nothingKnown;
  readonly #views: FoundViews;
  #going: GoingRun | undefined;
  /** Counts what was asked for: of several runs that wait for the end of one, the last begins. */
  #last = { turn: 0, ended: Promise.resolve() };

  constructor(
    uri: vscode.Uri,
    private readonly engine: EngineRoom,
    private readonly records: RunRecords,
  ) {
    this.#uri = uri;
    this.#views = new FoundViews((experiment) => engine.viewSession(experiment));
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
    return analysisState(this.#known, this.records, this.#going);
  }

  /** How the run stands, for the dashboard. */
  get runState(): RunState {
    return runState(this.#known, this.records, this.#going);
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
    return foundRecord(this.#known, this.records);
  }

  /** What the user has asked to see: a comparison with other runs, the list of hazards. */
  get asked(): Pick<FileState, 'comparison' | 'hazardsAt'> {
    return this.#known;
  }

  /** Has the dashboard bring the list of hazards to the front. */
  showHazards(): void {
    this.#happened({ kind: 'hazardsAsked', at: Date.now() });
    this.#changed.fire();
  }

  setComparison(comparison: Compared): void {
    stepDone('edit');
    this.#happened({ kind: 'compared', comparison });
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

  /** The experiment that is shown. */
  get experiment(): Experiment | undefined {
    return this.#shown.experiment;
  }

  /** The replicates that can be looked at. */
  get offers(): ReplicateOffer[] {
    return this.#shown.offers;
  }

  /** What a picture of what is shown is drawn from. */
  picture<K extends PictureKind>(query: PictureQuery<K>): Promise<AnswerOf<K>> {
    // Of single units and of similarities: whoever asks looks closer.
    if (query.kind === 'unit' || query.kind === 'similarities') stepDone('panels');
    return answerPicture(
      query,
      this.#shown.room(() => this.open()),
    );
  }

  /** What is shown, for verbs to ask. @throws Error where there is nothing */
  open(): OpenRun {
    const { shown } = this;
    if (!shown) throw new Error('Nothing has been analysed yet.');
    return this.#shown.open(
      shown,
      titleOf(shown, fileNameOf(this.uri)),
      this.resultsRecord?.finishedAt ?? undefined,
    );
  }

  get #shown(): ShownRun {
    return new ShownRun(
      this.shown,
      this.#known.preview ? this.#going?.views : this.#views.current,
      this.#going,
    );
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
    const asked = quick ? withSeeds(experiment, 1) : experiment;
    const going = this.#begin(new LiveRun(asked, text, quick));
    const [uri, planned] = [this.uri.toString(), going.live.curves.length];
    const beginning = { uri, experiment: asked, quick, planned, now: Date.now() };
    const record = beginRecord(beginning, this.record);
    this.#happened({ kind: 'begun', record, experiment });
    this.#keep();
    this.#changed.fire();
    const run = going.run(this.engine);
    this.#last.ended = run;
    await run;
  }

  #begin(live: LiveRun): GoingRun {
    const views = this.#views.of(live.experiment);
    const going: GoingRun = new GoingRun(live, views, this.uri.path, broughtBy(this.uri), {
      found: (results, preview) => {
        if (results) this.#found(results, views);
        this.#happened({ kind: 'previewed', results: preview });
        this.#changed.fire();
      },
      progressed: () => this.#progressed.fire(),
      keep: () => this.#keep(),
      ended: (how) => this.#ended(how, views),
    });
    return (this.#going = going);
  }

  #ended({ results, ...how }: Ended, views: ViewSession): void {
    if (results) this.#found(results, views);
    this.#happened({ kind: 'ended', ...how, at: Date.now() });
    this.#keep();
    this.#progressed.fire();
    this.#changed.fire();
    if (this.#views.current !== views) void views.dispose();
  }

  #found(results: Results, views: ViewSession): void {
    this.#views.adopt(views);
    this.#happened({ kind: 'found', results });
  }

  /** Resolves when the run has ended; at once where there is none. */
  async cancel(): Promise<void> {
    this.#last.turn++;
    await this.#stopRun();
  }

  async #stopRun(): Promise<void> {
    this.#going?.cancel();
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
    this.#views.adopt(kept ? this.#views.of(kept.experiment) : undefined);
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
    this.#views.adopt(undefined);
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
    this.#going?.dispose();
    this.#views.adopt(undefined);
    this.#changed.dispose();
    this.#progressed.dispose();
    this.#moved.dispose();
  }

  /** Writes the record, and the results of a finished replicate, in the background. */
  #keep(): void {
    const { record, results } = this.#known;
    if (!record) return;
    const { live } = this;
    const experiment = this.#views.current?.experiment;
    const fresh = (live?.finished ?? 0) > 0;
    const kept = fresh && results && experiment ? { results, experiment } : undefined;
    const counted = live ? { ...record, finished: Math.max(record.finished, live.finished) } : record;
    this.records
      .keep(counted, kept)
      .catch((error: unknown) => log().warn(`The history of runs was not written: ${reason(error)}`));
  }
}
