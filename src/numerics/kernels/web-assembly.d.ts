/** The part of WebAssembly that the kernels use: TypeScript declares it with the DOM, which is not here. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }

  class Memory {
    constructor(size: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    /** By so many pages of 64 kB; views of the old buffer are then empty. */
    grow(pages: number): number;
  }

  class CompileError extends Error {}

  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } });
    readonly exports: Record<string, unknown>;
  }
}
