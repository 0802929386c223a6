import type { Stack } from '../../src/experiment/experiment';
import { stream } from '../../src/core/stream';
import { dropThreshold, isDropped, maskSeed } from '../../src/training/dropout';
import type { Parameters, TrainingJob } from '../../src/training/engine';
import { layout, outputUnits, type LayerLayout } from '../../src/training/layout';
import type { Score } from '../../src/training/loss';
import type { Stepper, Update } from '../../src/training/stepper';

/**
 * The training step as one would write it on a blackboard: float64, one stimulus and one unit at a time, nothing shared
 * with the engines but the layout of the parameters and the dropout masks. What engines are tested against.
 */
export class PlainStepper implements Stepper {
  readonly values: Float64Array;
  readonly #job: TrainingJob;
  readonly #layers: readonly LayerLayout[];
  readonly #dropoutKey: number;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(job: TrainingJob, initial: ArrayLike<number>) {
    this.#job = job;
    this.#layers = layout(job.network, job.inputs.cols, outputUnits(job.tasks));
    this.values = Float64Array.from(initial);
    this.#first = new Float64Array(initial.length);
    this.#second = new Float64Array(initial.length);
    this.#dropoutKey = stream('dropout', job.network.name, job.seed).bits();
  }

  resetOptimizer(): void {
    this.#first.fill(0);
    this.#second.fill(0);
    this.#steps = 0;
  }

  parameters(): Parameters {
    return Float32Array.from(this.values);
  }

  step(update: Update): Score {
    const { gradient, ...scored } = this.gradient(update);
    this.#steps++;
    const { optimizer, momentum, beta1, beta2, epsilon, weightDecay } = this.#job.network.training;
    const { learningRate } = update;
    for (const { weights, biases, outputs } of this.#layers)
      for (let i = weights; i < biases + outputs; i++) {
        const decay = i < biases ? weightDecay : 0;
        let g = gradient[i];
        if (optimizer === 'adamW') this.values[i] *= 1 - learningRate * decay;
        else g += decay * this.values[i];
        if (optimizer === 'sgd') this.values[i] -= learningRate * g;
        else if (optimizer === 'momentum') {
          this.#first[i] = momentum * this.#first[i] + g;
          this.values[i] -= learningRate * this.#first[i];
        } else {
          this.#first[i] = beta1 * this.#first[i] + (1 - beta1) * g;
          this.#second[i] = beta2 * this.#second[i] + (1 - beta2) * g * g;
          const m = this.#first[i] / (1 - beta1 ** this.#steps);
          const v = this.#second[i] / (1 - beta2 ** this.#steps);
          this.values[i] -= (learningRate * m) / (Math.sqrt(v) + epsilon);
        }
      }
    return scored;
  }

  /** Loss, right answers and the gradient by all parameters, without an update. */
  gradient({ step, rows, weights }: Update): Score & { gradient: Float64Array } {
    const { network, tasks, labels, inputs } = this.#job;
    const gradient = new Float64Array(this.values.length);
    const correct = tasks.map(() => 0);
    const total = weights.reduce((a, b) => a + b, 0);
    let loss = 0;
    rows.forEach((row, r) => {
      const ins: number[][] = [];
      const zs: number[][] = [];
      const masks: number[][] = [];
      let x = Array.from(inputs.data.subarray(row * inputs.cols, (row + 1) * inputs.cols));
      this.#layers.forEach((layer, l) => {
        ins.push(x);
        const z = Array.from({ length: layer.outputs }, (_, j) =>
          x.reduce(
            (sum, value, i) => sum + value * this.values[layer.weights + i * layer.outputs + j],
            this.values[layer.biases + j],
          ),
        );
        zs.push(z);
        masks.push(z.map((_, j) => this.#mask(step, l, r * layer.outputs + j)));
        x = l < network.hidden.length ? z.map((value, j) => activation(value, network) * masks[l][j]) : z;
      });

      let delta = x.map(() => 0);
      let first = 0;
      tasks.forEach((task, t) => {
        const label = labels[t].values[row];
        const head = x.slice(first, first + task.outputs);
        const share = weights[t] / total / rows.length;
        const logits = task.outputs === 1 ? [0, head[0]] : head;
        const norm = Math.log(logits.reduce((sum, value) => sum + Math.exp(value), 0));
        loss += share * (norm - logits[label]);
        if (logits.indexOf(Math.max(...logits)) === label) correct[t]++;
        const slopes = logits.map((value, c) => share * (Math.exp(value - norm) - (c === label ? 1 : 0)));
        slopes.slice(task.outputs === 1 ? 1 : 0).forEach((slope, c) => (delta[first + c] = slope));
        first += task.outputs;
      });

      for (let l = this.#layers.length - 1; l >= 0; l--) {
        const { inputs: from, outputs: to, weights: w, biases: b } = this.#layers[l];
        for (let j = 0; j < to; j++) gradient[b + j] += delta[j];
        for (let i = 0; i < from; i++)
          for (let j = 0; j < to; j++) gradient[w + i * to + j] += ins[l][i] * delta[j];
        if (l === 0) break;
        const next = delta;
        delta = ins[l].map((_, i) => {
          const back = next.reduce((sum, value, j) => sum + value * this.values[w + i * to + j], 0);
          return back * masks[l - 1][i] * slope(zs[l - 1][i], network);
        });
      }
    });
    return { loss, correct, gradient };
  }

  #mask(step: number, layer: number, element: number): number {
    const { dropout } = this.#job.network.training;
    if (dropout === 0 || layer === this.#job.network.hidden.length) return 1;
    const dropped = isDropped(maskSeed(this.#dropoutKey, step, layer), element, dropThreshold(dropout));
    return dropped ? 0 : Math.fround(1 / (1 - dropout));
  }
}

export function activation(z: number, { activation, leakySlope }: Stack): number {
  switch (activation) {
    case 'relu':
      return z > 0 ? z : 0;
    case 'leakyRelu':
      return z > 0 ? z : leakySlope * z;
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-z));
    case 'gelu':
      return z * normalCdf(z);
    case 'linear':
      return z;
  }
}

function slope(z: number, network: Stack): number {
  const h = activation(z, network);
  switch (network.activation) {
    case 'relu':
      return z > 0 ? 1 : 0;
    case 'leakyRelu':
      return z > 0 ? 1 : network.leakySlope;
    case 'tanh':
      return 1 - h * h;
    case 'sigmoid':
      return h * (1 - h);
    case 'gelu':
      return normalCdf(z) + (z * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
    case 'linear':
      return 1;
  }
}

/** Φ(z) by the series Φ(z) = 1/2 + φ(z) (z + z³/3 + z⁵/15 + …), which is exact to float64 for |z| < 6 or so (and 0 or 1 beyond 8). */
function normalCdf(z: number): number {
  if (Math.abs(z) > 8) return z > 0 ? 1 : 0;
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 400; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
