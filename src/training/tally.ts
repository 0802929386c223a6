import type { Score } from './loss';
import type { EpochScores } from './stopping';

/** Sums losses and right answers over batches, and gives their means over stimuli. */
export class Tally {
  #loss = 0;
  #correct: number[];
  #stimuli = 0;

  constructor(tasks: number) {
    this.#correct = new Array<number>(tasks).fill(0);
  }

  get stimuli(): number {
    return this.#stimuli;
  }

  add(batch: Score, stimuli: number): void {
    this.#loss += batch.loss * stimuli;
    batch.correct.forEach((right, task) => (this.#correct[task] += right));
    this.#stimuli += stimuli;
  }

  /** The means so far; begins anew. */
  take(): EpochScores {
    const means = {
      loss: this.#loss / this.#stimuli,
      accuracy: this.#correct.map((right) => right / this.#stimuli),
    };
    this.#loss = 0;
    this.#correct.fill(0);
    this.#stimuli = 0;
    return means;
  }
}
