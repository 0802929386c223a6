/**
 * JSON for people and for comparison: keys in the order given, two spaces a level, and a list of plain values on one
 * line. Numbers are the shortest decimals that read back exactly (−0 is 0). Typed arrays are written as lists; properties that
 * are undefined are left out.
 *
 * @returns text that ends in a line feed
 * @throws TypeError with the path of what JSON cannot say: NaN, Infinity, undefined in a list, functions, dates, maps …
 */
export function toJson(value: unknown): string {
  // One list of pieces, joined once: results can be tens of megabytes, and every level that joined would copy them.
  const pieces: string[] = [];
  write(value, '', '$', pieces);
  pieces.push('\n');
  return pieces.join('');
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

function write(value: unknown, indent: string, path: string, pieces: string[]): void {
  if (typeof value !== 'object' || value === null) {
    pieces.push(writePlain(value, path));
    return;
  }
  if (path.length > 10_000) throw new TypeError(`${path.slice(0, 100)}… is nested too deeply, or in itself.`);
  const inner = `${indent}  `;
  if (Array.isArray(value) || isNumberArray(value)) {
    const flat = value.every((item: unknown) => typeof item !== 'object' || item === null);
    if (flat) {
      // Most of what is written are numbers: no path is made for those.
      const items = Array.from<unknown, string>(value, (item, at) =>
        Number.isFinite(item) ? JSON.stringify(item) : writePlain(item, `${path}[${at}]`),
      );
      pieces.push(`[${items.join(', ')}]`);
      return;
    }
    Array.from<unknown>(value).forEach((item, at) => {
      pieces.push(at === 0 ? '[\n' : ',\n', inner);
      write(item, inner, `${path}[${at}]`, pieces);
    });
    pieces.push(`\n${indent}]`);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is not plain data, which JSON cannot say.`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.forEach(([key, item], at) => {
    pieces.push(at === 0 ? '{\n' : ',\n', inner, JSON.stringify(key), ': ');
    write(item, inner, `${path}.${key}`, pieces);
  });
  pieces.push(entries.length === 0 ? '{}' : `\n${indent}}`);
}

/** @throws TypeError for what is neither null, a boolean, a string nor a finite number */
function writePlain(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'number') throw new TypeError(`${path} is ${typeof value}, which JSON cannot say.`);
  if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON cannot say.`);
  return JSON.stringify(value);
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
