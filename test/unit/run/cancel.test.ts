import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import { CancelledError } from '../../../src/run/session';
import { Store } from '../../../src/run/store/store';
import { inThreads, openSession } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

const unending = tinyExperiment({
  networks: { quick: {}, slow: { training: { epochs: 10_000_000 } } },
  seeds: 1,
});

describe('cancelling a run', () => {
  it('ends it at once, with what was finished', async () => {
    const store = join(scratch(), 'store');
    const session = openSession(unending, store, inThreads);
    const cancel = new AbortController();
    // What is cancelled would train for hours.
    const { results } = await session.run((event) => {
      if (event.kind === 'training' && event.source === 'slow') cancel.abort();
    }, cancel.signal);
    const [quick, slow] = results.networks;
    expect(quick.replicates[0].status).toBe('done');
    expect(slow.replicates[0]).toMatchObject({ status: 'cancelled', checkpoints: [] });
    expect(new Set(results.values.source.names)).toEqual(new Set(['quick']));
    expect(results.rsa).toEqual([]);
    const kept = await Store.open(store);
    expect(await kept.list()).toHaveLength(2);
    expect(readdirSync(join(store, 'tmp'))).toEqual([]);

    // The session goes on to answer.
    const detail = await session.detail(replicateNamed('quick', 0), null);
    expect(detail.layers.map(({ name }) => name)).toEqual(['hidden1', 'output']);
    await session.dispose();
  });

  it('before it began, trains nothing', async () => {
    const session = openSession(unending, scratch(), inThreads);
    await expect(session.run(undefined, AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
    await session.dispose();
  });

  it('leaves no thread behind when the session is disposed', async () => {
    const threads = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
    const before = threads();
    const session = openSession(unending, scratch(), { ...inThreads, workers: 2 });
    let started = 0;
    const running = session.run((event) => {
      if (event.kind === 'training' && event.source === 'slow' && started++ === 0) void session.dispose();
    });
    const { results } = await running;
    await session.dispose();
    expect(results.networks[1].replicates[0].status).toBe('cancelled');
    expect(threads()).toBeLessThanOrEqual(before);
    await expect(session.stimuli()).resolves.toMatchObject({ count: 64 });
    await expect(session.detail(replicateNamed('quick', 0), null)).rejects.toThrow('disposed');
  });
});
