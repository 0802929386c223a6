import type { Parameters } from './engine';
import type { Score } from './loss';

/** One update of the parameters from one batch. */
export interface Update {
  /** From 0, over all phases. */
  readonly step: number;
  /** Rows of the training set. */
  readonly rows: Uint32Array;
  /** Schedule included. */
  readonly learningRate: number;
  /** One per task of the network; 0 for a task that gets no gradient. */
  readonly weights: readonly number[];
}

/** What engines do differently: they compute one step. The loop around it (`trainWith`) is the same for all. */
export interface Stepper {
  /**
   * Forward pass, loss gradient, backward pass and optimiser.
   *
   * @returns loss and right answers of the batch in the forward pass, before the update and with dropout active
   */
  step(update: Update): Score;
  /**
   * A phase begins. @param phase from 0
   *
   * @returns how many rows it chooses its batches from, of its own; null: those of the training
   */
  begin?(phase: number): number | null;
  /** The optimiser begins anew: no momentum, no moments, no steps so far. */
  resetOptimizer(): void;
  /** A copy of the current parameters. */
  parameters(): Parameters;
}
