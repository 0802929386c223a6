import { version } from '@tensorflow/tfjs/package.json';
import type { Layers } from '../../experiment/experiment';
import type { Matrix } from '../../core/matrix';
import type { EngineInfo } from '../../protocol/results';
import type { Engine, Parameters, Trained, TrainingJob, TrainingObserver } from '../engine';
import { FusedStepper } from './stepper';
import { initialize } from '../initialize';
import { forwardPass } from './forward-pass';
import { arithmetic, kernelsSupported } from '../../numerics/kernels/kernels';
import { loadInputs, loadParameters, padded, reserveLayers } from './layer-memory';
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
    const layouts = layout(network, inputs.cols, outputs);
    const results = layouts.map((layer) => ({
      rows: inputs.rows,
      cols: layer.outputs,
      data: new Float32Array(inputs.rows * layer.outputs),
    }));
    const workspace = Workspace.take();
    const layers = reserveLayers(workspace, layouts, CHUNK);
    const chunk = workspace.reserve(CHUNK * padded(inputs.cols) * 4);
    const indices = workspace.reserve(CHUNK * 4);
    const turned = workspace.reserve(CHUNK * Math.max(...layers.map((layer) => layer.outputUnits)) * 4);
    workspace.commit();
    loadParameters(workspace, layers, layouts, parameters);
    const { kernels, floats, integers } = workspace;
    for (let i = 0; i < CHUNK; i++) integers[indices / 4 + i] = i;
    for (let start = 0; start < inputs.rows; start += CHUNK) {
      const rows = Math.min(CHUNK, inputs.rows - start);
      loadInputs(
        workspace,
        chunk,
        inputs.data.subarray(start * inputs.cols, (start + rows) * inputs.cols),
        inputs.cols,
      );
      kernels.gather(chunk, padded(inputs.cols), indices, rows, layers[0].x, layers[0].turnedX, CHUNK);
      const octets = Math.ceil(rows / 8);
      forwardPass(kernels, network, { layers, rows: CHUNK, octets, dropout: null, bits: null });
      layers.forEach((layer, l) => {
        kernels.octetsToRows(layer.y, layer.outputUnits, octets, turned);
        unpack(floats, turned / 4, layer.outputUnits, rows, results[l], start);
      });
    }
    workspace.release();
    return Promise.resolve(results);
  }
}

/** Copies rows of padded units into rows of a matrix, from row `start`. */
function unpack(
  floats: Float32Array,
  from: number,
  units: number,
  rows: number,
  { data, cols }: Matrix<Float32Array>,
  start: number,
): void {
  if (units === cols) data.set(floats.subarray(from, from + rows * units), start * cols);
  else
    for (let row = 0, at = from; row < rows; row++, at += units)
      data.set(floats.subarray(at, at + cols), (start + row) * cols);
}
