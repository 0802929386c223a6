import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const program = 'dist/program.js';
const cache = 'dist/program.cache';

it('the command line starts with what V8 made of this program when it was built', () => {
  const digest = createHash('sha256').update(readFileSync(program)).digest();
  expect(readFileSync(cache).subarray(0, digest.length)).toEqual(digest);
  // In a process of its own: V8 refuses what was compiled under other flags, and the tests' have some.
  const tried = `
    const { readFileSync } = require('node:fs');
    const cachedData = readFileSync('${cache}').subarray(${digest.length});
    const text = require('node:module').wrap(readFileSync('${program}', 'utf8'));
    process.stdout.write(String(new (require('node:vm').Script)(text, { cachedData }).cachedDataRejected));
  `;
  expect(execFileSync(process.execPath, ['-e', tried], { encoding: 'utf8', env: {} })).toBe('false');
});
