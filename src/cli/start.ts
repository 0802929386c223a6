import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Starts a program with what V8 made of it when it was built (`NAME.cache`, behind the SHA-256 of the text that it is of;
 * scripts/keep-compiled.mjs). Another version of V8 refuses that, and compiles anew, as it does where there is none.
 */
function start(name: string): void {
  const file = join(__dirname, `${name}.js`);
  const text = readFileSync(file);
  const cachedData = compiledOf(text, join(__dirname, `${name}.cache`));
  const script = new Script(wrap(text.toString()), { filename: file, cachedData });
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(exports, require, module, file, __dirname);
}

function compiledOf(text: Buffer, file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const kept = readFileSync(file);
  const digest = createHash('sha256').update(text).digest();
  return kept.subarray(0, digest.length).equals(digest) ? kept.subarray(digest.length) : undefined;
}

const [verb, ...given] = process.argv.slice(2);
/** A check of files needs a third of the program, and is over before all of that would be read. */
const isCheck = verb === 'check' && given.length > 0 && !given.some((word) => word.startsWith('-'));

start(isCheck ? 'check' : 'program');
