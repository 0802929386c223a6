import { type Replicate, replicateKey, replicateLabel } from '../core/replicate';
import { Values } from '../core/values';
import type { Experiment } from '../experiment/experiment';
import { replicatesOf } from '../experiment/replicates';
import type { Live, LiveCurve, RunState } from '../protocol/dashboard';
import type { PairResults, ReplicateResults, Results } from '../protocol/results';
import { assemble, GrowingResults } from '../run/assemble';
import type { Prepared, Preview } from '../run/jobs';
import { unfinished } from '../run/outcome';
import type { RunEvent } from '../run/session';
import type { Progress } from '../training/engine';

/** Points of a curve that are kept: more could not be told apart in a small picture. */
const maximumPoints = 240;

/** A run as it goes: its curves, how far it is, and the replicates that are finished. Made from the events of a session. */
export class LiveRun {
  readonly #replicates: readonly Replicate[];
  /** By `replicateKey`: its place among the replicates, the curves and what was found. */
  readonly #places: ReadonlyMap<string, number>;
  readonly curves: LiveCurve[];
  /** One per replicate, in the session's order; null until it is finished. */
  readonly #found: (ReplicateResults | null)[];
  /** Since the stimuli have been drawn. */
  #drawn: { readonly prepared: Prepared; readonly results: GrowingResults } | undefined;
  /** Similarities of the replicates that are finished, while others are not. */
  compared: PairResults[] = [];
  #comparing = { done: 0, of: 0 };
  /** Raised with every change of a curve. */
  #version = 0;
  readonly #versions: number[];

  constructor(
    readonly experiment: Experiment,
    /** Of its file. */
    readonly text: string,
    readonly quick: boolean,
  ) {
    this.#replicates = replicatesOf(experiment);
    this.#places = new Map(this.#replicates.map((replicate, at) => [replicateKey(replicate), at]));
    this.curves = this.#replicates.map((replicate): LiveCurve => {
      // A recording that was brought along has none.
      const network = experiment.networks.find(({ name }) => name === replicate.source);
      const tasks = network?.tasks ?? [];
      return {
        ...replicate,
        status: 'waiting',
        reused: false,
        step: 0,
        totalSteps: network?.training.totalSteps ?? 0,
        tasks: [...tasks],
        epochs: [],
        loss: [],
        accuracy: tasks.map(() => []),
      };
    });
    this.#found = this.curves.map(() => null);
    this.#versions = this.curves.map(() => 0);
  }

  get version(): number {
    return this.#version;
  }

  get finished(): number {
    return this.done.length;
  }

  /** The replicates that are finished, in the session's order. */
  get done(): Replicate[] {
    return this.#replicates.filter((_, at) => this.#found[at]?.status === 'done');
  }

  /** From 0 to 1. The comparison at the end counts as a twentieth. */
  get progress(): number {
    const share = this.curves.map((curve, at) => {
      if (this.#found[at]) return 1;
      if (curve.status === 'analysing') return 0.9;
      return curve.totalSteps === 0 ? 0 : (0.9 * curve.step) / curve.totalSteps;
    });
    const replicates = share.reduce((sum, part) => sum + part, 0) / Math.max(1, share.length);
    const { done, of } = this.#comparing;
    return 0.95 * replicates + (of === 0 ? 0 : (0.05 * done) / of);
  }

  /** What is going on, in a few words. */
  get message(): string {
    if (!this.#drawn) return 'Drawing the stimuli…';
    const ended = this.#found.filter((found) => found !== null).length;
    if (this.#comparing.of > 0)
      return `Comparing representations (${this.#comparing.done} of ${this.#comparing.of})…`;
    const training = this.curves.filter(({ status }) => status === 'training').map(replicateLabel);
    const analysing = this.curves.filter(({ status }) => status === 'analysing').map(replicateLabel);
    const going = [
      ...(training.length > 0 ? [`training ${listed(training)}`] : []),
      ...(analysing.length > 0 ? [`analysing ${listed(analysing)}`] : []),
    ].join(', ');
    return `${ended} of ${this.curves.length} replicates${going === '' ? '' : ` · ${going}`}`;
  }

  hear(event: RunEvent): void {
    if (event.kind === 'prepared') {
      const { prepared } = event;
      this.#drawn = { prepared, results: new GrowingResults(this.experiment, this.text, prepared) };
      return;
    }
    if (event.kind === 'comparing') {
      this.#comparing = { done: event.done, of: event.of };
      return;
    }
    if (event.kind === 'checkpoint' || event.kind === 'preview') return;
    const at = this.#places.get(replicateKey(event));
    if (at === undefined) return;
    const curve = this.curves[at];
    this.#versions[at] = ++this.#version;
    switch (event.kind) {
      case 'started':
        // Whether it is to be trained at all, the store says first. Once more, where a thread died over it.
        Object.assign(curve, { status: 'waiting', step: 0, epochs: [], loss: [] });
        curve.accuracy = curve.tasks.map(() => []);
        return;
      case 'training':
        curve.status = 'training';
        addPoint(curve, event.progress);
        return;
      case 'analysing':
        curve.status = 'analysing';
        curve.reused = event.reused;
        return;
      case 'replicate':
        this.#found[at] = event.results;
        this.#drawn?.results.add({ replicate: this.#replicates[at], results: event.results });
        curve.status = event.results.status;
        curve.reused = event.reused;
        // What came from the store has no live curve: its checkpoints are one.
        if (event.reused && curve.epochs.length === 0) drawCheckpoints(curve, event.results);
        return;
    }
  }

  /** What did not end is not waited for any longer. */
  end(): void {
    this.curves.forEach((curve, at) => {
      if (this.#found[at]) return;
      curve.status = 'cancelled';
      this.#versions[at] = ++this.#version;
    });
  }

  /** What has been found so far; replicates that are not finished count as cancelled. Null while none is. */
  get results(): Results | null {
    return this.#drawn && this.finished > 0 ? this.#drawn.results.now({ compared: this.compared }) : null;
  }

  /** The same with previews of networks that have no finished replicate. */
  previewed(previews: { find(replicate: Replicate): Preview | undefined }): Results | null {
    if (!this.#drawn) return null;
    const outcomes = this.#replicates.map((replicate, at) => {
      const results = this.#found[at] ?? previews.find(replicate)?.results;
      return results ? { replicate, results } : unfinished(replicate, 'cancelled');
    });
    const { experiment, text, compared } = this;
    const preview = assemble(experiment, text, this.#drawn.prepared, outcomes, { compared });
    const note =
      'Networks without a finished replicate are drawn from a checkpoint of one that still trains.';
    // What half a training seems to show is no reason to be careful.
    return { ...preview, hazards: [], notes: [note, ...preview.notes] };
  }

  /** The curves that have changed since a version; all, for version −1. */
  live(run: RunState, since: number): Live {
    return { run, curves: this.curves.filter((_, at) => this.#versions[at] > since) };
  }
}

function addPoint(curve: LiveCurve, { step, totalSteps, epoch, loss, accuracy }: Progress): void {
  if (curve.epochs.length >= maximumPoints) thin(curve);
  curve.step = step;
  curve.totalSteps = totalSteps;
  curve.epochs.push(epoch);
  curve.loss.push(Number.isFinite(loss) ? loss : null);
  curve.accuracy.forEach((values, task) => values.push(accuracy[task]));
}

/** Every second point goes. */
function thin(curve: LiveCurve): void {
  const half = <T>(values: T[]): T[] => values.filter((_, at) => at % 2 === 0);
  curve.epochs = half(curve.epochs);
  curve.loss = half(curve.loss);
  curve.accuracy = curve.accuracy.map(half);
}

function drawCheckpoints(curve: LiveCurve, { checkpoints, steps, values }: ReplicateResults): void {
  if (checkpoints.length < 2) return;
  const table = new Values(values);
  const at = (measure: string, step: number, label?: string): number | null =>
    table.at({ measure, checkpoint: String(step), label })?.value ?? null;
  curve.step = steps;
  curve.totalSteps = steps;
  curve.epochs = checkpoints.map(({ epoch }) => epoch);
  curve.loss = checkpoints.map(({ step }) => at('loss', step));
  curve.accuracy = curve.tasks.map((task) => checkpoints.map(({ step }) => at('accuracy', step, task) ?? 0));
}

function listed(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
