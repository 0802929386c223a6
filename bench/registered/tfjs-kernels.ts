import * as tf from '@tensorflow/tfjs';
import { multiplyMatrices } from './matrix-product';

/** What the kernels use of TensorFlow.js' WASM backend. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  /** A view of the tensor in the backend's memory, until that grows. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array;
}

/**
 * Puts our matrix product in the place of the WASM backend's BatchMatMul, whose transposed cases take most of the time of
 * every training step there. For networks that are not plain stacks; it holds for the whole thread, until the returned
 * function puts the backend's own back.
 */
export function registerMatrixProduct(): () => void {
  const own = tf.getKernel('BatchMatMul', 'wasm');
  const replace = (config: tf.KernelConfig): void => {
    tf.unregisterKernel('BatchMatMul', 'wasm');
    tf.registerKernel(config);
  };
  replace({
    kernelName: 'BatchMatMul',
    backendName: 'wasm',
    kernelFunc({ inputs, backend, attrs }) {
      const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      // Registered for this backend alone.
      return batchMatMul(
        a,
        b,
        backend as WasmBackend,
        attrs?.transposeA === true,
        attrs?.transposeB === true,
      );
    },
  });
  return () => replace(own);
}

/** The product of the last two dimensions; those before them are batches, and broadcast. */
function batchMatMul(
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  backend: WasmBackend,
  transA: boolean,
  transB: boolean,
): tf.TensorInfo {
  if (a.dtype !== 'float32' || b.dtype !== 'float32')
    throw new TypeError('Matrix products are of float32 tensors.');
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const [m, k] = transA ? [aColumns, aRows] : [aRows, aColumns];
  const [terms, n] = transB ? [bColumns, bRows] : [bRows, bColumns];
  if (terms !== k) throw new RangeError(`Inner dimensions differ: ${k} and ${terms}.`);
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));

  const result = backend.makeOutput([...outer, m, n], 'float32');
  // Views only now: making the output may have moved the memory.
  const left = backend.typedArrayFromHeap(a);
  const right = backend.typedArrayFromHeap(b);
  const out = backend.typedArrayFromHeap(result);
  if (k === 0) {
    out.fill(0);
    return result;
  }
  const count = outer.reduce((product, size) => product * size, 1);
  const indices = (shape: readonly number[]): number[] =>
    Array.from({ length: count }, (_, batch) => batchOf(shape, outer, batch));
  multiplyMatrices(transA, transB, m, n, k, left, right, out, { a: indices(a.shape), b: indices(b.shape) });
  return result;
}

/** The matrix of a tensor that belongs to a matrix of the broadcast result. */
function batchOf(shape: readonly number[], outer: readonly number[], batch: number): number {
  let index = 0;
  let stride = 1;
  for (let d = outer.length - 1; d >= 0; d--) {
    const size = shape[d - outer.length + shape.length - 2] ?? 1;
    if (size > 1) index += (batch % outer[d]) * stride;
    batch = Math.floor(batch / outer[d]);
    stride *= size;
  }
  return index;
}
