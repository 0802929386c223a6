// Runs a program of the command line, and keeps what V8 made of it meanwhile, which then need not be compiled at each start
// (src/cli/start.ts): functions that have run as well as those that are compiled at once. What has not run for a while V8 forgets, the
// program's own text first, which would then be compiled at each start: not meanwhile. The command must set no flag of V8, which then
// refuses what it kept.
//   node scripts/keep-compiled.mjs dist/NAME.js [words of the command]
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

setFlagsFromString('--no-flush-bytecode');
const [program, ...words] = process.argv.slice(2);
const file = resolve(program);
const text = readFileSync(file);
const script = new Script(Module.wrap(text.toString()), { filename: file });
process.argv = [process.argv[0], file, ...words];
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
process.on('exit', () => {
  // What is kept is taken under the same flags alone.
  setFlagsFromString('--flush-bytecode');
  const digest = createHash('sha256').update(text).digest();
  writeFileSync(file.replace(/\.js$/, '.cache'), Buffer.concat([digest, script.createCachedData()]));
});
