import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Starts the program with what V8 made of it when it was built (`program.cache`, behind the SHA-256 of the text that it is of). Another
 * version of V8 refuses that, and compiles anew, as it does where there is none.
 */
function start(): void {
  const file = join(__dirname, 'program.js');
  const text = readFileSync(file);
  const script = new Script(wrap(text.toString()), { filename: file, cachedData: compiledOf(text) });
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(exports, require, module, file, __dirname);
}

function compiledOf(text: Buffer): Buffer | undefined {
  const file = join(__dirname, 'program.cache');
  if (!existsSync(file)) return undefined;
  const kept = readFileSync(file);
  const digest = createHash('sha256').update(text).digest();
  return kept.subarray(0, digest.length).equals(digest) ? kept.subarray(digest.length) : undefined;
}

start();
