/** Where a wish goes that a newer one has overtaken. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/**
 * Makes requests one after another; of those that wait, only the newest is ever made. So the position that a slider has now is
 * shown next, however fast it went there.
 */
export function oneAtATime() {
  let busy: Promise<unknown> = Promise.resolve();
  let newest = 0;
  return async <T>(request: () => Promise<T>): Promise<T> => {
    const mine = ++newest;
    const before = busy;
    const turn = (async () => {
      await before.catch(() => undefined);
      if (mine !== newest) throw new SupersededError();
      return request();
    })();
    busy = turn;
    return turn;
  };
}
