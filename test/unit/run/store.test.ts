import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultStoreDir } from '../../../src/run/store/default-dir';
import { Store } from '../../../src/run/store/store';
import { StoreError } from '../../../src/run/store/store-error';
import { temporaryName } from '../../../src/run/temporary';
import { stream } from '../../../src/core/stream';
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

/** Does something as a user to whom permissions apply, which they do not to root. */
async function asSomebody(act: () => Promise<void>): Promise<void> {
  await chmod(folder, 0o777);
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65534);
  try {
    await act();
  } finally {
    if (root) process.seteuid?.(0);
  }
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

  it('lets go also what the run used when it is over', async () => {
    const store = await Store.open(folder, { capBytes: 100_000 });
    for (const i of [0, 7, 14]) await store.write(keyOf(i), contentOf(i)); // 40 kB each
    expect(await store.size()).toBeGreaterThan(100_000);
    expect(await store.trim()).toBe(1);
    expect(await store.size()).toBeLessThanOrEqual(100_000);
    expect(await store.trim()).toBe(0);
  });

  it('lets go first what is dated ahead', async () => {
    const store = await Store.open(folder, { capBytes: 100_000 });
    for (const i of [0, 7, 14]) await store.write(keyOf(i), contentOf(i));
    const ahead = new Date(Date.now() + 30 * 24 * 3_600_000);
    await utimes(join(entryPath(14), 'manifest.json'), ahead, ahead);
    await store.trim();
    expect(await store.has(keyOf(14))).toBe(false);
    for (const i of [0, 7]) expect(await store.has(keyOf(i))).toBe(true);
  });

  it('finds of entries that begin alike the one that was used last', async () => {
    const store = await Store.open(folder);
    const of = (end: string): string => `abcdef01${end}`;
    expect(await store.newest('abcdef01')).toBeNull();
    for (const end of ['11', '22', '33']) await store.write(of(end), contentOf(0));
    await store.write('abcdee0144', contentOf(0));
    for (const [at, end] of ['22', '33', '11'].entries()) {
      const time = new Date(Date.now() - 60_000 + 1000 * at);
      await utimes(join(folder, 'entries', 'ab', of(end), 'manifest.json'), time, time);
    }
    expect(await store.newest('abcdef01')).toBe(of('11'));
    await store.read(of('22'));
    expect(await store.newest('abcdef01')).toBe(of('22'));
    // What is damaged is none.
    await truncate(join(folder, 'entries', 'ab', of('22'), 'manifest.json'), 3);
    expect(await store.newest('abcdef01')).toBe(of('11'));
    expect(await store.newest('abcdef02')).toBeNull();
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
      elsewhere: living.replace(/^[0-9a-f]{8}-\d+/, `00000000-${dead}`),
      old: living.replace(/^[0-9a-f]{8}-\d+/, '00000000-1'),
      ahead: living.replace(/^[0-9a-f]{8}-\d+/, '00000000-2'),
    };
    for (const name of Object.values(names)) await mkdir(join(folder, 'tmp', name));
    const long = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(folder, 'tmp', names.old), long, long);
    const ahead = new Date(Date.now() + 2 * 3_600_000);
    await utimes(join(folder, 'tmp', names.ahead), ahead, ahead);
    await Store.open(folder);
    expect(new Set(await temporary())).toEqual(new Set([names.living, names.elsewhere]));
  });

  it('says what is wrong with the folder', async () => {
    await writeFile(join(folder, 'file'), '');
    const inside = join(folder, 'file', 'store');
    await expect(Store.open(inside)).rejects.toThrow(StoreError);
    await expect(Store.open(inside)).rejects.toThrow(inside);
  });

  it('counts an entry that cannot be read as absent, and names it', async () => {
    await asSomebody(async () => {
      const said: string[] = [];
      const store = await Store.open(folder, { onUnreadable: (message) => said.push(message) });
      for (const i of [1, 2]) await store.write(keyOf(i), contentOf(i));
      await chmod(join(entryPath(1), 'manifest.json'), 0);
      expect(await store.has(keyOf(1))).toBe(false);
      expect(await store.read(keyOf(1))).toBeNull();
      expect((await store.list()).map(({ key }) => key)).toEqual([keyOf(2)]);
      expect(said).toHaveLength(3);
      expect(said[0]).toContain(
        `${entryPath(1)} cannot be read and counts as absent: access is denied (EACCES).`,
      );
      // All the same it can be cleared away.
      await store.clear();
      expect(await readdir(join(folder, 'entries', keyOf(1).slice(0, 2)))).toEqual([]);
    });
  });

  it('says that it could not be cleared', async () => {
    await asSomebody(async () => {
      const store = await Store.open(folder);
      for (const i of [1, 2]) await store.write(keyOf(i), contentOf(i));
      await chmod(join(entryPath(1), '..'), 0o500);
      await expect(store.clear()).rejects.toThrow('cannot be cleared: access is denied');
      await chmod(join(entryPath(1), '..'), 0o700);
      expect((await store.list()).map(({ key }) => key)).toEqual([keyOf(1)]);
    });
  });

  it('is made anew where it is deleted under its user', async () => {
    const store = await Store.open(folder);
    await rm(folder, { recursive: true });
    await store.write(keyOf(1), contentOf(1));
    expect(sums(await (await Store.open(folder)).read(keyOf(1)))).toEqual(sums(expected(1)));
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
    const kills = Number(process.env['REPSCOPE_KILLS'] ?? 8);
    const delay = stream('kills', kills);
    let seen = 0;
    // On a busy machine a writer may have written nothing yet: until something was there.
    for (let kill = 0; kill < kills || (seen === 0 && kill < 50 * kills); kill++) {
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

describe('what is not the store’s own', () => {
  const long = new Date(Date.now() - 2 * 3_600_000);
  let outside: string;

  beforeEach(async () => {
    outside = await mkdtemp(join(place, 'repscope-outside-'));
  });
  afterEach(async () => {
    await rm(outside, { recursive: true, force: true });
  });

  /** Everything below a folder, links by name. */
  const tree = async (of: string): Promise<string[]> => (await readdir(of, { recursive: true })).sort();

  /** An entry as the store writes it, but for somebody else. */
  async function lookAlike(at: string, key: string): Promise<void> {
    await mkdir(join(at, key), { recursive: true });
    await writeFile(join(at, key, 'manifest.json'), '{}');
  }

  it.each<[string, boolean]>([
    ['given by the user', false],
    ['of earlier versions', true],
  ])('stays in a folder %s that is no store', async (_, adopt) => {
    const thesis = join(folder, 'tmp', 'thesis');
    await mkdir(thesis, { recursive: true });
    await writeFile(join(thesis, 'chapter'), '');
    await utimes(thesis, long, long);
    await lookAlike(join(folder, 'entries', '3f'), keyOf(1));
    const before = await tree(folder);
    await expect(Store.open(folder, { adopt })).rejects.toThrow('holds what is no store of RepScope');
    expect(await tree(folder)).toEqual(before);
  });

  it('stays beside entries in a store', async () => {
    const store = await Store.open(folder, { capBytes: 1 });
    await store.write(keyOf(1), contentOf(1));
    for (const path of ['tmp/thesis', 'entries/notes', 'entries/00/notes', 'notes']) {
      await mkdir(join(folder, path), { recursive: true });
      await utimes(join(folder, path), long, long);
    }
    await store.trim();
    await (await Store.open(folder)).clear();
    expect((await tree(folder)).filter((path) => /thesis|notes/.test(path))).toHaveLength(4);
  });

  it('stays behind a link in the place of a folder of the store’s', async () => {
    await mkdir(join(outside, temporaryName().replace(/^[0-9a-f]{8}-\d+/, '00000000-1')));
    for (const name of await readdir(outside)) await utimes(join(outside, name), long, long);
    await lookAlike(join(outside, keyOf(1).slice(0, 2)), keyOf(1));
    const before = await tree(outside);
    for (const name of ['tmp', 'entries']) {
      await Store.open(folder);
      await rm(join(folder, name), { recursive: true });
      await symlink(outside, join(folder, name));
      await expect(Store.open(folder)).rejects.toThrow('is a link');
      await rm(join(folder, name));
    }
    expect(await tree(outside)).toEqual(before);
  });

  it('stays behind links among the entries', async () => {
    const store = await Store.open(folder, { capBytes: 1, keepUsedSince: Infinity });
    const group = keyOf(1).slice(0, 2);
    await lookAlike(outside, keyOf(1));
    await lookAlike(outside, keyOf(2));
    await symlink(outside, join(folder, 'entries', group));
    const other = join(folder, 'entries', keyOf(2).slice(0, 2));
    await mkdir(other);
    await symlink(join(outside, keyOf(2)), join(other, keyOf(2)));
    const before = await tree(outside);
    expect(await store.read(keyOf(1))).toBeNull();
    await expect(store.write(keyOf(1), contentOf(1))).rejects.toThrow('is a link');
    // The link itself has the name of an entry, and makes room for one.
    await store.write(keyOf(2), contentOf(2));
    await store.trim();
    await store.clear();
    expect(await tree(outside)).toEqual(before);
    expect((await lstat(join(folder, 'entries', group))).isSymbolicLink()).toBe(true);
  });

  it('is told by the marker, which a store of an earlier version gets where it is known to be', async () => {
    const marker = join(folder, 'repscope-store.txt');
    await (await Store.open(folder)).write(keyOf(1), contentOf(1));
    await rm(marker);
    await expect(Store.open(folder)).rejects.toThrow(StoreError);
    const adopted = await Store.open(folder, { adopt: true });
    expect(await adopted.has(keyOf(1))).toBe(true);
    expect((await lstat(marker)).isFile()).toBe(true);
    await (await Store.open(folder)).clear();
    expect(await adopted.list()).toEqual([]);
  });

  it('is no file that a system drops into folders: such a folder counts as empty, or as a store of an earlier version', async () => {
    const droppings = ['.DS_Store', 'Thumbs.db', 'Desktop.ini'];
    for (const name of droppings) await writeFile(join(folder, name), 'theirs');
    await (await Store.open(folder)).write(keyOf(1), contentOf(1));
    await rm(join(folder, 'repscope-store.txt'));
    const group = join('entries', keyOf(1).slice(0, 2));
    for (const place of ['tmp', 'entries', group])
      await writeFile(join(folder, place, '.DS_Store'), 'theirs');
    const adopted = await Store.open(folder, { adopt: true, capBytes: 1 });
    expect(await adopted.has(keyOf(1))).toBe(true);
    await adopted.clear();
    expect((await tree(folder)).filter((path) => /\.DS_Store|\.db|\.ini/.test(path))).toHaveLength(6);
  });

  it('is a folder with the name of such a file', async () => {
    await mkdir(join(folder, '.DS_Store'));
    await expect(Store.open(folder)).rejects.toThrow('holds what is no store of RepScope (.DS_Store)');
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
