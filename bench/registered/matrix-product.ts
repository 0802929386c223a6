import { Workspace } from '../../src/numerics/kernels/workspace';

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

/** Which matrix of A and of B each matrix of the result is the product of. */
export interface Batches {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

const ONE: Batches = { a: [0], b: [0] };

/**
 * C = op(A) · op(B) in float32, where op transposes if asked to; one product, or one for each pair of `batches`. Each element is
 * one sum in order of k.
 *
 * @param m rows of op(A)
 * @param n columns of op(B)
 * @param k columns of op(A); at least 1
 * @param a matrices m × k, row-major, or k × m if `transA`
 * @param b matrices k × n, row-major, or n × k if `transB`
 * @param c matrices m × n, row-major, are filled
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
  batches = ONE,
): void {
  let bytes = 0;
  const place = (floats: number): number => {
    const offset = bytes;
    bytes += Math.ceil((floats * 4) / ALIGNMENT) * ALIGNMENT;
    return offset;
  };
  const tiles = place(Math.ceil(m / 4) * 32);
  const rawA = place(a.length);
  const rawB = place(b.length);
  const quads = place(Math.ceil(m / 4) * 4 * k);
  const octets = place(Math.ceil(n / 8) * 8 * k);
  const result = place(c.length);
  const { kernels, floats } = openRegion(bytes);

  floats.set(a, (region + rawA) / 4);
  floats.set(b, (region + rawB) / 4);
  for (let batch = 0; batch < batches.a.length; batch++) {
    const left = batches.a[batch];
    const right = batches.b[batch];
    if (batch === 0 || left !== batches.a[batch - 1]) {
      const from = region + rawA + left * m * k * 4;
      kernels.pack32(from, transA ? 4 : 4 * k, transA ? 4 * m : 4, m, k, region + quads, 4);
    }
    if (batch === 0 || right !== batches.b[batch - 1]) {
      const from = region + rawB + right * k * n * 4;
      kernels.pack32(from, transB ? 4 * k : 4, transB ? 4 : 4 * n, n, k, region + octets, 8);
    }
    const to = region + result + batch * m * n * 4;
    kernels.multiply32(region + quads, region + octets, to, m, n, k, region + tiles);
  }
  const first = (region + result) / 4;
  c.set(floats.subarray(first, first + c.length));
}
