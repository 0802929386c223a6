/** Who draws into an element now, and how it leaves it as it found it. */
const owners = new WeakMap<HTMLElement, { owner: string; leave: () => void }>();

/** Takes an element to draw into; who drew there before leaves it first. */
export function claim(into: HTMLElement, owner: string, leave: () => void): void {
  const known = owners.get(into);
  if (known?.owner === owner) return;
  known?.leave();
  owners.set(into, { owner, leave });
}
