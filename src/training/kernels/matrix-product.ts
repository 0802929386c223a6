import { Workspace } from './workspace';

const ALIGNMENT = 64;

let workspace: Workspace | undefined;
let region = 0;
let capacity = 0;

/** The workspace with one region of at least so many bytes, whose content does not matter. */
function openRegion(bytes: number): Workspace {
  workspace ??= Workspace.take();
  if (bytes > capacity) {
    // The smaller region before it is lost; doubling keeps that below the size of this one.
    capacity = 2 * bytes;
    region = workspace.reserve(capacity);
    workspace.commit();
  }
  return workspace;
}

/**
 * C = op(A) · op(B) in float32, where op transposes if asked to. Each element is one sum in order of k.
 *
 * @param m rows of op(A)
 * @param n columns of op(B)
 * @param k columns of op(A); at least 1
 * @param a m × k, row-major, or k × m if `transA`
 * @param b k × n, row-major, or n × k if `transB`
 * @param c m × n, row-major, is filled
 */
export function multiplyMatrices(
  transA: boolean,
  transB: boolean,
  m: number,
  n: number,
  k: number,
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
): void {
  let bytes = 0;
  const place = (floats: number): number => {
    const offset = bytes;
    bytes += Math.ceil((floats * 4) / ALIGNMENT) * ALIGNMENT;
    return offset;
  };
  const scratch = place(32);
  const rawA = place(m * k);
  const rawB = place(k * n);
  const quads = place(Math.ceil(m / 4) * 4 * k);
  const octets = place(Math.ceil(n / 8) * 8 * k);
  const result = place(m * n);
  const { kernels, floats } = openRegion(bytes);

  floats.set(a, (region + rawA) / 4);
  floats.set(b, (region + rawB) / 4);
  kernels.pack32(region + rawA, transA ? 4 : 4 * k, transA ? 4 * m : 4, m, k, region + quads, 4);
  kernels.pack32(region + rawB, transB ? 4 * k : 4, transB ? 4 : 4 * n, n, k, region + octets, 8);
  kernels.multiply32(region + quads, region + octets, region + result, m, n, k, region + scratch);
  const first = (region + result) / 4;
  c.set(floats.subarray(first, first + m * n));
}
