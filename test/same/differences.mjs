import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What changes with every version or by the clock: it says nothing about numbers. */
const PASSING = /^report\.html$|^results\.json: (version|fingerprint)$/;

/**
 * Places at which the folders of two runs differ: files by their name, of `results.json` the paths inside it, with both values.
 *
 * @returns {string[]}
 */
export function differences(then, now) {
  const names = new Set([...filesIn(then), ...filesIn(now)]);
  return [...names]
    .sort()
    .flatMap((name) => {
      const [before, after] = [join(then, name), join(now, name)];
      if (!existsSync(before)) return [`${name}: is new`];
      if (!existsSync(after)) return [`${name}: is gone`];
      const [a, b] = [readFileSync(before), readFileSync(after)];
      if (a.equals(b)) return [];
      if (name !== 'results.json') return [name];
      return inside(JSON.parse(a.toString()), JSON.parse(b.toString()), '').map(
        (place) => `${name}: ${place}`,
      );
    })
    .filter((place) => !PASSING.test(place.replace(/ {2}.*$/, '')));
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
