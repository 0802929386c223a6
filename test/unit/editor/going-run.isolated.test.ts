import { beforeAll, describe, expect, it, vi } from 'vitest';
import { nothingBrought } from '../../../src/experiment/brought';
import type { EngineRoom } from '../../../src/editor/engine';
import { type Ended, GoingRun } from '../../../src/editor/going-run';
import { LiveRun } from '../../../src/editor/live-run';
import { ViewSession } from '../../../src/editor/view-session';
import type { Replicate } from '../../../src/core/replicate';
import { replicatesOf } from '../../../src/experiment/replicates';
import type { ReplicateDetail } from '../../../src/protocol/detail';
import { comparisonsOf } from '../../../src/protocol/pair-results';
import type { PairResults, Results } from '../../../src/protocol/results';
import type { RunEvent, Session } from '../../../src/run/session';
import { experimentOf, type Run, runExperiment } from '../../support/run-experiment';
import { sharedScratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

// What these import is there in VS Code alone.
vi.mock('../../../src/editor/log', () => {
  const silent = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  return { log: () => silent, reason };
});
vi.mock('../../../src/editor/settings', () => ({ settings: { workers: 1 } }));
vi.mock('../../../src/editor/steps-done', () => ({ stepDone: vi.fn() }));

const file = tinyExperiment({ seeds: 1 });
const experiment = experimentOf(file);
let real: Run;
beforeAll(async () => {
  real = await runExperiment(file, sharedScratch());
});

/** What was heard of a run, and what became of its threads. */
interface Heard {
  found: [Results | null, Results | null][];
  ended: Ended[];
  progressed: number;
  warm: Session[];
  disposed: number;
}

/** A run whose session does what it is told. */
function goingRun(
  session: (on: (event: RunEvent) => void, signal: AbortSignal) => Promise<Partial<Run>>,
  of = experiment,
  similarities: (some: Replicate[]) => Promise<PairResults> = () =>
    Promise.resolve(comparisonsOf(real.results)[0]),
) {
  const heard: Heard = { found: [], ended: [], progressed: 0, warm: [], disposed: 0 };
  const dispose = (): Promise<void> => {
    heard.disposed++;
    return Promise.resolve();
  };
  const trimStore = (): Promise<number> => Promise.resolve(0);
  const threads = { run: session, dispose, trimStore } as unknown as Session;
  const answers = { similarities, dispose };
  const views = new ViewSession(of, () => answers as unknown as Session);
  const going = new GoingRun(new LiveRun(of, JSON.stringify(file), false), views, 'a', nothingBrought, {
    found: (results, preview) => heard.found.push([results, preview]),
    progressed: () => heard.progressed++,
    keep: () => undefined,
    ended: (how) => heard.ended.push(how),
  });
  const engine = {
    runSession: () => threads,
    keepWarm: (kept: Session) => heard.warm.push(kept),
  } as unknown as EngineRoom;
  return { going, heard, run: () => going.run(engine), threads };
}

function isEnd({ kind }: RunEvent): boolean {
  return kind === 'replicate';
}

describe('a run of the editor', () => {
  it('tells what is found as it comes, and keeps its threads warm when it is done', async () => {
    const { going, heard, run, threads } = goingRun((on) => {
      real.events.forEach(on);
      return Promise.resolve(real);
    });
    expect(going.running).toBe(true);
    await run();
    expect(going.running).toBe(false);
    expect(heard.ended).toEqual([
      expect.objectContaining({ status: 'done', finished: 3, problem: '', results: real.results }),
    ]);
    expect(heard.ended[0].summary).toMatch(/^both: variance explained easy /);
    const [[first, preview]] = heard.found;
    expect(first?.networks.flatMap(({ replicates }) => replicates).map(({ status }) => status)).toContain(
      'done',
    );
    expect(preview).toBeNull();
    expect(heard.progressed).toBeGreaterThan(0);
    expect([heard.warm, heard.disposed]).toEqual([[threads], 0]);
  });

  it('that is cancelled has what was finished, compared as far as it was, and ends its threads', async () => {
    const { going, heard, run } = goingRun(async (on, signal) => {
      real.events.forEach(on);
      // The replicates that are finished are compared while the run goes on.
      await vi.waitFor(() => expect(going.live.compared).toHaveLength(1));
      going.cancel();
      expect(signal.aborted).toBe(true);
      return { ...real, results: { ...real.results, rsa: [], pairs: [] } };
    });
    await run();
    const [ended] = heard.ended;
    expect(ended).toMatchObject({ status: 'cancelled', finished: 3, problem: '' });
    expect(ended.results && comparisonsOf(ended.results)).toEqual(comparisonsOf(real.results).slice(0, 1));
    expect(going.live.curves.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect([heard.warm, heard.disposed]).toEqual([[], 1]);
  });

  it('of a sweep compares the replicates of each point with each other, and with no others', async () => {
    const swept = experimentOf({ ...file, sweep: { 'training.dropout': [0, 0.1] } });
    const prepared = real.events.flatMap((event) => (event.kind === 'prepared' ? [event.prepared] : []))[0];
    const asked: Replicate[][] = [];
    const similarities = (replicates: Replicate[]): Promise<PairResults> => {
      asked.push(replicates);
      const { point } = replicates[0];
      return Promise.resolve({ ...comparisonsOf(real.results)[0], ...(point === 0 ? {} : { point }) });
    };
    const { going, run } = goingRun(
      async (on) => {
        on({ kind: 'prepared', prepared: { ...prepared, points: [{}] }, replicates: replicatesOf(swept) });
        for (const point of [0, 1])
          for (const { replicate, results } of real.outcomes)
            on({ kind: 'replicate', ...replicate, point, reused: false, results });
        await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
        // What came while those were compared is compared when the next comes.
        await vi.waitFor(() => expect(going.live.compared).toHaveLength(1));
        for (const { replicate, results } of real.outcomes.slice(-1))
          on({ kind: 'replicate', ...replicate, point: 1, reused: false, results });
        await vi.waitFor(() => expect(going.live.compared).toHaveLength(2));
        return real;
      },
      swept,
      similarities,
    );
    await run();
    expect(asked.map((some) => some.map(({ point }) => point))).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(going.live.compared.map(({ point = 0 }) => point)).toEqual([0, 1]);
  });

  it('that is cancelled before anything is finished has found nothing, and nothing went wrong', async () => {
    const { going, heard, run } = goingRun((on) => {
      real.events.slice(0, real.events.findIndex(isEnd)).forEach(on);
      going.cancel();
      return Promise.reject(new Error('The threads are gone.'));
    });
    await run();
    expect(heard.ended).toEqual([
      { status: 'cancelled', finished: 0, summary: '', problem: '', results: null },
    ]);
    expect(new Set(going.live.curves.map(({ status }) => status))).toEqual(new Set(['cancelled']));
    expect(heard.disposed).toBe(1);
  });

  it('says why it found nothing: threads that fail, replicates that all fail, a file with errors', async () => {
    const broken = goingRun(() => Promise.reject(new Error('There is no room on the disk.')));
    await broken.run();
    expect(broken.heard.ended[0]).toMatchObject({
      ...{ status: 'failed', problem: 'There is no room on the disk.', results: null },
    });
    const networks = real.results.networks.map((network) => ({
      ...network,
      replicates: network.replicates.map((one) => ({
        ...one,
        status: 'failed' as const,
        reason: 'It diverged.',
      })),
    }));
    const diverged = goingRun(() => Promise.resolve({ ...real, results: { ...real.results, networks } }));
    await diverged.run();
    expect(diverged.heard.ended[0]).toMatchObject({
      ...{ status: 'failed', problem: 'no replicate could be trained. both/0: It diverged.', results: null },
    });
    expect(diverged.heard.disposed).toBe(1);
  });

  it('shows what a network that trains has reached, until one of its replicates is finished', async () => {
    const [{ replicate, results }] = real.outcomes;
    const checkpoint = { step: 4, epoch: 1, parameters: new Float32Array() };
    const detail = { ...replicate, step: 4, epoch: 1, layers: [] } as ReplicateDetail;
    const activations = { rows: 0, cols: 0, data: new Float32Array() };
    const { going, heard, run } = goingRun((on) => {
      on(real.events[0]);
      on({ kind: 'checkpoint', ...replicate, checkpoint });
      on({ kind: 'preview', ...replicate, results, detail, activations, checkpoint });
      expect(going.previews.find(replicate)?.checkpoint).toBe(checkpoint);
      expect(going.previews.find({ ...replicate, point: 1 })).toBeUndefined();
      on({ kind: 'replicate', ...replicate, reused: false, results });
      expect(going.previews.find(replicate)).toBeUndefined();
      return Promise.resolve(real);
    });
    await run();
    const [[found, preview]] = heard.found;
    expect(found).toBeNull();
    expect(preview?.notes[0]).toMatch(/drawn from a checkpoint of one that still trains/);
    expect(preview?.hazards).toEqual([]);
  });
});
