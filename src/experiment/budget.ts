/** Steps that reading a file may take beyond its text: few enough that no file keeps the editor waiting. */
const READING = 5_000_000;

/**
 * Work that may be done for one file, counted in steps: a part of a formula worked out, a value looked up, a number
 * drawn, a cell written. Counted work is the same on every machine, so a file is answered alike everywhere.
 */
export class Budget {
  /** What was left untried for want of steps, in words. */
  readonly untried = new Set<string>();

  constructor(private left: number = READING) {}

  /** Whether the steps are there; if so they count as done. */
  spend(steps: number): boolean {
    // Sizes that are no numbers are reported where they stand.
    if (!(steps <= this.left)) return false;
    this.left -= steps;
    return true;
  }

  /** @throws BudgetError where the steps are not there */
  take(steps: number): void {
    if (!this.spend(steps)) throw new BudgetError();
  }

  /** Makes an attempt, whose steps count where something comes of it alone: null where nothing does, or where the steps are not there. */
  attempt<Result>(make: (budget: Budget) => Result | null): Result | null {
    const own = new Budget(this.left);
    try {
      const result = make(own);
      if (result !== null) this.spend(this.left - own.left);
      return result;
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error;
      return null;
    }
  }
}

/** A work that takes as long as it takes. */
export function unlimited(): Budget {
  return new Budget(Infinity);
}

/** Work that was given up for want of steps. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
  constructor() {
    super('This would take more steps than it may.');
  }
}
