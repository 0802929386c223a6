/**
 * How often what VS Code draws outside our pages says how far a run is, in milliseconds: it draws a row of a list or an item of the status bar
 * with its tooltip anew each time, and a click on it may be lost.
 */
export const redrawEvery = 1000;

/** Calls that come in bursts, spread out: each has a name, and is made no more often than it says. */
export class Pace {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** When it was last called, by name. */
  readonly #called = new Map<string, number>();

  /** Calls `then` at once, or, if it was called just now, when the time (milliseconds) has passed. */
  soon(name: string, every: number, then: () => void): void {
    if (this.#timers.has(name)) return;
    const called = (): void => {
      this.#called.set(name, performance.now());
      then();
    };
    const wait = (this.#called.get(name) ?? -Infinity) + every - performance.now();
    if (wait <= 0) called();
    else this.later(name, wait, called);
  }

  /** Calls `then` after a while, unless that is under way already. */
  later(name: string, wait: number, then: () => void): void {
    if (this.#timers.has(name)) return;
    this.#timers.set(
      name,
      setTimeout(() => {
        this.#timers.delete(name);
        then();
      }, wait),
    );
  }

  /** What waits is not called any more. */
  stop(...names: string[]): void {
    for (const name of names) {
      clearTimeout(this.#timers.get(name));
      this.#timers.delete(name);
    }
  }

  dispose(): void {
    this.stop(...this.#timers.keys());
  }
}
