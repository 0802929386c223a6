import { instantiateKernels, widened } from './kernels';
import type { Kernels } from './signatures';

/** Bytes of a page of WebAssembly memory. */
export const PAGE = 65536;

/** What addresses are multiples of: a cache line. */
const ALIGNMENT = 64;

/**
 * A WebAssembly memory, the kernels that work on it, and its division into arrays. First every array is reserved, then
 * `commit` makes the memory as large as they need.
 */
export class Workspace {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #instance = instantiateKernels(this.#memory);
  #kernels = widened(this.#instance, this.#memory.buffer);
  // Address 0 stays unused.
  #end = ALIGNMENT;
  #committed = ALIGNMENT;
  #floats = new Float32Array();
  #integers = new Uint32Array();
  #doubles = new Float64Array();

  /**
   * A workspace that is not in use, or a new one. Memories are kept and reused: each takes gigabytes of address space,
   * which the garbage collector does not see.
   */
  static take(): Workspace {
    return idle.pop() ?? new Workspace();
  }

  /** Gives the workspace back; its arrays must not be used any more. */
  release(): void {
    this.#end = ALIGNMENT;
    this.#committed = ALIGNMENT;
    idle.push(this);
  }

  /** @returns the address of an array of so many bytes */
  reserve(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  /**
   * Makes the memory large enough for all that was reserved, and fills what is new with zeros. Arrays taken from `floats` and
   * the like before may be empty after it.
   *
   * @param clear false leaves in what is new whatever was there, for arrays that are written whole
   * @throws RangeError beyond 4 GB, or where the machine has not so much
   */
  commit(clear = true): void {
    const missing = Math.ceil((this.#end - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#memory.grow(missing);
    const { buffer } = this.#memory;
    if (missing > 0) this.#kernels = widened(this.#instance, buffer);
    this.#floats = new Float32Array(buffer);
    this.#integers = new Uint32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    if (clear) this.#floats.fill(0, this.#committed / 4, this.#end / 4);
    this.#committed = this.#end;
  }

  /** To be taken anew after `commit`, like the arrays. */
  get kernels(): Kernels {
    return this.#kernels;
  }

  /** The whole memory; index = address / 4. */
  get floats(): Float32Array<ArrayBuffer> {
    return this.#floats;
  }

  /** The whole memory; index = address / 4. */
  get integers(): Uint32Array<ArrayBuffer> {
    return this.#integers;
  }

  /** The whole memory; index = address / 8. */
  get doubles(): Float64Array<ArrayBuffer> {
    return this.#doubles;
  }
}

const idle: Workspace[] = [];
