import type { Locator } from 'playwright-core';

/** `promise`, or an error that says what was waited for in vain. */
export async function limit<T>(seconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${seconds} s in vain: ${what}.`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks until `look` gives something other than undefined and false, and gives that; an error that says what was not seen otherwise. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 60,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}.`);
    await pause(50);
  }
}

/** Whether something is seen in some milliseconds (or, `detached`, has gone): for what is tried again where it is not. */
export function seen(
  what: Locator,
  timeout: number,
  state: 'visible' | 'detached' = 'visible',
): Promise<boolean> {
  return what.waitFor({ timeout, state }).then(
    () => true,
    () => false,
  );
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
