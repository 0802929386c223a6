/** An object without the properties that are undefined. */
export function defined<T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const some = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(some) as ReturnType<typeof defined<T>>;
}
