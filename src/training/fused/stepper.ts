import type { Training } from '../../experiment/experiment';
import { stream } from '../../core/stream';
import { dropThreshold, maskSeed } from '../dropout';
import type { Parameters, TrainingJob } from '../engine';
import { BitInputs, chooseTables } from './bit-inputs';
import { forwardPass, type DropoutPass } from './forward-pass';
import {
  clearMoments,
  loadInputs,
  loadParameters,
  padded,
  reserveLayers,
  reserveTraining,
  storeParameters,
  type TrainedLayerMemory,
} from './layer-memory';
import { Optimizer } from './optimizer';
import { Workspace } from '../../numerics/kernels/workspace';
import { layout, outputUnits, parameterCount, type LayerLayout } from '../layout';
import type { Score } from '../loss';
import type { Stepper, Update } from '../stepper';

/**
 * Rows that pass through all layers at once: few enough that what the layers keep of them stays in the second-level cache,
 * many enough that weights are worth fetching. Gradients are added micro-batch by micro-batch, so changing this changes bits.
 */
const MICRO_BATCH = 128;

/** Bytes of the result of one head (assembly/loss.ts). */
const HEAD_RESULT = 16;

/** One head of the output layer. */
interface Head {
  readonly binary: boolean;
  readonly classes: number;
  /** First unit of the output layer. */
  readonly unit: number;
  /** Addresses: labels of the training set, those of the micro-batch, and the result. */
  readonly labels: number;
  readonly batchLabels: number;
  readonly result: number;
}

/** One training step by our own kernels: the batch is gathered, passed forwards and backwards, and the weights updated. */
export class FusedStepper implements Stepper {
  readonly #job: TrainingJob;
  readonly #training: Training;
  readonly #workspace = Workspace.take();
  readonly #layouts: readonly LayerLayout[];
  readonly #layers: readonly TrainedLayerMemory[];
  readonly #heads: readonly Head[];
  /** Rows that micro-batches have room for. */
  readonly #rows: number;
  /** The training set where it is kept as bits; else the address of its floats. */
  readonly #bits: BitInputs | null;
  readonly #set: number;
  readonly #indices: number;
  readonly #dropoutKey: number;
  readonly #optimizer: Optimizer;

  /**
   * @param initial the parameters to begin from; they are copied
   * @param values the two values of each input, for a first layer by tables; null for one of floats
   */
  constructor(job: TrainingJob, initial: Parameters, values = chooseTables(job.inputs)) {
    const { network, seed, tasks, inputs, labels } = job;
    this.#job = job;
    this.#training = network.training;
    this.#optimizer = new Optimizer(this.#workspace, network.training);
    this.#layouts = layout(network, inputs.cols, outputUnits(tasks));
    this.#rows = Math.min(MICRO_BATCH, padded(network.training.batchSize));
    this.#dropoutKey = stream('dropout', network.name, seed).bits();

    const workspace = this.#workspace;
    this.#layers = reserveTraining(
      workspace,
      reserveLayers(workspace, this.#layouts, this.#rows),
      this.#rows,
    );
    this.#indices = workspace.reserve(network.training.batchSize * 4);
    this.#bits = values && new BitInputs(workspace, this.#layers[0], inputs, values, this.#rows);
    this.#set = values ? 0 : workspace.reserve(inputs.rows * padded(inputs.cols) * 4);
    let unit = 0;
    this.#heads = tasks.map((task) => {
      const head = {
        binary: task.label.kind === 'binary',
        classes: task.outputs,
        unit,
        labels: workspace.reserve(inputs.rows * 4),
        batchLabels: workspace.reserve(this.#rows * 4),
        result: workspace.reserve(HEAD_RESULT),
      };
      unit += task.outputs;
      return head;
    });
    workspace.commit();

    if (this.#bits) this.#bits.load();
    else loadInputs(workspace, this.#set, inputs.data, inputs.cols);
    this.#heads.forEach((head, t) => workspace.floats.set(labels[t].values, head.labels / 4));
    loadParameters(workspace, this.#layers, this.#layouts, initial);
  }

  step(update: Update): Score {
    const { rows } = update;
    const total = update.weights.reduce((sum, weight) => sum + weight, 0);
    const shares = update.weights.map((weight) => weight / total);
    const dropoutSeeds = this.#dropoutSeeds(update.step);
    const correct = this.#heads.map(() => 0);
    let loss = 0;
    this.#workspace.integers.set(rows, this.#indices / 4);
    for (let first = 0; first < rows.length; first += this.#rows) {
      const count = Math.min(this.#rows, rows.length - first);
      this.#forward(first, count, dropoutSeeds);
      this.#heads.forEach((head, t) => {
        const sum = this.#score(head, count, shares[t] / rows.length);
        if (shares[t] > 0) loss += (shares[t] * sum.loss) / rows.length;
        correct[t] += sum.correct;
      });
      this.#backward(count, first > 0);
    }
    this.#bits?.finishGradient(this.#layers[0]);
    this.#update(update.learningRate);
    return { loss, correct };
  }

  parameters(): Parameters {
    const parameters = new Float32Array(parameterCount(this.#layouts));
    storeParameters(this.#workspace, this.#layers, this.#layouts, parameters);
    return parameters;
  }

  /** Gives the memory back; the stepper must not be used any more. */
  release(): void {
    this.#workspace.release();
  }

  #dropoutSeeds(step: number): readonly number[] | null {
    if (this.#training.dropout === 0) return null;
    return this.#job.network.hidden.map((_, layer) => maskSeed(this.#dropoutKey, step, layer));
  }

  /** Gathers a micro-batch, `count` rows of the batch from `first`, and computes its logits. */
  #forward(first: number, count: number, dropoutSeeds: readonly number[] | null): void {
    const { kernels } = this.#workspace;
    const { x, turnedX, inputUnits } = this.#layers[0];
    const indices = this.#indices + first * 4;
    if (this.#bits) this.#bits.gather(indices, count);
    else kernels.gather(this.#set, inputUnits, indices, count, x, turnedX, this.#rows);
    for (const { labels, batchLabels } of this.#heads)
      kernels.gatherLabels(labels, indices, count, batchLabels);
    const dropout: DropoutPass | null = dropoutSeeds && {
      seeds: dropoutSeeds,
      threshold: dropThreshold(this.#training.dropout),
      scale: 1 / (1 - this.#training.dropout),
      firstRow: first,
    };
    const octets = Math.ceil(count / 8);
    const batch = { layers: this.#layers, rows: this.#rows, octets, dropout, bits: this.#bits };
    forwardPass(kernels, this.#job.network, batch);
  }

  /** The gradient of one head's loss, times `factor`; the sum of its cross-entropies and its right answers. */
  #score(head: Head, count: number, factor: number): { loss: number; correct: number } {
    const { kernels, doubles } = this.#workspace;
    const { y, delta, outputUnits: units } = this.#layers[this.#layers.length - 1];
    // A unit of a batch octet is 8 numbers of 4 bytes.
    const logits = y + head.unit * 32;
    const slope = delta + head.unit * 32;
    if (head.binary) kernels.lossSigmoid(logits, slope, head.batchLabels, units, count, factor, head.result);
    else
      kernels.lossSoftmax(logits, slope, head.batchLabels, units, count, factor, head.result, head.classes);
    return { loss: doubles[head.result / 8], correct: doubles[head.result / 8 + 1] };
  }

  /** Gradients of all parameters from those of the logits. */
  #backward(count: number, add: boolean): void {
    const { kernels } = this.#workspace;
    const rows = this.#rows;
    const octets = Math.ceil(count / 8);
    const output = this.#layers[this.#layers.length - 1];
    kernels.octetsToOctets(
      output.delta,
      output.outputUnits,
      output.turnedDelta,
      rows,
      octets,
      output.outputQuads,
    );
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const layer = this.#layers[l];
      const { turnedX, turnedDelta, gradient, biasGradient, inputQuads, outputOctets } = layer;
      if (l === 0 && this.#bits) this.#bits.gradient(layer, count, add);
      else kernels.gradient(turnedX, turnedDelta, gradient, count, rows, inputQuads, outputOctets, add);
      kernels.biasGradient(turnedDelta, biasGradient, count, rows, outputOctets, add);
      if (l === 0) break;
      const below = this.#layers[l - 1];
      kernels.backward(
        layer.delta,
        layer.turnedWeights,
        below.slopes,
        below.delta,
        below.turnedDelta,
        layer.outputs,
        layer.outputUnits,
        layer.inputUnits,
        octets,
        inputQuads,
        rows,
      );
    }
  }

  resetOptimizer(): void {
    this.#optimizer.reset();
    clearMoments(this.#workspace, this.#layers);
  }

  /** Weight decay and optimiser. */
  #update(learningRate: number): void {
    this.#optimizer.begin(learningRate);
    for (const layer of this.#layers) {
      this.#optimizer.updateWeights(layer);
      this.#optimizer.updateBiases(
        layer.biases,
        layer.biasGradient,
        layer.biasFirstMoment,
        layer.biasSecondMoment,
        layer.outputOctets,
      );
    }
  }
}
