import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What changes with every version or by the clock: it says nothing about numbers. */
const PASSING = /^report\.html$|^run\.json$|^results\.safetensors|^results\.json: (version|fingerprint)$/;
/** Between the tree of version 1 and the table: what follows from numbers that are compared, and lists of the same. */
const DERIVED =
  /^tables\/(layers|pca|checkpoints)\.csv$|^results\.json: (definitions\.|networks\.\d+\.summary\.(loss$|layers\.\d+\.maximum))/;

/**
 * Places at which the folders of two runs differ: files by their name, of `results.json` the paths inside it, with both values.
 *
 * @param forms `oldTree` makes of today's `results.json` and arrays what version 1 had, for commits before the table; `withRows` makes of tables
 *   their rows, however they are written
 * @returns {string[]}
 */
export function differences(then, now, { oldTree, withRows }) {
  let upgraded = false;
  const names = new Set([...filesIn(then), ...filesIn(now)]);
  return [...names]
    .sort()
    .flatMap((name) => {
      const [first, second] = [join(then, name), join(now, name)];
      if (!existsSync(first)) return [`${name}: is new`];
      if (!existsSync(second)) return [`${name}: is gone`];
      const [a, b] = [readFileSync(first), readFileSync(second)];
      if (a.equals(b)) return [];
      if (name !== 'results.json') return [name];
      const [before, after] = [JSON.parse(a.toString()), JSON.parse(b.toString())];
      upgraded = before.schemaVersion === 1 && after.schemaVersion === 2;
      const pair = upgraded
        ? [before, oldTree(after, readFileSync(join(now, 'results.safetensors')))]
        : [withRows(before), withRows(after)];
      return inside(...pair, '').map((place) => `${name}: ${place}`);
    })
    .filter((place) => {
      const bare = place.replace(/ {2}.*$/, '');
      return !PASSING.test(bare) && !(upgraded && DERIVED.test(bare));
    });
}

function filesIn(folder, under = '') {
  return readdirSync(join(folder, under)).flatMap((name) => {
    const path = under ? `${under}/${name}` : name;
    return statSync(join(folder, path)).isDirectory() ? filesIn(folder, path) : [path];
  });
}

function inside(a, b, path) {
  if (Object.is(a, b)) return [];
  const both = [a, b];
  if (
    both.every((value) => value !== null && typeof value === 'object') &&
    Array.isArray(a) === Array.isArray(b)
  ) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap((key) => inside(a[key], b[key], path ? `${path}.${key}` : key));
  }
  const [before, after] = both.map((value) => JSON.stringify(value)?.slice(0, 60) ?? 'absent');
  return [`${path}  ${before} → ${after}`];
}
