/** 128 and the number of the signal, as shells say it. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** How long what is going on has to end by itself, in milliseconds. */
const patience = 1500;

/**
 * Hears the signals that end a run: work that is going on is cancelled, and whatever remains of it is left after a moment, or at a second
 * signal at once. What is stored is whole at any time.
 *
 * @returns aborted by the first, with the exit code as its reason
 */
export function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const end = (): never => process.exit(codes[name]);
    process.on(name, () => {
      if (interrupt.signal.aborted) end();
      setTimeout(end, patience).unref();
      interrupt.abort(codes[name]);
    });
  }
  return interrupt.signal;
}

/** From here on a signal that would end the process lets it exit, which removes what is half-written. */
export function exitOnSignals(): void {
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(codes[name]));
}

/** Does what a signal must not cut in two; one that came meanwhile ends the process afterwards, as it would have at once. */
export async function holdingSignals<T>(work: () => Promise<T>): Promise<T> {
  let came: NodeJS.Signals | undefined;
  const hold = (name: NodeJS.Signals): void => void (came ??= name);
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, hold);
  try {
    return await work();
  } finally {
    // A turn of the loop, in which a signal that is under way is heard.
    await new Promise(setImmediate);
    for (const name of names) process.off(name, hold);
    if (came) process.kill(process.pid, came);
  }
}
