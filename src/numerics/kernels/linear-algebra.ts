import type { Matrix } from '../../core/matrix';
import { instantiateKernels, widened } from './kernels';
import type { Kernels } from './signatures';
import { PAGE } from './workspace';

/**
 * Block sizes in elements, multiples of 4. A block of A (256 kB) stays in the second-level cache while the columns of B
 * pass; one panel of each (4 kB) fits the first. The order of sums depends on `depth` alone: changing it changes bits.
 */
export const BLOCK = { rows: 256, columns: 512, depth: 128 } as const;

/** Blocks of terms that are packed at once where there are few lines: what is asked of a line each time costs more than to copy some of it. */
const AT_ONCE = 8;

/** Position of the diagonal that leaves nothing out. */
const EVERYTHING = 2 ** 30;

/** The kernels with memory for one block of each matrix. It never grows, whatever the size of the matrices. */
interface Workspace {
  readonly kernels: Kernels;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  /** Four lines on their way into a panel. */
  readonly lines: Float64Array;
}

let workspace: Workspace | undefined;

function openWorkspace(): Workspace {
  if (workspace) return workspace;
  const a = BLOCK.rows * BLOCK.depth;
  const b = BLOCK.columns * BLOCK.depth;
  const c = BLOCK.rows * BLOCK.columns;
  const lines = 4 * BLOCK.depth * AT_ONCE;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(((a + b + c + lines) * 8) / PAGE) });
  const array = (from: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, from * 8, length);
  workspace = {
    kernels: widened(instantiateKernels(memory), memory.buffer),
    a: array(0, a),
    b: array(a, b),
    c: array(a + b, c),
    lines: array(a + b + c, lines),
  };
  return workspace;
}

/** Lines (rows of A, columns of B) of the summed length: an array each, or in one matrix. */
type Operand = Lines | Strided;

interface Lines {
  readonly vectors: readonly Float64Array[];
  readonly lines: number;
}

interface Strided {
  readonly data: Float64Array;
  readonly lines: number;
  /** Elements from one line to the next, and from one term of the sum to the next. */
  readonly lineStride: number;
  readonly termStride: number;
}

/** One side of a product: the matrix, or where it says so its transpose. */
interface Factor extends Matrix<Float64Array> {
  readonly transposed?: boolean;
}

/**
 * A · B, each transposed if it says so. Float64 in 128-bit SIMD, with a fixed order of sums: the same bits on every machine.
 *
 * @returns rows of A × columns of B, row-major; zeros where A has no columns
 * @throws RangeError if a length does not fit, or A has other columns than B has rows
 */
export function gemm64(a: Factor, b: Factor): Float64Array<ArrayBuffer> {
  const [m, k] = a.transposed === true ? [a.cols, a.rows] : [a.rows, a.cols];
  const [terms, n] = b.transposed === true ? [b.cols, b.rows] : [b.rows, b.cols];
  if (terms !== k) throw new RangeError(`Rows of ${k} and columns of ${terms} have no product.`);
  checkLength('A', a.data, m * k);
  checkLength('B', b.data, k * n);
  const strides = ({ cols, transposed }: Factor, ofRows: boolean) =>
    (transposed === true) === ofRows
      ? { lineStride: 1, termStride: cols }
      : { lineStride: cols, termStride: 1 };
  const left = { data: a.data, lines: m, ...strides(a, true) };
  const right = { data: b.data, lines: n, ...strides(b, false) };
  return product(left, right, k, false);
}

/**
 * All products between the rows of X (X·Xᵀ, rows × rows) or between its columns (Xᵀ·X, columns × columns). Exactly
 * symmetric: only the upper half is computed, the lower is its mirror image.
 *
 * @param x rows × columns, row-major
 * @throws RangeError if the length does not fit
 */
export function gram64(
  x: Float64Array,
  rows: number,
  columns: number,
  over: 'rows' | 'columns',
): Float64Array<ArrayBuffer> {
  checkLength('X', x, rows * columns);
  const operand =
    over === 'rows'
      ? { data: x, lines: rows, lineStride: columns, termStride: 1 }
      : { data: x, lines: columns, lineStride: 1, termStride: columns };
  const result = product(operand, operand, over === 'rows' ? columns : rows, true);
  mirror(result, operand.lines);
  return result;
}

/**
 * Dot products of all vectors of one list with all of another. Each is summed in the same order whatever the lists.
 *
 * @param a vectors of one length
 * @param b vectors of the same length
 * @returns a.length × b.length, row-major
 * @throws RangeError if a length differs
 */
export function dotProducts64(
  a: readonly Float64Array[],
  b: readonly Float64Array[],
): Float64Array<ArrayBuffer> {
  if (a.length === 0 || b.length === 0) return new Float64Array(0);
  const terms = a[0].length;
  for (const vector of [...a, ...b]) checkLength('A vector', vector, terms);
  const left = { vectors: a, lines: a.length };
  if (a.length !== b.length || a.some((vector, at) => vector !== b[at]))
    return product(left, { vectors: b, lines: b.length }, terms, false);
  const result = product(left, left, terms, true);
  mirror(result, a.length);
  return result;
}

/**
 * The dot product of two vectors, to the bit what `dotProducts64` gives.
 *
 * @throws RangeError if the lengths differ
 */
export function dotProduct64(x: Float64Array, y: Float64Array): number {
  checkLength('A vector', y, x.length);
  const { kernels, a, b } = openWorkspace();
  // As much as there is room for, in whole blocks.
  const room = a.length;
  let total = 0;
  for (let from = 0; from < x.length; from += room) {
    const terms = Math.min(room, x.length - from);
    a.set(x.subarray(from, from + terms));
    b.set(y.subarray(from, from + terms));
    total = kernels.addDot64(a.byteOffset, b.byteOffset, terms, BLOCK.depth, total);
  }
  return total;
}

function checkLength(name: string, data: Float64Array, length: number): void {
  if (data.length !== length)
    throw new RangeError(`${name} has ${data.length} elements in place of ${length}.`);
}

/** The product block by block; with `symmetric` only blocks that reach the diagonal or lie above it are filled. */
function product(left: Operand, right: Operand, k: number, symmetric: boolean): Float64Array<ArrayBuffer> {
  const { kernels, a, b, c } = openWorkspace();
  const result = new Float64Array(left.lines * right.lines);
  if (k === 0) return result;
  for (let j = 0; j < right.lines; j += BLOCK.columns) {
    const columns = Math.min(BLOCK.columns, right.lines - j);
    const width = (columns + 3) & ~3;
    for (let i = 0; i < left.lines; i += BLOCK.rows) {
      if (symmetric && i >= j + columns) break;
      const rows = Math.min(BLOCK.rows, left.lines - i);
      const height = (rows + 3) & ~3;
      const room = Math.min(AT_ONCE, Math.floor(BLOCK.rows / height), Math.floor(BLOCK.columns / width));
      for (let p = 0; p < k; p += room * BLOCK.depth) {
        const terms = Math.min(room * BLOCK.depth, k - p);
        pack(b, right, j, columns, p, terms);
        // Lines that are among those of B are packed with them.
        const among = symmetric && i >= j;
        if (!among) pack(a, left, i, rows, p, terms);
        for (let q = 0; q < terms; q += BLOCK.depth) {
          const depth = Math.min(BLOCK.depth, terms - q);
          const block = b.byteOffset + q * width * 8;
          kernels.multiply64(
            among ? block + (i - j) * depth * 8 : a.byteOffset + q * height * 8,
            block,
            c.byteOffset,
            height >> 2,
            width >> 2,
            depth,
            width,
            p + q > 0,
            symmetric ? j - i : EVERYTHING,
          );
        }
      }
      for (let row = 0; row < rows; row++) {
        result.set(c.subarray(row * width, row * width + columns), (i + row) * right.lines + j);
      }
    }
  }
  return result;
}

/** Copies lines into panels of four, [block of terms][lines / 4][terms of the block][4], the last one filled up with zeros. */
function pack(
  target: Float64Array,
  operand: Operand,
  firstLine: number,
  lines: number,
  firstTerm: number,
  terms: number,
): void {
  if ('vectors' in operand)
    packLines(target, lines, terms, (line) =>
      operand.vectors[firstLine + line].subarray(firstTerm, firstTerm + terms),
    );
  else if (operand.termStride === 1)
    packLines(target, lines, terms, (line) => {
      const from = (firstLine + line) * operand.lineStride + firstTerm;
      return operand.data.subarray(from, from + terms);
    });
  else packStrided(target, operand, firstLine, lines, firstTerm, terms);
}

/** @param termsOf gives those of one of the lines */
function packLines(
  target: Float64Array,
  lines: number,
  terms: number,
  termsOf: (line: number) => Float64Array,
): void {
  const { kernels, lines: four } = openWorkspace();
  const padded = (lines + 3) & ~3;
  for (let line = 0; line < lines; line += 4) {
    for (let i = 0; i < 4; i++) {
      const at = i * terms;
      if (line + i < lines) four.set(termsOf(line + i), at);
      else four.fill(0, at, at + terms);
    }
    for (let first = 0; first < terms; first += BLOCK.depth) {
      const depth = Math.min(BLOCK.depth, terms - first);
      const panel = target.byteOffset + (first * padded + line * depth) * 8;
      kernels.packFour(four.byteOffset + first * 8, terms * 8, depth, panel);
    }
  }
}

function packStrided(
  target: Float64Array,
  { data, lineStride, termStride }: Strided,
  firstLine: number,
  lines: number,
  firstTerm: number,
  terms: number,
): void {
  let to = 0;
  for (let first = 0; first < terms; first += BLOCK.depth) {
    const end = Math.min(first + BLOCK.depth, terms);
    for (let line = 0; line < lines; line += 4) {
      let at = (firstLine + line) * lineStride + (firstTerm + first) * termStride;
      const present = lines - line;
      if (present >= 4) {
        for (let term = first; term < end; term++, to += 4, at += termStride) {
          target[to] = data[at];
          target[to + 1] = data[at + lineStride];
          target[to + 2] = data[at + 2 * lineStride];
          target[to + 3] = data[at + 3 * lineStride];
        }
      } else {
        for (let term = first; term < end; term++, to += 4, at += termStride) {
          for (let i = 0; i < 4; i++) target[to + i] = i < present ? data[at + i * lineStride] : 0;
        }
      }
    }
  }
}

/** Copies the upper half of an n × n matrix onto the lower, in squares that stay in the cache. */
function mirror(matrix: Float64Array, n: number): void {
  const size = 32;
  for (let top = 0; top < n; top += size) {
    for (let left = 0; left <= top; left += size) {
      const bottom = Math.min(n, top + size);
      for (let i = top; i < bottom; i++) {
        const right = Math.min(i, left + size);
        for (let j = left; j < right; j++) matrix[i * n + j] = matrix[j * n + i];
      }
    }
  }
}
