import { version } from '@tensorflow/tfjs/package.json';
import type { Layers } from '../../experiment/experiment';
import type { Matrix } from '../../core/matrix';
import type { EngineInfo } from '../../protocol/results';
import type { Engine, Parameters, Trained, TrainingJob, TrainingObserver } from '../engine';
import { FusedStepper } from './stepper';
import { initialize } from '../initialize';
import { forwardPass } from './forward-pass';
import { arithmetic, kernelsSupported } from '../../numerics/kernels/kernels';
import { type LayerMemory, loadInputs, loadParameters, padded, reserveLayers } from './layer-memory';
import { Workspace } from '../../numerics/kernels/workspace';
import { layout, outputUnits } from '../layout';
import { trainWith } from '../train';

/** Stimuli whose activations are computed at once. */
const CHUNK = 128;

/**
 * Training by our own kernels in 128-bit SIMD WebAssembly (src/numerics/kernels). One order of operations everywhere: the
 * same job gives the same bits on every machine.
 */
export class FusedEngine implements Engine {
  readonly info: EngineInfo = {
    name: 'fused',
    backend: 'wasm-simd',
    tfjs: version,
    arithmetic: arithmetic(),
  };

  private constructor() {}

  /** Whether this machine has WebAssembly with SIMD. */
  static supported(): boolean {
    return kernelsSupported();
  }

  static create(): FusedEngine {
    return new FusedEngine();
  }

  async train(job: TrainingJob, observer?: TrainingObserver): Promise<Trained> {
    const { network, seed, inputs, tasks } = job;
    const stepper = new FusedStepper(job, initialize(network, seed, inputs.cols, outputUnits(tasks)));
    try {
      return await trainWith(stepper, job, observer);
    } finally {
      stepper.release();
    }
  }

  activations(
    network: Layers,
    outputs: number,
    parameters: Parameters,
    inputs: Matrix<Float32Array>,
  ): Promise<Matrix<Float32Array>[]> {
    const results = layout(network, inputs.cols, outputs).map((layer) =>
      matrixOf(inputs.rows, layer.outputs),
    );
    const pass = new ChunkedPass(network, outputs, parameters, inputs);
    for (const chunk of pass.chunks())
      pass.layers.forEach(({ y }, l) => pass.unpack(y, l, chunk, results[l]));
    pass.release();
    return Promise.resolve(results);
  }

  gradients(
    network: Layers,
    parameters: Parameters,
    inputs: Matrix<Float32Array>,
    atLogits: Matrix<Float32Array>,
  ): Promise<Matrix<Float32Array>[]> {
    const results = network.hidden.map((units) => matrixOf(inputs.rows, units));
    const pass = new ChunkedPass(network, atLogits.cols, parameters, inputs);
    for (const chunk of pass.chunks())
      pass.back(atLogits, chunk, (l, address) => pass.unpack(address, l, chunk, results[l]));
    pass.release();
    return Promise.resolve(results);
  }
}

function matrixOf(rows: number, cols: number): Matrix<Float32Array> {
  return { rows, cols, data: new Float32Array(rows * cols) };
}

/** Stimuli that pass at once. */
interface Chunk {
  readonly start: number;
  readonly rows: number;
  readonly octets: number;
}

/** Stimuli that pass through a network with given parameters, chunk by chunk. */
class ChunkedPass {
  readonly layers: readonly LayerMemory[];
  readonly #workspace = Workspace.take();
  readonly #inputs: number;
  readonly #indices: number;
  readonly #turned: number;
  /** As many as the widest layer has units. */
  readonly #zeros: number;
  /** The gradient with regard to a layer, after its activation function and before it, in turn. */
  readonly #deltas: readonly [number, number];

  constructor(
    private readonly network: Layers,
    outputs: number,
    parameters: Parameters,
    private readonly inputs: Matrix<Float32Array>,
  ) {
    const workspace = this.#workspace;
    const layouts = layout(network, inputs.cols, outputs);
    this.layers = reserveLayers(workspace, layouts, CHUNK);
    const widest = Math.max(...this.layers.map((layer) => layer.outputUnits));
    this.#inputs = workspace.reserve(CHUNK * padded(inputs.cols) * 4);
    this.#indices = workspace.reserve(CHUNK * 4);
    this.#turned = workspace.reserve(CHUNK * widest * 4);
    this.#zeros = workspace.reserve(widest * 4);
    this.#deltas = [workspace.reserve(CHUNK * widest * 4), workspace.reserve(CHUNK * widest * 4)];
    workspace.commit();
    loadParameters(workspace, this.layers, layouts, parameters);
    for (let i = 0; i < CHUNK; i++) workspace.integers[this.#indices / 4 + i] = i;
  }

  /** Chunk after chunk, each after the forward pass. */
  *chunks(): Generator<Chunk> {
    const { kernels } = this.#workspace;
    const { layers, network } = this;
    const { rows: all, cols, data } = this.inputs;
    for (let start = 0; start < all; start += CHUNK) {
      const rows = Math.min(CHUNK, all - start);
      const octets = Math.ceil(rows / 8);
      loadInputs(this.#workspace, this.#inputs, data.subarray(start * cols, (start + rows) * cols), cols);
      const [{ x, turnedX }] = layers;
      kernels.gather(this.#inputs, padded(cols), this.#indices, rows, x, turnedX, CHUNK);
      forwardPass(kernels, network, { layers, rows: CHUNK, octets, dropout: null, bits: null });
      yield { start, rows, octets };
    }
  }

  /** The backward pass of a chunk. @param each is given each hidden layer, the last first, and the address of its gradient in octets of rows */
  back(atLogits: Matrix<Float32Array>, chunk: Chunk, each: (layer: number, address: number) => void): void {
    const { kernels, floats } = this.#workspace;
    const { layers } = this;
    const [after, before] = this.#deltas;
    this.#pack(atLogits, chunk, before, layers[layers.length - 1].outputUnits);
    for (let l = layers.length - 1; l > 0; l--) {
      const { turnedWeights, outputs, outputUnits, inputUnits, inputQuads } = layers[l];
      kernels.forward(
        ...([before, turnedWeights, this.#zeros, after, outputs, outputUnits, inputUnits] as const),
        ...([chunk.octets, inputQuads] as const),
      );
      each(l - 1, after);
      const slopes = layers[l - 1].slopes / 4;
      for (let i = 0; i < chunk.octets * 8 * inputUnits; i++)
        floats[before / 4 + i] = floats[after / 4 + i] * floats[slopes + i];
    }
  }

  /** Puts rows of a matrix into octets of rows. */
  #pack(
    { data, cols }: Matrix<Float32Array>,
    { start, rows, octets }: Chunk,
    to: number,
    units: number,
  ): void {
    const { floats } = this.#workspace;
    floats.fill(0, to / 4, to / 4 + octets * 8 * units);
    for (let row = 0; row < rows; row++)
      for (let unit = 0; unit < cols; unit++)
        floats[to / 4 + ((row >> 3) * units + unit) * 8 + (row & 7)] = data[(start + row) * cols + unit];
  }

  /** Copies octets of rows of a layer's units into the rows of a matrix. */
  unpack(octets: number, layer: number, chunk: Chunk, { data, cols }: Matrix<Float32Array>): void {
    const { kernels, floats } = this.#workspace;
    const { outputUnits: units } = this.layers[layer];
    const { start, rows } = chunk;
    kernels.octetsToRows(octets, units, chunk.octets, this.#turned);
    const from = this.#turned / 4;
    if (units === cols) data.set(floats.subarray(from, from + rows * units), start * cols);
    else
      for (let row = 0, at = from; row < rows; row++, at += units)
        data.set(floats.subarray(at, at + cols), (start + row) * cols);
  }

  /** Gives the memory back; this must not be used any more. */
  release(): void {
    this.#workspace.release();
  }
}
