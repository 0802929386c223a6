import type { BroughtFiles } from '../experiment/brought';
import { computedBy } from '../formats/computed-by';
import { replicateLabel } from '../core/replicate';
import { byKind } from '../protocol/pair-results';
import type { Results } from '../protocol/results';
import type { Ending } from '../protocol/status';
import type { RunEvent, Session } from '../run/session';
import { sourcesOf } from '../sources/sources';
import { analyze } from '../verbs/analyze';
import type { EngineRoom } from './engine';
import type { LiveRun } from './live-run';
import { log, reason } from './log';
import { Pace } from './pace';
import { Previews } from './previews';
import { whyNone } from './run-message';
import { settings } from './settings';
import { stepDone } from './steps-done';
import { summaryLine } from './summary-line';
import type { ViewSession } from './view-session';

/** Views are told of progress at most this often (milliseconds) … */
const progressEvery = 200;
/** … of replicates that are finished … */
const resultsEvery = 500;
/** … and of first pictures. */
const previewsEvery = 50;
/** The thread that answers views is started so long after a first preview, if nothing was asked of it before (milliseconds). */
const viewsAfter = 1500;
/** What is found is written at most this often (milliseconds): after a reload it is what there is to see until the run is resumed … */
const keptEvery = 2000;
/** … and when it has become this many times as much: all writing together then takes a few times as long as the last. */
const keptAgain = 1.25;
/** Replicates of a point are compared while a run goes on as long as they are no more than this: of more, their similarities hold up the thread of all extensions. */
const mostCompared = 200;

/** How a run has ended. */
export interface Ended {
  readonly status: Ending;
  /** Of its replicates those that are finished. */
  readonly finished: number;
  /** What was found, in a line. */
  readonly summary: string;
  /** Why nothing was found. */
  readonly problem: string;
  /** What was found; null: nothing. */
  readonly results: Results | null;
}

/** Who hears of a run that goes on. */
interface RunHearer {
  /** @param results of the replicates that are finished; null before the first. @param preview with what training networks show; null without */
  readonly found: (results: Results | null, preview: Results | null) => void;
  /** Its curves went on. */
  readonly progressed: () => void;
  /** What is known is worth writing. */
  readonly keep: () => void;
  readonly ended: (how: Ended) => void;
}

/** A run of this session of the editor, which goes on or is over. */
export class GoingRun {
  readonly previews: Previews;
  readonly #abort = new AbortController();
  readonly #pace = new Pace();
  #running = true;
  #comparing = false;
  /** Replicates that were finished when the results were last written. */
  #kept = 0;

  /** @param views answers what is asked of it. @param name of the file, in the log. @param brought along by it */
  constructor(
    readonly live: LiveRun,
    readonly views: ViewSession,
    private readonly name: string,
    private readonly brought: BroughtFiles,
    private readonly hearer: RunHearer,
  ) {
    this.previews = new Previews(
      (which, checkpoints) => views.ask((viewer) => viewer.preview(which, checkpoints)),
      () => this.#tellSoon(previewsEvery),
    );
  }

  get running(): boolean {
    return this.#running;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** Trains and analyses, once. Never rejects: what went wrong is in how it ended. */
  async run(engine: EngineRoom): Promise<void> {
    const { live, name } = this;
    const started = performance.now();
    let session: Session | undefined;
    let ended: Ended;
    try {
      log().info(`${name}: ${live.curves.length} replicates to be analysed`);
      ended = this.#endOf(await this.#analyze((planned) => (session = engine.runSession(planned))));
    } catch (error) {
      const { aborted } = this.#abort.signal;
      const problem = aborted ? '' : reason(error);
      if (!aborted) log().error(`${name}: ${error instanceof Error ? (error.stack ?? problem) : problem}`);
      ended = this.#ending(aborted ? 'cancelled' : 'failed', problem, problem, null);
    }
    live.end();
    this.previews.end();
    this.#running = false;
    this.#pace.dispose();
    this.hearer.ended(ended);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log().info(`${name}: ${ended.status} after ${seconds} s, ${live.finished} finished`);
    const warn = (error: unknown): void => log().warn(`${name}: ${reason(error)}`);
    if (session && ended.status === 'done') engine.keepWarm(session);
    else await session?.dispose().catch(warn);
    await session?.trimStore().catch(warn);
  }

  dispose(): void {
    this.cancel();
    this.#pace.dispose();
  }

  /** @throws Error where the file cannot be analysed, or threads or store fail */
  async #analyze(open: (planned: Parameters<EngineRoom['runSession']>[0]) => Session): Promise<Results> {
    const { live } = this;
    const { problems, run } = await analyze.run(
      { file: this.name, workers: settings.workers, ...(live.quick ? { seeds: 1 } : {}) },
      {
        text: () => Promise.resolve(live.text),
        brought: () => this.brought,
        open: (planned) => Promise.resolve(open(planned)),
        signal: this.#abort.signal,
        on: (event) => this.#hear(event),
      },
    );
    const [error] = problems.filter(({ severity }) => severity === 'error');
    if (!run) throw new Error(error.message);
    return run.results;
  }

  /** The run has answered: with all, or after an abort with what was finished. */
  #endOf(results: Results): Ended {
    const { live } = this;
    const { aborted } = this.#abort.signal;
    const some = live.finished > 0;
    // A run that was cancelled has not compared: what was compared on the way stays.
    const compared = aborted ? byKind(live.compared) : {};
    const problem = some || aborted ? '' : whyNone(results);
    const status = aborted ? 'cancelled' : some ? 'done' : 'failed';
    if (status === 'done') stepDone('analyze');
    const found = some ? { ...results, ...compared } : null;
    return this.#ending(status, some ? summaryLine(results) : problem, problem, found);
  }

  #ending(status: Ending, summary: string, problem: string, results: Results | null): Ended {
    return { status, finished: this.live.finished, summary, problem, results };
  }

  /** Something has happened in the run. */
  #hear(event: RunEvent): void {
    const { live, previews, views } = this;
    live.hear(event);
    if (event.kind === 'prepared') {
      views.stimuli = event.prepared.detail;
      log().info(`${this.name}: ${computedBy(event.prepared.lanes)}`);
    }
    if (event.kind === 'checkpoint') previews.reached(event, event.checkpoint);
    if (event.kind === 'preview') {
      previews.arrived(event, event);
      // Somebody is about to look closer: the thread that answers views takes a moment to start. After the first pictures.
      this.#pace.later('views', viewsAfter, () => views.warm());
    }
    if (event.kind === 'replicate') this.#finished(event);
    this.#pace.soon('progress', progressEvery, () => this.hearer.progressed());
  }

  /** A replicate is: in whichever way. */
  #finished(event: RunEvent & { kind: 'replicate' }): void {
    const { name } = this;
    const { status, reason: why } = event.results;
    const which = replicateLabel(event);
    if (status === 'done') this.previews.finished(event);
    if (status === 'failed') log().warn(`${name}: ${which} failed: ${why ?? ''}`);
    else log().debug(`${name}: ${which} is ${event.reused ? 'in the store' : 'made'}`);
    this.#tellSoon(resultsEvery);
    // What is in the store comes all at once, and so does the end.
    if (!event.reused) void this.#compareSoFar(event.point);
  }

  #tellSoon(every: number): void {
    this.#pace.soon('results', every, () => this.#tell());
  }

  /** What is known of a run that goes on: intervals tighten as seeds arrive. */
  #tell(): void {
    if (!this.#running) return;
    const { live, previews } = this;
    this.hearer.found(live.results, previews.any ? live.previewed(previews) : null);
    if (live.finished >= Math.max(1, keptAgain * this.#kept))
      this.#pace.later('keep', keptEvery, () => {
        this.#kept = live.finished;
        this.hearer.keep();
      });
  }

  /** Compares the replicates of a point that are finished, once all sources have one more; what comes meanwhile is compared with the next. */
  async #compareSoFar(point: number): Promise<void> {
    const { live, views } = this;
    const done = live.done.filter((replicate) => replicate.point === point);
    if (this.#comparing || done.length < 2 || done.length > mostCompared) return;
    if (done.length % sourcesOf(live.experiment).length !== 0) return;
    this.#comparing = true;
    try {
      const similarities = await views.ask((session) => session.similarities(done));
      if (!this.#running) return;
      live.compared = [...live.compared.filter((one) => (one.point ?? 0) !== point), similarities];
      this.#tell();
    } catch (error) {
      // The end of the run says what is wrong, unless it is only this that fails.
      log().debug(`No similarities of ${done.length} replicates: ${reason(error)}`);
    } finally {
      this.#comparing = false;
    }
  }
}
