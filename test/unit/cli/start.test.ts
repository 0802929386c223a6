import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeNpy } from '../../../src/formats/npy';
import { scratch } from '../../support/scratch';

it.each(['program', 'check'])('the command line starts with what V8 made of %s when it was built', (name) => {
  const program = `dist/${name}.js`;
  const cache = `dist/${name}.cache`;
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

it('checks files without the program of all other commands, and without what V8 made of it', () => {
  const folder = scratch();
  for (const file of ['cli.js', 'check.js']) copyFileSync(join('dist', file), join(folder, file));
  const example = 'examples/xor.experiment.json';
  expect(execFileSync(process.execPath, [join(folder, 'cli.js'), 'check', example])).toHaveLength(0);
});

it('the program that was started so still imports what it needs later', () => {
  const folder = scratch();
  const at = (name: string): string => join(folder, name);
  const rdm = (of: (pair: number) => number) => Float64Array.from({ length: 15 }, (_, pair) => of(pair));
  writeFileSync(at('s.npy'), writeNpy({ shape: [15], data: rdm((pair) => pair) }));
  writeFileSync(at('m.npy'), writeNpy({ shape: [15], data: rdm((pair) => pair * pair) }));
  const args = ['dist/cli.js', 'rsa', at('s.npy'), '--models', at('m.npy'), '--draws', '100'];
  execFileSync(process.execPath, [...args, '--figure', at('f.svg')]);
  expect(readFileSync(at('f.svg'), 'utf8')).toContain('<svg');
});
