/** Whether a value that comes from elsewhere is of a type: what a page is sent, or sends, may have been made by anyone. */
export type Shape<T> = (value: unknown) => value is T;

/** Names in experiment files are shorter, and so are names of files. */
const longestName = 1_000;
/** Longer than any message of ours. */
const longestText = 1_000_000;

export const isText: Shape<string> = (value): value is string =>
  typeof value === 'string' && value.length <= longestText;
export const isName: Shape<string> = (value): value is string =>
  typeof value === 'string' && value.length <= longestName;
export const isFlag: Shape<boolean> = (value): value is boolean => typeof value === 'boolean';
export const isNumber: Shape<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
/** What is counted, and what is measured from nought: times, epochs, shares. */
export const isAmount: Shape<number> = (value): value is number =>
  isNumber(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
export const isCount: Shape<number> = (value): value is number => isAmount(value) && Number.isInteger(value);
export const isAbsent: Shape<undefined> = (value): value is undefined => value === undefined;

/** What a replicate is known by, in messages that name one. */
export const replicateParts = { source: isName, point: isCount, seed: isCount };

/** One of these words. */
export function oneOf<const T extends string>(words: readonly T[]): Shape<T> {
  return (value): value is T => words.some((word) => word === value);
}

/** This shape, or null. */
export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

/** This shape, or nothing. */
export function orAbsent<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value): value is T | undefined => value === undefined || shape(value);
}

export function either<A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> {
  return (value): value is A | B => a(value) || b(value);
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  // Not `every`, which passes over holes.
  return (value): value is T[] => Array.isArray(value) && Array.from<unknown>(value).every(shape);
}

/** A record by its fields, all of which have to be named here; what else it holds is not looked at. */
export function recordOf<T extends object>(fields: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> {
  const shapes = Object.entries<Shape<unknown>>(fields);
  return (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    // What it has from a prototype is not its own.
    shapes.every(([key, shape]) =>
      shape(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined),
    );
}

/** A message of one of these types, all of which have to be named here. */
export function messageOf<M extends { readonly type: string }>(types: {
  readonly [K in M['type']]: Shape<Omit<Extract<M, { type: K }>, 'type'>>;
}): Shape<M> {
  const named = recordOf<{ type: M['type'] }>({ type: wordOf(types) });
  return (value): value is M => named(value) && types[value.type](value);
}

/** One of a record's own keys. */
export function wordOf<K extends string>(record: Readonly<Record<K, unknown>>): Shape<K> {
  return (value): value is K => typeof value === 'string' && Object.hasOwn(record, value);
}
