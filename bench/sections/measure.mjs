// Processes that answer requests, and the rounds in which they take turns.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that answers one JSON line with one (bench/serve.ts, bench/pytorch/answers.py). */
export class Answerer {
  #child;
  #lines;
  #failure = '';

  constructor(command, args, options = {}) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    this.#child.stderr.on('data', (text) => (this.#failure = `${this.#failure}${text}`.slice(-2000)));
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => (this.#failure = error.message));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line; an error where none comes in time, or the process ended. */
  async #next(seconds) {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => resolve({ late: true }), seconds * 1000);
    });
    const { value, done, late: tooLate } = await Promise.race([this.#lines.next(), late]);
    clearTimeout(timer);
    if (tooLate) {
      this.end();
      return { error: `no answer within ${seconds} s` };
    }
    return done ? { error: this.#failure || 'the process ended' } : JSON.parse(value);
  }

  ready() {
    return this.#next(60);
  }

  /** @param seconds that the answer may take */
  ask(request, seconds = 60) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#next(seconds);
  }

  end() {
    this.#child.kill();
  }
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Median, smallest and largest of the rounds. */
export const spread = (values) => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
  rounds: values.length,
});

/**
 * Measures all ways of a row one after the other, row by row, and that `rounds` times over: what else the machine does meets all
 * alike. After `budget` seconds the round that runs is the last.
 *
 * @param rows [{ row, ways: { name: () => Promise<{ ms } | { error }> } }]
 * @returns [{ row, ways: { name: spread } }]; a way that failed is left out, and said
 */
export async function alternate(rows, { rounds, budget, say }) {
  const found = rows.map(({ row, ways }) => ({
    row,
    ways: Object.fromEntries(Object.keys(ways).map((way) => [way, []])),
  }));
  const failed = new Set();
  const end = Date.now() + budget * 1000;
  for (let round = 0; round < rounds && (round === 0 || Date.now() < end); round++) {
    for (const [at, { row, ways }] of rows.entries())
      for (const [way, measure] of Object.entries(ways)) {
        if (failed.has(way)) continue;
        const { ms, error } = await measure();
        if (ms !== undefined) found[at].ways[way].push(ms);
        else {
          failed.add(way);
          say(`  ${way} (${row}): ${String(error).trim().split('\n').at(-1)}`);
        }
      }
    say(`  round ${round + 1} of ${rounds}`);
  }
  for (const entry of found)
    entry.ways = Object.fromEntries(
      Object.entries(entry.ways)
        .filter(([, values]) => values.length > 0)
        .map(([way, values]) => [way, spread(values)]),
    );
  return found;
}
