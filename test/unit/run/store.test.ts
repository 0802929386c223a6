import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultStoreDir } from '../../../src/run/store/default-dir';
import { Store } from '../../../src/run/store/store';
import { StoreError } from '../../../src/run/store/store-error';
import { temporaryName } from '../../../src/run/store/temporary';
import { stream } from '../../../src/random/stream';
import { bundle } from './fixtures/bundle';
import { contentOf, keyOf } from './fixtures/store-content';

// In memory where there is such a place: every write waits for the disk, several times.
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let folder: string;
let writer: string;

beforeAll(async () => {
  writer = await bundle('store-writer.ts');
});
beforeEach(async () => {
  folder = await mkdtemp(join(place, 'repscope-store-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const entryPath = (i: number): string => join(folder, 'entries', keyOf(i).slice(0, 2), keyOf(i));
const temporary = (): Promise<string[]> => readdir(join(folder, 'tmp'));

function expected(i: number): Map<string, Uint8Array> {
  return new Map(
    [...contentOf(i)].map(([name, content]) => [
      name,
      content instanceof Uint8Array ? content : new Uint8Array(Buffer.concat(content)),
    ]),
  );
}

/** Files by name with their SHA-256: comparing byte by byte is slow in the test runner. */
function sums(files: ReadonlyMap<string, Uint8Array> | null): [string, string][] | null {
  return (
    files && [...files].map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')])
  );
}

/** Waits for a moment; the store sorts by time in milliseconds. */
const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('Store', () => {
  it('reads what was written, also after it is opened again', async () => {
    const store = await Store.open(folder);
    expect(await store.has(keyOf(1))).toBe(false);
    expect(await store.read(keyOf(1))).toBeNull();
    await store.write(keyOf(1), contentOf(1));
    const again = await Store.open(folder);
    expect(await again.has(keyOf(1))).toBe(true);
    expect(sums(await again.read(keyOf(1)))).toEqual(sums(expected(1)));
    expect(await temporary()).toEqual([]);
  });

  it('keeps what is there when a key is written again', async () => {
    const store = await Store.open(folder);
    await store.write(keyOf(1), contentOf(1));
    await store.write(keyOf(1), contentOf(2));
    expect(sums(await store.read(keyOf(1)))).toEqual(sums(expected(1)));
    expect(await temporary()).toEqual([]);
  });

  it.each<[string, () => Promise<void>]>([
    ['a truncated file', () => truncate(join(entryPath(1), 'a.bin'), 100)],
    ['a missing file', () => rm(join(entryPath(1), 'b.json'))],
    ['a changed file of the same length', () => writeFile(join(entryPath(1), 'b.json'), '{"i":2}')],
    ['a truncated manifest', () => truncate(join(entryPath(1), 'manifest.json'), 50)],
    ['no manifest', () => rm(join(entryPath(1), 'manifest.json'))],
  ])('counts an entry with %s as absent, removes it, and takes it anew', async (_, damage) => {
    const store = await Store.open(folder);
    await store.write(keyOf(1), contentOf(1));
    await damage();
    expect(await store.read(keyOf(1))).toBeNull();
    await expect(readdir(entryPath(1))).rejects.toThrow('ENOENT');
    await store.write(keyOf(1), contentOf(1));
    await damage();
    // Without a read in between: writing replaces what is damaged.
    await store.write(keyOf(1), contentOf(1));
    expect(sums(await store.read(keyOf(1)))).toEqual(sums(expected(1)));
  });

  it('lets the least recently used entries go above the cap', async () => {
    const store = await Store.open(folder, { capBytes: 200_000, keepUsedSince: Infinity });
    for (const i of [0, 7, 14]) {
      await store.write(keyOf(i), contentOf(i)); // 40 kB each
      await moment();
    }
    await store.read(keyOf(0));
    for (const i of [21, 28]) {
      await moment();
      await store.write(keyOf(i), contentOf(i));
    }
    expect((await store.list()).map(({ key }) => key)).toEqual([14, 0, 21, 28].map(keyOf));
    expect(await store.size()).toBeLessThanOrEqual(180_000);
  });

  it('never lets go what the run uses, and lets go what is older', async () => {
    const before = await Store.open(folder);
    await before.write(keyOf(0), contentOf(0));
    const old = new Date(1_000_000);
    await utimes(join(entryPath(0), 'manifest.json'), old, old);
    const store = await Store.open(folder, { capBytes: 1000 });
    for (const i of [1, 2, 3]) await store.write(keyOf(i), contentOf(i));
    expect(await store.has(keyOf(0))).toBe(false);
    for (const i of [1, 2, 3]) expect(await store.has(keyOf(i))).toBe(true);
  });

  it('lists, measures and clears', async () => {
    const store = await Store.open(folder);
    await store.write(keyOf(1), contentOf(1));
    await moment();
    await store.write(keyOf(2), contentOf(2));
    const list = await store.list();
    expect(list.map(({ key }) => key)).toEqual([keyOf(1), keyOf(2)]);
    const files = await readdir(entryPath(1));
    const sizes = await Promise.all(
      files.map(async (name) => (await readFile(join(entryPath(1), name))).length),
    );
    expect(list[0]?.bytes).toBe(sizes.reduce((a, b) => a + b));
    await store.clear();
    expect(await store.size()).toBe(0);
    expect(await store.has(keyOf(1))).toBe(false);
  });

  it('sweeps what dead processes left, not what the living are making', async () => {
    const store = await Store.open(folder);
    await store.write(keyOf(1), contentOf(1));
    const dead = spawnSync(process.execPath, [
      '-e',
      'process.stdout.write(String(process.pid))',
    ]).stdout.toString();
    const living = temporaryName();
    const names = {
      living,
      gone: living.replace(`-${process.pid}-`, `-${dead}-`),
      elsewhere: `00000000-${dead}-x`,
      old: `00000000-1-y`,
    };
    for (const name of Object.values(names)) await mkdir(join(folder, 'tmp', name));
    const long = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(folder, 'tmp', names.old), long, long);
    await Store.open(folder);
    expect(new Set(await temporary())).toEqual(new Set([names.living, names.elsewhere]));
  });

  it('says what is wrong with the folder', async () => {
    await writeFile(join(folder, 'file'), '');
    const inside = join(folder, 'file', 'store');
    await expect(Store.open(inside)).rejects.toThrow(StoreError);
    await expect(Store.open(inside)).rejects.toThrow(inside);
  });

  it('refuses keys and names that could leave the folder', async () => {
    const store = await Store.open(folder);
    await expect(store.read('../../../etc')).rejects.toThrow(TypeError);
    for (const name of ['../x', 'a/b', '.x', '', 'manifest.json'])
      await expect(store.write(keyOf(1), new Map([[name, new Uint8Array(1)]]))).rejects.toThrow(TypeError);
  });

  it.skipIf(process.platform === 'win32')('leaves nothing when the disk refuses half-way', async () => {
    // No file may exceed 8 blocks: a.bin fails after a part of it.
    const { stderr, status } = spawnSync(
      'bash',
      ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, writer, folder, '0', '1'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder}, cannot be written: a file would become too large (EFBIG).`);
    expect(await (await Store.open(folder)).list()).toEqual([]);
    expect(await temporary()).toEqual([]);
  });

  it('lets two processes write the same keys', async () => {
    const ends = [0, 1].map(
      () =>
        new Promise<number | null>((resolve) =>
          spawn(process.execPath, [writer, folder, '0', '40'], { stdio: ['ignore', 'ignore', 'inherit'] }).on(
            'close',
            resolve,
          ),
        ),
    );
    expect(await Promise.all(ends)).toEqual([0, 0]);
    const store = await Store.open(folder);
    for (let i = 0; i < 40; i++) expect(sums(await store.read(keyOf(i)))).toEqual(sums(expected(i)));
    expect(await temporary()).toEqual([]);
  });

  // A soak: REPSCOPE_KILLS=1000
  it('is whole whenever its writer is killed', { timeout: 3_600_000 }, async () => {
    const kills = Number(process.env['REPSCOPE_KILLS'] ?? 30);
    const delay = stream('kills', kills);
    let seen = 0;
    for (let kill = 0; kill < kills; kill++) {
      const child = spawn(process.execPath, [writer, folder, '0', '20', 'loop'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, 120 * delay.uniform()));
      const closed = new Promise((resolve) => child.on('close', resolve));
      child.kill('SIGKILL');
      await closed;
      // What is in its place is whole, by its own account and by ours; what is not was never seen.
      for (let i = 0; i < 20; i++) {
        const there = await readdir(entryPath(i)).then(
          () => true,
          () => false,
        );
        if (!there) continue;
        const store = await Store.open(folder);
        expect(sums(await store.read(keyOf(i)))).toEqual(sums(expected(i)));
        seen++;
      }
      await Store.open(folder);
      expect(await temporary()).toEqual([]);
    }
    expect(seen).toBeGreaterThan(0);
  });
});

describe('defaultStoreDir', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/home/me/.cache/repscope'],
    ['linux', { XDG_CACHE_HOME: '/cache' }, '/cache/repscope'],
    ['linux', { XDG_CACHE_HOME: 'cache' }, '/home/me/.cache/repscope'],
    ['darwin', { XDG_CACHE_HOME: '/cache' }, '/home/me/Library/Caches/repscope'],
    ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\repscope'],
  ])('on %s with %j is %s', (platform, environment, dir) => {
    expect(defaultStoreDir(platform, environment, '/home/me')).toBe(dir);
  });
});
