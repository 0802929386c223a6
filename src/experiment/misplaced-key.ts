import { resolve, ROOT, type Schema } from './schema';

/** Where a key belongs that was written in another object. */
interface RightPlace {
  /** Keys from the object it was written in (`isInside`), or from the top of the file. */
  readonly path: readonly string[];
  readonly isInside: boolean;
}

/** Objects inside each other that are looked through. */
const DEPTH = 2;

/**
 * The object that a key belongs in: one inside the object that it was written in (`hidden` in an entry of `networks`: inside
 * `network`), else one of the file (`learningRate` at the top: in `training`). The nearest of several.
 *
 * @param beside keys of the object that it was written in; where one of them is as good as the same, that one was meant
 * @returns null where no object, or more than one alike, has the key
 */
export function rightPlaceOf(key: string, written: Schema, beside: readonly string[]): RightPlace | null {
  const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');
  if (beside.some((name) => plain(name) === plain(key))) return null;
  const inside = pathTo(key, written);
  if (inside) return { path: inside, isInside: true };
  const path = pathTo(key, ROOT);
  return path && { path, isInside: false };
}

/** Of each object that was asked for: the keys to the nearest object that has a key, null where several have it that are equally near. */
const known = new WeakMap<Schema, ReadonlyMap<string, readonly string[] | null>>();

function pathTo(key: string, from: Schema): readonly string[] | null {
  let paths = known.get(from);
  if (!paths) known.set(from, (paths = pathsFrom(from)));
  return paths.get(key) ?? null;
}

/** The search goes level by level and never through names of the user's own. */
function pathsFrom(from: Schema): ReadonlyMap<string, readonly string[] | null> {
  const paths = new Map<string, readonly string[] | null>();
  let level: { schema: Schema; path: readonly string[] }[] = [{ schema: from, path: [] }];
  for (let depth = 0; depth <= DEPTH; depth++) {
    const here = new Map<string, readonly string[] | null>();
    const next: typeof level = [];
    for (const { schema, path } of level)
      for (const [name, child] of propertiesOf(schema)) {
        here.set(name, here.has(name) ? null : path);
        next.push({ schema: child, path: [...path, name] });
      }
    for (const [name, path] of here) if (!paths.has(name)) paths.set(name, path);
    level = next;
  }
  return paths;
}

/** Those of all its options, where there are such. */
function propertiesOf(schema: Schema): [string, Schema][] {
  const { properties, anyOf } = resolve(schema);
  return anyOf ? anyOf.flatMap(propertiesOf) : Object.entries(properties ?? {});
}
