import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { EngineInfo } from '../protocol/results';

/** Beside the bundle in the product; in the package when the sources run unbundled. */
const WASM_FOLDERS = [
  __dirname,
  join(__dirname, '../../dist'),
  join(__dirname, '../../node_modules/@tensorflow/tfjs-backend-wasm/dist'),
];

let ready: Promise<EngineInfo['backend']> | undefined;

/**
 * Sets up TensorFlow.js in this thread, once: on WASM, with SIMD where the machine has it; on plain JavaScript where the
 * backend's .wasm files are missing or do not start. Nothing is fetched: the files are read from a folder.
 *
 * @returns the backend that runs
 */
export function startBackend(wanted: 'wasm' | 'cpu' = 'wasm'): Promise<EngineInfo['backend']> {
  ready ??= start(wanted);
  return ready;
}

async function start(wanted: 'wasm' | 'cpu'): Promise<EngineInfo['backend']> {
  // Without this, tfjs prints advice to install its native package.
  tf.env().set('PROD', true);
  // More threads would change the order of sums; replicates run in parallel instead.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const file = simd ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm';
  const folder = WASM_FOLDERS.find((candidate) => existsSync(join(candidate, file)));
  if (wanted === 'wasm' && folder) {
    setWasmPaths(folder + sep);
    if (await withoutListeners(() => tf.setBackend('wasm'))) return simd ? 'wasm-simd' : 'wasm';
  }
  await tf.setBackend('cpu');
  return 'cpu';
}

/** The WASM backend's loader leaves listeners of its own on the process that change how errors end it: takes them away again. */
async function withoutListeners<T>(action: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => process.listeners(event as NodeJS.Signals));
  const result = await action();
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as NodeJS.Signals))
      if (!before[i].includes(listener)) process.removeListener(event, listener);
  });
  return result;
}
