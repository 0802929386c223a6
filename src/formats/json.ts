/**
 * JSON for people and for comparison: keys in the order given, two spaces a level, and a list of plain values on one
 * line. Numbers are the shortest decimals that read back exactly (−0 is 0). Typed arrays are written as lists; properties that
 * are undefined are left out.
 *
 * @returns text that ends in a line feed
 * @throws TypeError with the path of what JSON cannot say: NaN, Infinity, undefined in a list, functions, dates, maps …
 */
export function toJson(value: unknown): string {
  return `${write(value, '', '$')}\n`;
}

/**
 * The same JSON, inert inside an HTML script element: it holds no `<`, `>` or `&`, and neither of the two line
 * separators that JSON knows and old JavaScript does not.
 */
export function escapeForScript(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function write(value: unknown, indent: string, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON cannot say.`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`${path} is ${typeof value}, which JSON cannot say.`);
  if (path.length > 10_000) throw new TypeError(`${path.slice(0, 100)}… is nested too deeply, or in itself.`);
  const inner = `${indent}  `;
  if (Array.isArray(value) || isNumberArray(value)) {
    // Most of what is written are numbers: no path is made for those.
    const items = Array.from<unknown, string>(value, (item, at) =>
      Number.isFinite(item) ? JSON.stringify(item) : write(item, inner, `${path}[${at}]`),
    );
    const flat = value.every((item: unknown) => typeof item !== 'object' || item === null);
    if (flat) return `[${items.join(', ')}]`;
    return `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is not plain data, which JSON cannot say.`);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner, `${path}.${key}`)}`);
  return entries.length === 0 ? '{}' : `{\n${inner}${entries.join(`,\n${inner}`)}\n${indent}}`;
}

type NumberArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

function isNumberArray(value: object): value is NumberArray {
  return (
    value instanceof Float64Array ||
    value instanceof Float32Array ||
    value instanceof Int32Array ||
    value instanceof Uint32Array ||
    value instanceof Uint16Array ||
    value instanceof Uint8Array
  );
}
