import { writeFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JobOutcome } from '../../../src/protocol/worker';
import {
  defaultPoolSize,
  WorkerPool,
  type PoolJob,
  type PoolOptions,
} from '../../../src/run/pool/worker-pool';
import { bundle } from './fixtures/bundle';
import type { TestJob } from './fixtures/pool-worker';

let script: string;
const pools: WorkerPool<TestJob, string, unknown>[] = [];

beforeAll(async () => {
  script = await bundle('pool-worker.ts');
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});

function makePool(options: Partial<PoolOptions> = {}): WorkerPool<TestJob, string, unknown> {
  const pool = new WorkerPool<TestJob, string, unknown>({ script, size: 2, ...options });
  pools.push(pool);
  return pool;
}

/** Runs jobs named 0, 1, … and collects what happens. */
async function runAll(pool: WorkerPool<TestJob, string, unknown>, jobs: TestJob[], signal?: AbortSignal) {
  const outcomes: JobOutcome<unknown>[] = [];
  const messages: string[] = [];
  const starts: string[] = [];
  const counts = await pool.run(
    jobs.map((job, at) => ({ id: String(at), job })),
    {
      onStarted: (id, attempt) => void starts.push(`${id}/${attempt}`),
      onMessage: (id, message) => void messages.push(`${id} ${message}`),
      onResult: (id, outcome) => {
        expect(outcomes[Number(id)]).toBeUndefined();
        outcomes[Number(id)] = outcome;
      },
      ...(signal && { signal }),
    },
  );
  return { outcomes, messages, starts, counts };
}

const shared = (): SharedArrayBuffer => new SharedArrayBuffer(4);

describe('WorkerPool', () => {
  it('gives each job its result', async () => {
    const jobs = Array.from({ length: 50 }, (_, a): TestJob => ({ do: 'add', a, b: 1 }));
    const { outcomes, counts } = await runAll(makePool(), jobs);
    expect(outcomes).toEqual(jobs.map((_, a) => ({ status: 'done', result: a + 1 })));
    expect(counts).toEqual({ done: 50, failed: 0, cancelled: 0 });
  });

  it('ends at once without jobs', async () => {
    expect((await runAll(makePool(), [])).counts).toEqual({ done: 0, failed: 0, cancelled: 0 });
  });

  it('works in parallel', async () => {
    const meeting: TestJob = { do: 'meet', shared: shared(), with: 3 };
    const { counts } = await runAll(makePool({ size: 3 }), [meeting, meeting, meeting]);
    expect(counts.done).toBe(3);
  });

  it('takes jobs by priority, then in the order given', async () => {
    const order: string[] = [];
    const job: TestJob = { do: 'add', a: 1, b: 1 };
    const jobs: PoolJob<TestJob>[] = [
      { id: 'a', job },
      { id: 'b', job, priority: 1 },
      { id: 'c', job },
      { id: 'd', job, priority: 1 },
    ];
    await makePool({ size: 1 }).run(jobs, {
      onStarted: (id) => void order.push(id),
      onResult: () => undefined,
    });
    expect(order).toEqual(['b', 'd', 'a', 'c']);
  });

  it('passes messages on in order, before the result', async () => {
    const { messages, outcomes } = await runAll(makePool(), [{ do: 'say', words: ['one', 'two', 'three'] }]);
    expect(messages).toEqual(['0 one', '0 two', '0 three']);
    expect(outcomes[0]).toEqual({ status: 'done', result: 3 });
  });

  it('reports what a job throws, without a second try', async () => {
    const { outcomes, starts } = await runAll(makePool({ size: 1 }), [
      { do: 'throw', name: 'DivergenceError' },
      { do: 'throwText' },
      { do: 'uncloneable' },
      { do: 'add', a: 1, b: 1 },
    ]);
    expect(outcomes[0]).toMatchObject({
      status: 'failed',
      error: { name: 'DivergenceError', message: 'on demand' },
    });
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { name: 'Error', message: 'text' } });
    expect(outcomes[2]).toMatchObject({ status: 'failed', error: { name: 'DataCloneError' } });
    expect(outcomes[3]).toEqual({ status: 'done', result: 2 });
    expect(starts).toEqual(['0/1', '1/1', '2/1', '3/1']);
  });

  it('runs a job once more after its worker died', async () => {
    const add: TestJob = { do: 'add', a: 1, b: 1 };
    const { outcomes, counts } = await runAll(makePool(), [
      { do: 'exit', shared: shared(), times: 1 },
      add,
      add,
    ]);
    expect(outcomes[0]).toEqual({ status: 'done', result: 'survived' });
    expect(counts.done).toBe(3);
  });

  it('gives up a job over which two workers died, and does the others', async () => {
    const tries = shared();
    const add: TestJob = { do: 'add', a: 1, b: 1 };
    const { outcomes, counts } = await runAll(makePool({ size: 1 }), [
      { do: 'exit', shared: tries, times: 9 },
      { do: 'uncaught' },
      add,
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { name: 'WorkerDiedError' } });
    expect(outcomes[1]).toMatchObject({ status: 'failed', error: { name: 'WorkerDiedError' } });
    expect(JSON.stringify(outcomes[1])).toContain('outside of any job');
    expect(new Int32Array(tries)[0]).toBe(2);
    expect(counts).toEqual({ done: 1, failed: 2, cancelled: 0 });
  });

  it('survives a worker without memory', async () => {
    const pool = makePool({ size: 1, resourceLimits: { maxOldGenerationSizeMb: 16 } });
    const { outcomes } = await runAll(pool, [{ do: 'eatMemory' }, { do: 'add', a: 1, b: 1 }]);
    expect(outcomes[0]).toMatchObject({ status: 'failed', error: { name: 'WorkerDiedError' } });
    expect(JSON.stringify(outcomes[0])).toContain('memory');
    expect(outcomes[1]).toEqual({ status: 'done', result: 2 });
  });

  it('cancels at once, workers in endless loops included', async () => {
    const running = shared();
    const control = new AbortController();
    const loop: TestJob = { do: 'loop', shared: running };
    const pool = makePool();
    const ended = runAll(pool, [loop, loop, loop, { do: 'add', a: 1, b: 1 }], control.signal);
    while (Atomics.load(new Int32Array(running), 0) < 2)
      await new Promise((resolve) => setTimeout(resolve, 5));
    control.abort();
    const { counts } = await ended;
    expect(counts).toEqual({ done: 0, failed: 0, cancelled: 4 });
    // The pool is as good as new.
    expect((await runAll(pool, [{ do: 'add', a: 1, b: 1 }])).counts.done).toBe(1);
  });

  it('cancels everything where the signal was given before', async () => {
    const { counts, starts } = await runAll(
      makePool(),
      [{ do: 'data' }, { do: 'data' }],
      AbortSignal.abort(),
    );
    expect(counts.cancelled).toBe(2);
    expect(starts).toEqual([]);
  });

  it('moves buffers instead of copying them', async () => {
    const { outcomes } = await runAll(makePool({ size: 1 }), [{ do: 'buffer' }, { do: 'keptLength' }]);
    expect(outcomes[0]).toEqual({ status: 'done', result: Float32Array.of(1, 2, 3) });
    // A moved array is empty where it came from.
    expect(outcomes[1]).toEqual({ status: 'done', result: 0 });
  });

  it('hands over workerData, and keeps workers warm on demand', async () => {
    const warm = makePool({ size: 1, keepWarm: true, workerData: { x: 1 } });
    const first = await runAll(warm, [{ do: 'data' }, { do: 'thread' }]);
    const second = await runAll(warm, [{ do: 'thread' }]);
    expect(first.outcomes[0]).toEqual({ status: 'done', result: { x: 1 } });
    expect(second.outcomes[0]).toEqual(first.outcomes[1]);
    const cold = makePool({ size: 1 });
    const third = await runAll(cold, [{ do: 'thread' }]);
    const fourth = await runAll(cold, [{ do: 'thread' }]);
    expect(third.outcomes[0]).not.toEqual(fourth.outcomes[0]);
  });

  it('starts as many threads as it has ahead of their jobs', async () => {
    const early = makePool({ keepWarm: true });
    early.warm(9);
    const threadOf = async (pool: typeof early): Promise<number> => {
      const [outcome] = (await runAll(pool, [{ do: 'thread' }])).outcomes;
      return outcome.status === 'done' ? Number(outcome.result) : NaN;
    };
    const later = await threadOf(makePool());
    expect([later - 2, later - 1]).toContain(await threadOf(early));
  });

  it('shares its workers between runs, and cancels only the run that is aborted', async () => {
    const running = shared();
    const control = new AbortController();
    const pool = makePool({ size: 2 });
    const looping = runAll(pool, [{ do: 'loop', shared: running }], control.signal);
    const adding = await runAll(
      pool,
      Array.from({ length: 5 }, (): TestJob => ({ do: 'add', a: 1, b: 1 })),
    );
    expect(adding.counts.done).toBe(5);
    control.abort();
    expect((await looping).counts.cancelled).toBe(1);
  });

  it.each(['at once', 'later'])('ends the run when a handler fails %s', async (when) => {
    const pool = makePool();
    const jobs = Array.from({ length: 4 }, (_, at) => ({ id: String(at), job: { do: 'data' } as const }));
    const run = pool.run(jobs, {
      onResult: (id) => {
        if (id !== '0') return;
        if (when === 'at once') throw new Error('disk full');
        return Promise.reject(new Error('disk full'));
      },
    });
    await expect(run).rejects.toThrow('disk full');
  });

  it('says so when workers do not start', async () => {
    const broken = `${script}.broken.cjs`;
    await writeFile(broken, 'throw new Error("no such kernel");');
    const run = runAll(makePool({ script: broken }), [{ do: 'data' }, { do: 'data' }]);
    await expect(run).rejects.toThrow(/Workers do not start .*no such kernel/);
  });

  it('refuses jobs with the same id', async () => {
    const job = { id: 'a', job: { do: 'data' } as const };
    await expect(makePool().run([job, job], { onResult: () => undefined })).rejects.toThrow('same id');
  });

  it('cancels what runs when it is disposed', async () => {
    const pool = makePool();
    const ended = runAll(pool, [{ do: 'loop', shared: shared() }]);
    await pool.dispose();
    expect((await ended).counts.cancelled).toBe(1);
  });

  it('has between 1 and 16 workers by default', () => {
    expect(defaultPoolSize()).toBeGreaterThanOrEqual(1);
    expect(defaultPoolSize()).toBeLessThanOrEqual(16);
  });
});
