import { resolve, ROOT, type Schema } from './schema';

/** Where a key belongs that was written in another object. */
interface RightPlace {
  /** Keys from the object it was written in (`isInside`), or from the top of the file. */
  readonly path: readonly string[];
  readonly isInside: boolean;
}

/** Objects inside each other that are looked through. */
const DEPTH = 3;

/**
 * The object that a key belongs in: one inside the object that it was written in (`hidden` in an entry of `networks`: inside
 * `network`), else one of the file (`learningRate` at the top: in `training`). The nearest of several.
 *
 * @param known keys of the object that it was written in; where one of them is as good as the same, that one was meant
 * @returns null where no object, or more than one alike, has the key
 */
export function rightPlaceOf(key: string, written: Schema, known: readonly string[]): RightPlace | null {
  const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');
  if (known.some((name) => plain(name) === plain(key))) return null;
  const inside = pathTo(key, written);
  if (inside) return { path: inside, isInside: true };
  const path = pathTo(key, ROOT);
  return path && { path, isInside: false };
}

/** Keys to the nearest object that has a key; the search goes level by level and never through names of the user's own. */
function pathTo(key: string, from: Schema): readonly string[] | null {
  let level: { schema: Schema; path: readonly string[] }[] = [{ schema: from, path: [] }];
  for (let depth = 0; depth <= DEPTH; depth++) {
    const objects = level.map(({ schema, path }) => ({ properties: resolve(schema).properties ?? {}, path }));
    const found = objects.filter(({ properties }) => Object.hasOwn(properties, key));
    if (found.length > 0) return found.length === 1 ? found[0].path : null;
    level = objects.flatMap(({ properties, path }) =>
      Object.entries(properties).map(([name, schema]) => ({ schema, path: [...path, name] })),
    );
  }
  return null;
}
