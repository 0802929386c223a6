/** How a test ended, as one line of JSON in the report. */
export interface Outcome {
  name: string;
  passed: boolean;
  milliseconds: number;
  /** The error's stack. */
  error?: string;
}

interface Test {
  name: string;
  seconds: number;
  body: () => Promise<void> | void;
}

const tests: Test[] = [];

/** Adds a test; they run one after the other, in this order. */
export function test(name: string, body: Test['body'], seconds = 20): void {
  tests.push({ name, body, seconds });
}

/** Runs every test, and hands over each outcome at once: a host that dies in the middle leaves those before it. */
export async function runTests(report: (outcome: Outcome) => void): Promise<number> {
  const only = process.env['REPSCOPE_TEST_ONLY'];
  let failed = 0;
  for (const { name, body, seconds } of tests) {
    if (only !== undefined && !name.includes(only)) continue;
    const started = performance.now();
    let error: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
      });
      await Promise.race([body(), late]);
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      failed += 1;
    } finally {
      clearTimeout(timer);
    }
    const milliseconds = Math.round(performance.now() - started);
    report({ name, passed: error === undefined, milliseconds, ...(error === undefined ? {} : { error }) });
  }
  return failed;
}
