import { setImmediate } from 'node:timers/promises';
import { batches } from './batches';
import { checkpointSteps } from './checkpoint-steps';
import {
  DivergenceError,
  type Checkpoint,
  type Progress,
  type Trained,
  type TrainingJob,
  type TrainingObserver,
} from './engine';
import { scheduleFactor } from './schedule';
import type { Stepper } from './stepper';
import { shouldStop, type EpochScores } from './stopping';
import { Tally } from './tally';

/** Entries of the training curve where training is counted in steps. */
const CURVE_ENTRIES = 100;

/** Milliseconds between progress reports, and between the moments at which other events of the thread get their turn. */
const REPORT_EVERY = 80;

/**
 * Trains one replicate: phases, batches, learning rates, early stopping, checkpoints and progress around an engine's steps.
 *
 * An epoch is a pass over the training set, counted from the start of training; batches run on across phases. Losses and
 * accuracies are means over stimuli. Everything returned depends on the job alone, never on the clock.
 *
 * @throws DivergenceError when a loss, or the parameters at a checkpoint, are not finite
 */
export async function trainWith(
  stepper: Stepper,
  job: TrainingJob,
  observer: TrainingObserver = {},
): Promise<Trained> {
  const { training, name } = job.network;
  const { stepsPerEpoch, totalSteps } = training;
  const tasks = job.tasks.length;
  const order = batches(name, job.seed, job.inputs.rows, training.batchSize);
  const kept = new Set(checkpointSteps(training));
  const curveEvery =
    training.unit === 'epochs' ? stepsPerEpoch : Math.max(1, Math.round(totalSteps / CURVE_ENTRIES));

  const checkpoints: Checkpoint[] = [];
  const phaseEnds: number[] = [];
  const curve: Progress[] = [];
  const sinceReport = new Tally(tasks);
  const sinceCurve = new Tally(tasks);
  const thisEpoch = new Tally(tasks);
  let step = 0;
  let reported = performance.now();

  const progress = (tally: Tally): Progress => ({
    step,
    totalSteps,
    epoch: step / stepsPerEpoch,
    ...tally.take(),
  });
  const keep = async (): Promise<void> => {
    const checkpoint = { step, epoch: step / stepsPerEpoch, parameters: stepper.parameters() };
    if (!checkpoint.parameters.every(Number.isFinite)) throw new DivergenceError(step, checkpoint.epoch);
    checkpoints.push(checkpoint);
    await observer.checkpoint?.(checkpoint);
  };
  const report = (): void => {
    reported = performance.now();
    if (sinceReport.stimuli > 0) observer.progress?.(progress(sinceReport));
  };

  await keep();
  for (const phase of training.phases) {
    const epochs: EpochScores[] = [];
    const phaseStart = step;
    thisEpoch.take();
    for (let left = phase.steps; left > 0; left--) {
      const rows = order.next().value;
      const learningRate = phase.learningRate * scheduleFactor(training, step);
      const scored = stepper.step({ step, rows, learningRate, weights: phase.weights });
      step++;
      if (!Number.isFinite(scored.loss)) throw new DivergenceError(step, step / stepsPerEpoch);
      for (const tally of [sinceReport, sinceCurve, thisEpoch]) tally.add(scored, rows.length);
      const epochEnded = step % stepsPerEpoch === 0;
      if (step % curveEvery === 0) curve.push(progress(sinceCurve));
      if (kept.has(step)) await keep();
      const late = performance.now() - reported >= REPORT_EVERY;
      if (epochEnded || late) report();
      if (late) await setImmediate();
      if (epochEnded) {
        const scores = thisEpoch.take();
        // An epoch that began in the phase before says nothing about this one.
        if (step - phaseStart >= stepsPerEpoch) epochs.push(scores);
        if (shouldStop(phase, epochs)) break;
      }
    }
    phaseEnds.push(step);
  }
  if (sinceCurve.stimuli > 0) curve.push(progress(sinceCurve));
  report();
  if (checkpoints[checkpoints.length - 1].step !== step) await keep();
  return { steps: step, phaseEnds, checkpoints, curve };
}
