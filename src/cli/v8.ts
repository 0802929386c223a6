import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 optimise what runs for long and nothing else. An analysis has a thread at work for every processor: those that compile take
 * time from them, a third of it where nothing is to be trained.
 */
export function compileLess(): void {
  // Bytes of bytecode that a function runs before it is optimised: three times as many.
  setFlag('--interrupt-budget=400000');
}

/**
 * Has V8 look through all that is in memory, for what is used no more, less often. A thread that analyses uses ten megabytes, and arrays of four that
 * come and go count towards it: all is looked through several times a second. Not of many replicates, whose results this thread holds, and whose
 * memory would grow with it: of 1,000 small ones beyond a gigabyte.
 */
export function collectLess(replicates: number): void {
  // How much may come before that, in percent of what is in use.
  if (replicates <= FEW) setFlag('--heap-growing-percent=400');
}

const FEW = 100;

/** Measured with the V8 of Node 20, and left alone elsewhere. */
function setFlag(flag: string): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(flag);
}
