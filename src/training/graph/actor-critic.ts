import { exp, log } from '../../core/elementary';
import type { Parameters } from '../engine';
import type { MicroBatch } from './batch';
import type { BoundProgram } from './bound-program';
import { parameterPlaces, type Program } from './program';

/** Sequences in which a network acted by what it said, and what came of it. Arrays have an entry for each token. */
export interface Acted {
  /** Tokens that are actions. */
  readonly actions: Uint16Array;
  /** 1 where an action stands that counts. What else counts was shown. */
  readonly isAction: Uint8Array;
  /** What the value before an action is to say: the discounted reward that came of it. */
  readonly returns: Float64Array;
  /** How much better an action was than what was expected. */
  readonly advantages: Float64Array;
  /** Weight of the entropy of actions. */
  readonly entropy: number;
  /** Weight of the mean cross-entropy of what was shown; where it is 0 nothing of that counts. */
  readonly reconstruction: number;
}

/** Weight of the squared error of values, as in Mnih et al. (2016, arXiv 1602.01783). */
const CRITIC = 0.5;

/** Set for the logit of the value where tokens are compared: it has no part in them. */
const NO_TOKEN = -1e30;

/** Where a softmax underflows. */
const TINY = 1e-38;

/** A program that reads out one unit more: logits are those of tokens, and then the value of where one is. Its weights begin at 0. */
export class WithValue {
  readonly program: Program;
  /** Where its weights are among all, and where they end. */
  readonly #begin: number;
  readonly #end: number;

  constructor(program: Program) {
    const { weights } = program.operations.findLast((operation) => operation.kind === 'linear')!;
    const readout = parameterPlaces(program).find(({ name }) => name === weights)!;
    this.#begin = readout.offset + readout.rows * readout.units;
    this.#end = this.#begin + readout.units;
    this.program = {
      ...program,
      parameters: program.parameters.map((each) =>
        each.name === weights ? { ...each, rows: each.rows + 1 } : each,
      ),
    };
  }

  with(parameters: Parameters): Float32Array<ArrayBuffer> {
    const all = new Float32Array(parameters.length + this.#end - this.#begin);
    all.set(parameters.subarray(0, this.#begin));
    all.set(parameters.subarray(this.#begin), this.#end);
    return all;
  }

  /** Those of the program without a value. */
  without(parameters: Parameters): Float32Array<ArrayBuffer> {
    const some = new Float32Array(parameters.length - this.#end + this.#begin);
    some.set(parameters.subarray(0, this.#begin));
    some.set(parameters.subarray(this.#end), this.#begin);
    return some;
  }
}

/** Scores micro-batches of what was done: advantage actor–critic (Mnih et al. 2016), with what is shown said, too. */
export class ActedScore {
  readonly #value: number;

  /** @param actions that count in the batch @param shown other tokens that do */
  constructor(
    private readonly bound: BoundProgram,
    private readonly acted: Acted,
    private readonly of: { readonly actions: number; readonly shown: number },
  ) {
    this.#value = bound.logits.units - 1;
  }

  /**
   * Fills in the gradient of the logits of the rows that are selected. The loss is the mean over actions of
   *
   * − advantage × ln π(action) − entropy × H(π) + ½ (value − return)² − ln P(that an action is said),
   *
   * π being the softmax over actions, and P that over all tokens; with the mean over what is shown of its cross-entropy, times its weight.
   *
   * @returns the part of the loss that these rows are
   */
  score({ indices }: MicroBatch, tokens: Uint16Array): number {
    const { workspace, labels, logits, gradients } = this.bound;
    const { acted, of } = this;
    const values = this.#takeValues(indices.length);
    workspace.floats.fill(-1, labels / 4, labels / 4 + indices.length);
    const factor = of.shown > 0 ? acted.reconstruction / of.shown : 1 / of.actions;
    this.bound.softmax(indices.length, factor);
    const { floats } = workspace;
    let loss = 0;
    indices.forEach((at, row) => {
      const first = gradients / 4 + (row >> 3) * logits.paddedUnits * 8 + (row & 7);
      if (acted.isAction[at]) {
        loss += this.#action(at, tokens[at], first, { value: values[row], factor }) / of.actions;
        return;
      }
      const place = first + tokens[at] * 8;
      loss -= factor * log(Math.max(TINY, floats[place] / factor));
      floats[place] -= factor;
    });
    return loss;
  }

  /** Of each row the value; no token has its logit any more. */
  #takeValues(rows: number): number[] {
    const { logits, workspace } = this.bound;
    return Array.from({ length: rows }, (_, row) => {
      const at = logits.y / 4 + (row >> 3) * logits.paddedUnits * 8 + this.#value * 8 + (row & 7);
      const value = workspace.floats[at];
      workspace.floats[at] = NO_TOKEN;
      return value;
    });
  }

  /** @param first where the gradients of its row begin, which are `factor` × the probabilities of tokens @returns its loss */
  #action(
    at: number,
    token: number,
    first: number,
    { value, factor }: { readonly value: number; readonly factor: number },
  ): number {
    const { acted, of, bound } = this;
    const { floats } = bound.workspace;
    const per = 1 / of.actions;
    const scale = per / factor;
    if (scale !== 1) for (let unit = 0; unit < bound.logits.units; unit++) floats[first + unit * 8] *= scale;
    const logitAt = (one: number): number => floats[first + one * 8 + (bound.logits.y - bound.gradients) / 4];
    const policy = softmaxOf(Array.from(acted.actions, logitAt));
    const said = acted.actions.reduce((sum, one) => sum + floats[first + one * 8] / per, 0);
    const error = value - acted.returns[at];
    const advantage = acted.advantages[at];
    const logs = policy.map((one) => log(Math.max(TINY, one)));
    const entropy = -policy.reduce((sum, one, i) => sum + one * logs[i], 0);
    let chosen = 0;
    for (const [i, one] of acted.actions.entries()) {
      if (one === token) chosen = logs[i];
      const slope =
        -policy[i] +
        advantage * (policy[i] - (one === token ? 1 : 0)) +
        acted.entropy * policy[i] * (logs[i] + entropy);
      floats[first + one * 8] += per * slope;
    }
    floats[first + this.#value * 8] = per * 2 * CRITIC * error;
    return -log(Math.max(TINY, said)) - advantage * chosen - acted.entropy * entropy + CRITIC * error ** 2;
  }
}

/** Probabilities by logits. */
export function softmaxOf(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((one) => exp(one - most));
  const sum = powers.reduce((total, one) => total + one, 0);
  return powers.map((one) => one / sum);
}
