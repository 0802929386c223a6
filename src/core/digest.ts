import { createHash } from 'node:crypto';

/**
 * The SHA-256 (hex) of a value's canonical JSON: keys sorted, no white space, −0 as 0, undefined properties left out. Values that
 * say the same have the same digest, whatever the order of their keys.
 *
 * @throws TypeError for what JSON cannot say: NaN, Infinity, undefined in a list, functions, maps, typed arrays …
 */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  // Array.from, because map would pass over holes.
  if (Array.isArray(value)) return `[${Array.from<unknown, string>(value, canonical).join(',')}]`;
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      const entries = Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
    }
  }
  throw new TypeError(
    `Only plain data has a digest, not ${typeof value === 'number' ? value : typeof value}.`,
  );
}
