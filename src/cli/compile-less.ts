import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 optimise what runs for long and nothing else. An analysis has a thread at work for every processor: those that compile take
 * time from them, a third of it where nothing is to be trained. Measured with the V8 of Node 20, and left alone elsewhere.
 */
export function compileLess(): void {
  // Bytes of bytecode that a function runs before it is optimised: three times as many.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=400000');
}
