import { pieceLength } from './pieces';

/**
 * JSON for people and for comparison: keys in the order given, two spaces a level, and a list of plain values on one
 * line without spaces. Numbers are the shortest decimals that read back exactly (−0 is 0). Typed arrays are written as lists; properties that
 * are undefined are left out.
 *
 * @returns text that ends in a line feed
 * @throws TypeError with the path of what JSON cannot say: NaN, Infinity, undefined in a list, functions, dates, maps …
 */
export function toJson(value: unknown): string {
  return [...jsonPieces(value)].join('');
}

/** The same text in pieces of about a quarter of a million characters, so that none but the last has to be kept. */
export function* jsonPieces(value: unknown): Generator<string, void, undefined> {
  const text = new Pieces();
  if (isPlain(value)) text.add(writePlain(value, '$'));
  else yield* write(value, '', '$', text);
  text.add('\n');
  yield text.take();
}

/** Text in the making. */
class Pieces {
  #parts: string[] = [];
  #length = 0;

  add(...parts: string[]): void {
    for (const part of parts) {
      this.#parts.push(part);
      this.#length += part.length;
    }
  }

  get full(): boolean {
    return this.#length >= pieceLength;
  }

  take(): string {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    return text;
  }
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

/** Writes a list or an object, handing over the text whenever there is a piece of it. */
function* write(
  value: object,
  indent: string,
  path: string,
  text: Pieces,
): Generator<string, void, undefined> {
  if (path.length > 10_000) throw new TypeError(`${path.slice(0, 100)}… is nested too deeply, or in itself.`);
  const inner = `${indent}  `;
  if (Array.isArray(value) || isNumberArray(value)) {
    if (value.every(isPlain)) {
      yield* writeItems(value, path, text);
      return;
    }
    for (let at = 0; at < value.length; at++) {
      text.add(at === 0 ? '[\n' : ',\n', inner);
      const item: unknown = value[at];
      if (isPlain(item)) text.add(writePlain(item, `${path}[${at}]`));
      else yield* write(item, inner, `${path}[${at}]`, text);
    }
    text.add(`\n${indent}]`);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${path} is not plain data, which JSON cannot say.`);
  let first = true;
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    if (item === undefined) continue;
    text.add(first ? '{\n' : ',\n', inner, JSON.stringify(key), ': ');
    first = false;
    if (isPlain(item)) text.add(writePlain(item, `${path}.${key}`));
    else yield* write(item, inner, `${path}.${key}`, text);
  }
  text.add(first ? '{}' : `\n${indent}}`);
  if (text.full) yield text.take();
}

/** Items of a list that are written at once. */
const itemsAtOnce = 20_000;

function* writeItems(
  value: ArrayLike<unknown>,
  path: string,
  text: Pieces,
): Generator<string, void, undefined> {
  text.add('[');
  for (let from = 0; from < value.length; from += itemsAtOnce) {
    // Most of what is written are numbers: no path is made for those.
    const items = Array.from({ length: Math.min(itemsAtOnce, value.length - from) }, (_, at) => {
      const item = value[from + at];
      return Number.isFinite(item) ? JSON.stringify(item) : writePlain(item, `${path}[${from + at}]`);
    });
    text.add(from === 0 ? '' : ',', items.join(','));
    if (text.full) yield text.take();
  }
  text.add(']');
}

function isPlain(value: unknown): value is string | number | boolean | null | undefined {
  return typeof value !== 'object' || value === null;
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
