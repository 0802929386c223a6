/** Leaves out the middle: names of conditions differ at their ends. */
export function shorten(name: string, letters: number): string {
  if (name.length <= letters) return name;
  const half = Math.floor((letters - 1) / 2);
  return `${name.slice(0, half)}…${name.slice(-half)}`;
}
