import { setImmediate } from 'node:timers/promises';
import type { Training } from '../experiment/experiment';
import { batches } from './batches';
import { checkpointSteps } from './checkpoint-steps';
import {
  DivergenceError,
  type Checkpoint,
  type Criterion,
  type Progress,
  type Trained,
  type TrainingJob,
  type TrainingObserver,
} from './engine';
import { scheduleFactor } from './schedule';
import type { Score } from './loss';
import type { Stepper } from './stepper';
import { metCriteria, shouldStop, type EpochScores } from './stopping';
import { Tally } from './tally';

/** Entries of the training curve where training is counted in steps. */
const CURVE_ENTRIES = 100;

/** Milliseconds between progress reports, and between the moments at which other events of the thread get their turn. */
const REPORT_EVERY = 80;

/** What a training goes by, whatever is trained. */
interface Trainable {
  readonly network: Pick<TrainingJob['network'], 'name' | 'training'>;
  readonly seed: number;
  /** What right answers are counted of. */
  readonly tasks: readonly { readonly name: string }[];
  /** What is trained on: rows (stimuli, documents) that batches choose from. */
  readonly inputs: { readonly rows: number };
}

/**
 * Trains one replicate: phases, batches, learning rates, early stopping, checkpoints and progress around an engine's steps.
 *
 * An epoch is a pass over the training set, counted from the start of training; batches run on across phases, but for those that have rows
 * of their own. Losses and accuracies are means over stimuli. Everything returned depends on the job alone, never on the clock.
 *
 * @throws DivergenceError when a loss, or the parameters at a checkpoint, are not finite
 */
export async function trainWith(
  stepper: Stepper,
  job: Trainable,
  observer: TrainingObserver = {},
): Promise<Trained> {
  const { training, name } = job.network;
  const { stepsPerEpoch } = training;
  const all = batches(name, job.seed, job.inputs.rows, training.batchSize);
  const course = new Course(stepper, training, job.tasks.length, observer);
  const phaseEnds: number[] = [];
  const criteria: Criterion[] = [];
  await course.keep();
  for (const [place, phase] of training.phases.entries()) {
    const epochs: EpochScores[] = [];
    const phaseStart = course.step;
    const met = new Map<number, number>();
    course.takeEpoch();
    if (phase.resetOptimizer) stepper.resetOptimizer();
    const own = stepper.begin?.(place) ?? null;
    const order = own === null ? all : batches(name, job.seed, own, training.batchSize, place);
    for (let left = phase.steps; left > 0; left--) {
      const rows = order.next().value;
      const { step } = course;
      const learningRate = phase.learningRate * scheduleFactor(training, step);
      course.add(stepper.step({ step, rows, learningRate, weights: phase.weights }), rows.length);
      if (course.due) await course.turn();
      if (course.epochEnded) {
        const scores = course.takeEpoch();
        // An epoch that began in the phase before says nothing about this one.
        if (course.step - phaseStart >= stepsPerEpoch) {
          epochs.push(scores);
          for (const task of metCriteria(phase, scores))
            if (!met.has(task)) met.set(task, course.step - phaseStart);
        }
        if (shouldStop(phase, epochs)) {
          course.skip(left - 1);
          break;
        }
      }
    }
    phaseEnds.push(course.step);
    if (!phase.until) continue;
    await course.keepOnce();
    const of = course.step - phaseStart;
    for (const [task, level] of phase.until.entries())
      if (level !== null)
        criteria.push({ task: job.tasks[task].name, phase: place, steps: met.get(task) ?? null, of });
  }
  const curve = await course.end();
  return {
    ...{ steps: course.step, phaseEnds, checkpoints: course.checkpoints, curve },
    ...(criteria.length > 0 ? { criteria } : {}),
  };
}

/** What a training leaves behind as it goes, and who is told of it. */
class Course {
  step = 0;
  readonly checkpoints: Checkpoint[] = [];
  readonly #curve: Progress[] = [];
  readonly #sinceReport: Tally;
  readonly #sinceCurve: Tally;
  readonly #thisEpoch: Tally;
  /** Steps between entries of the curve. */
  readonly #curveEvery: number;
  readonly #kept: ReadonlySet<number>;
  #reported = performance.now();
  /** Steps that phases which ended early did not take. */
  #skipped = 0;

  constructor(
    private readonly stepper: Stepper,
    private readonly training: Training,
    tasks: number,
    private readonly observer: TrainingObserver,
  ) {
    const { unit, stepsPerEpoch, totalSteps } = training;
    [this.#sinceReport, this.#sinceCurve, this.#thisEpoch] = [tasks, tasks, tasks].map(
      (count) => new Tally(count),
    );
    this.#curveEvery =
      unit === 'epochs' ? stepsPerEpoch : Math.max(1, Math.round(totalSteps / CURVE_ENTRIES));
    this.#kept = new Set(checkpointSteps(training));
  }

  get epoch(): number {
    return this.step / this.training.stepsPerEpoch;
  }

  get epochEnded(): boolean {
    return this.step % this.training.stepsPerEpoch === 0;
  }

  /** A step was made over so many stimuli. */
  add(scored: Score, stimuli: number): void {
    this.step++;
    if (!Number.isFinite(scored.loss)) throw new DivergenceError(this.step, this.epoch);
    for (const tally of [this.#sinceReport, this.#sinceCurve, this.#thisEpoch]) tally.add(scored, stimuli);
    if (this.step % this.#curveEvery === 0) this.#curve.push(this.#progress(this.#sinceCurve));
  }

  /** So many steps that were planned are not taken. */
  skip(steps: number): void {
    this.#skipped += steps;
  }

  /** A checkpoint or a report is due. */
  get due(): boolean {
    return this.#kept.has(this.step) || this.epochEnded || this.#late;
  }

  /** Does what is due. */
  async turn(): Promise<void> {
    if (this.#kept.has(this.step)) await this.keep();
    const late = this.#late;
    if (this.epochEnded || late) this.#report();
    if (late) await setImmediate();
  }

  /** Means since it was last asked. */
  takeEpoch(): EpochScores {
    return this.#thisEpoch.take();
  }

  /** The parameters as they are now are a checkpoint. */
  async keep(): Promise<void> {
    const { step, epoch } = this;
    const checkpoint = { step, epoch, parameters: this.stepper.parameters() };
    if (!checkpoint.parameters.every(Number.isFinite)) throw new DivergenceError(step, epoch);
    this.checkpoints.push(checkpoint);
    await this.observer.checkpoint?.(checkpoint);
  }

  /** @returns the curve */
  async end(): Promise<Progress[]> {
    if (this.#sinceCurve.stimuli > 0) this.#curve.push(this.#progress(this.#sinceCurve));
    this.#report();
    await this.keepOnce();
    return this.#curve;
  }

  /** The parameters are a checkpoint, where they are not yet. */
  async keepOnce(): Promise<void> {
    if (this.checkpoints[this.checkpoints.length - 1].step !== this.step) await this.keep();
  }

  get #late(): boolean {
    return performance.now() - this.#reported >= REPORT_EVERY;
  }

  #report(): void {
    this.#reported = performance.now();
    if (this.#sinceReport.stimuli > 0) this.observer.progress?.(this.#progress(this.#sinceReport));
  }

  #progress(tally: Tally): Progress {
    const { step, epoch } = this;
    return { step, totalSteps: this.training.totalSteps - this.#skipped, epoch, ...tally.take() };
  }
}
