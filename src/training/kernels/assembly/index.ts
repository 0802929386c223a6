// The exports of kernels.wasm, one kernel family a file. `../kernels.ts` declares the same list for its callers.
export { multiply64 } from './multiply64';
