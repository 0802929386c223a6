import { type Shape, either, isCount, isText, listOf, recordOf } from './shape';

type Numbers = Float32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** Where in a value something is: keys from the outside in. */
type Path = readonly (string | number)[];

/**
 * A value on its way to a webview: its JSON, and its typed arrays beside it. VS Code walks through every value of a message one by one,
 * on the thread of the extension host; of this it sees a few arrays.
 */
export interface Parcel {
  /** JSON in UTF-8, with null in the place of typed arrays. */
  readonly json: Uint8Array;
  readonly arrays: readonly { readonly path: Path; readonly array: Numbers }[];
}

/** Whether what has come is a parcel; what is in its JSON is not looked at. */
export const isParcel: Shape<Parcel> = recordOf<Parcel>({
  json: (value): value is Uint8Array => value instanceof Uint8Array,
  arrays: listOf(
    recordOf<Parcel['arrays'][number]>({ path: listOf(either(isText, isCount)), array: isNumbers }),
  ),
});

/** @param value what JSON can hold: properties that are undefined are left out */
export function wrapPlain(value: unknown): Parcel {
  // JSON has no undefined.
  return { json: new TextEncoder().encode(JSON.stringify(value ?? null)), arrays: [] };
}

/**
 * The arrays are views on one buffer: VS Code sends at most 253 buffers in a message, and leaves the others empty without a word.
 *
 * @param value as for `wrapPlain`, with typed arrays in it: each of its objects is walked through to find them
 */
export function wrap(value: unknown): Parcel {
  const { json, arrays } = wrapApart(value);
  // Where a view may begin: at a multiple of its numbers' size, 8 bytes at most.
  const places = [0];
  for (const { array } of arrays) places.push((places.at(-1) ?? 0) + Math.ceil(array.byteLength / 8) * 8);
  const buffer = new ArrayBuffer(places.at(-1) ?? 0);
  return {
    json,
    arrays: arrays.map(({ path, array }, at) => {
      const Kind = array.constructor as new (buffer: ArrayBuffer, from: number, length: number) => Numbers;
      const view = new Kind(buffer, places[at], array.length);
      view.set(array);
      return { path, array: view };
    }),
  };
}

/** The same with the value's own arrays. */
export function wrapApart(value: unknown): Parcel {
  const arrays: { path: Path; array: Numbers }[] = [];
  const bare = (item: unknown, path: Path): unknown => {
    if (isNumbers(item)) {
      arrays.push({ path, array: item });
      return null;
    }
    if (typeof item !== 'object' || item === null) return item;
    // Lists hold numbers, most of them; typed arrays are in lists of objects at best.
    if (Array.isArray(item))
      return typeof item[0] === 'object' && item[0] !== null
        ? item.map((one, at) => bare(one, [...path, at]))
        : item;
    return Object.fromEntries(Object.entries(item).map(([key, one]) => [key, bare(one, [...path, key])]));
  };
  return { ...wrapPlain(bare(value, [])), arrays };
}

/** @throws Error where it is no parcel that `wrap` made: its JSON cannot be read, or has no place for an array */
export function unwrap({ json, arrays }: Parcel): unknown {
  const box = { value: JSON.parse(new TextDecoder().decode(json)) as unknown };
  for (const { path, array } of arrays) {
    let holder: Record<string | number, unknown> = box;
    let key: string | number = 'value';
    for (const next of path) {
      holder = holder[key] as typeof holder;
      key = next;
      // Not in a prototype, which all objects share.
      if (!Object.hasOwn(holder ?? {}, key))
        throw new Error('The answer has no place for one of its arrays.');
    }
    holder[key] = array;
  }
  return box.value;
}

function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
