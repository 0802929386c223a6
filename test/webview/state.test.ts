import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { replicateKey, replicateLabel } from '../../src/core/replicate';
import type { Welcome } from '../../src/protocol/dashboard';
import { Asking } from '../../webview/src/asking';
import { keepGathering } from '../../webview/src/gather';
import type { Host } from '../../webview/src/host';
import { panels } from '../../webview/src/panels/panels';
import { replicateChoices } from '../../webview/src/selectors';
import { State } from '../../webview/src/state';
import { done, running } from './live-states';
import { synthetic } from './synthetic';

const { results, details } = synthetic();
const welcome: Welcome = {
  capabilities: { train: true, checkpoints: true, save: 'dialog', theme: 'host', statement: '' },
  offers: details.map(({ source, point, seed }) => ({
    ...{ source, point, seed },
    checkpoints: [8, 80].map((step) => ({ step, epoch: step / 8 })),
  })),
  live: running,
};

const noAnswers = { of: () => undefined, failure: () => undefined };

function fresh(stored: unknown = null): State {
  return new State(panels, signal(welcome), stored);
}

describe('state of the page', () => {
  it('leads to one drawing a change of what is drawn, and to none where nothing of it changes', async () => {
    const state = fresh();
    const host = { picture: () => Promise.resolve() } as unknown as Host;
    keepGathering(state, new Asking(host));
    const settled = () => new Promise((resolve) => setTimeout(resolve));
    await settled();
    expect(state.shown.peek()).toBeNull();
    const drawings: string[] = [];
    state.shown.subscribe((shown) => shown && drawings.push(`${shown.panel.id} ${shown.view.step}`));
    const after = async (change: () => void): Promise<string[]> => {
      drawings.length = 0;
      change();
      await settled();
      return drawings;
    };
    expect(await after(() => state.take(welcome, { version: 1, results }))).toEqual(['overview null']);
    expect(await after(() => state.choose({ step: 8 }))).toEqual(['overview 8']);
    // What a newer wish overtakes is not drawn.
    const scrubbed = (): void => [80, 8, 80].forEach((step) => state.choose({ step }));
    expect(await after(scrubbed)).toEqual(['overview null']);
    expect(await after(() => state.keep({ tablesOpen: ['Tasks'], theme: 'dark' }))).toEqual([]);
    expect(await after(() => state.follow(running))).toEqual([]);
    // What is not there will not come any more.
    expect(await after(() => state.follow(done))).toEqual(['overview null']);
    expect(await after(() => state.follow(done, true))).toEqual([]);
    const compared = { ...welcome, live: done, beside: { run: 'b', others: ['a'], pairs: [], at: 5 } };
    expect(await after(() => state.take(compared, { version: 2, results }))).toEqual(['compare null']);
    // It came to the front once.
    state.choose({ tab: 'overview' });
    expect(await after(() => state.take(compared, { version: 2 }))).toEqual(['overview null']);
  });

  it('has one replicate, chosen by network, point and seed among those that are offered', () => {
    const named = (source: string, point: number, seed: number) => ({ source, point, seed, checkpoints: [] });
    const offers = [named('both', 0, 0), named('both', 0, 1), named('both', 1, 1), named('easy only', 0, 0)];
    const state = fresh({ tab: 'pca', network: 'both', seed: 1 });
    const points = ['0', '0.1'].map((value) => ({ values: [value] }));
    const sweep = { settings: ['training.dropout'], points };
    state.take({ ...welcome, offers }, { version: 1, results: { ...results, sweep } });
    const shown = (): string => replicateLabel(state.view.peek()?.replicate ?? named('', 0, 0));
    const offered = (name: 'point' | 'seed'): unknown[] => {
      const view = state.view.peek();
      return view === null
        ? []
        : (replicateChoices[name].options?.(noAnswers, view, {}) ?? []).map(({ value }) => value);
    };
    // Of a page that knew no points.
    expect(shown()).toBe('both/1');
    expect([offered('point'), offered('seed')]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    state.choose({ point: 1 });
    expect([shown(), offered('seed')]).toEqual(['both/1:1', []]);
    // What is not there is replaced by what is nearest.
    state.choose({ seed: 0 });
    expect(shown()).toBe('both/1:1');
    state.choose({ source: 'easy only' });
    expect([shown(), offered('point')]).toEqual(['both/1:1', [0, 1]]);
    state.choose({ point: 0 });
    expect([shown(), offered('point')]).toEqual(['easy only/0', [0, 1]]);
    state.choose({ point: 2 });
    expect(shown()).toBe('easy only/0');
  });

  it('begins with what was trained, before a circuit that stands first', () => {
    const at = (...steps: number[]) => steps.map((step) => ({ step, epoch: step }));
    const named = (source: string, checkpoints: ReturnType<typeof at>) => ({
      source,
      point: 0,
      seed: 0,
      checkpoints,
    });
    const shown = (offers: readonly ReturnType<typeof named>[], chosen?: object): string | undefined => {
      const state = fresh({ tab: 'pca', ...chosen });
      state.take({ ...welcome, offers: [...offers] }, { version: 1, results });
      return state.view.peek()?.replicate.source;
    };
    const [circuit, trained] = [named('both', at(0)), named('easy only', at(0, 10))];
    expect(shown([circuit, trained])).toBe('easy only');
    expect(shown([circuit, trained], { source: 'both' })).toBe('both');
    expect(shown([circuit])).toBe('both');
  });

  it('comes back as it was kept', () => {
    const state = fresh();
    state.choose({ tab: 'units', seed: 1 });
    state.keep({ tablesClosed: ['Tasks'], hazardsAt: 3 });
    const again = fresh({ ...state.chosen.peek(), ...state.kept.peek() });
    expect(again.chosen.peek()).toEqual(state.chosen.peek());
    expect(again.kept.peek()).toEqual(state.kept.peek());
    // What was asked for then does not come to the front again.
    again.take({ ...welcome, hazardsAt: 3 }, { version: 1, results });
    expect(again.front.peek().id).toBe('units');
    expect(again.sought.peek()).toBeNull();
    again.take({ ...welcome, hazardsAt: 4 }, { version: 1 });
    expect(again.front.peek().id).toBe('overview');
    expect(again.sought.peek()).toEqual({ rule: undefined });
  });
});

describe('curves of training', () => {
  it('are those of the run that goes on, and only what is going on is read aloud', () => {
    const state = fresh();
    const names = (): string[] => [...(state.standing.peek()?.curves.keys() ?? [])];
    state.follow(done);
    expect(names()).toEqual(done.curves.map(replicateKey));
    const [first, second] = running.curves;
    if (first === undefined || second === undefined) throw new Error('There are no curves.');
    state.follow({ ...running, curves: [first] });
    state.follow({ run: { ...running.run, message: 'a per cent later' }, curves: [second] });
    expect(names()).toEqual([first, second].map(replicateKey));
    expect(state.standing.peek()).toMatchObject({
      run: { message: 'a per cent later' },
      spoken: running.run.message,
    });
    const swept = { ...first, point: 1 };
    state.follow({ ...running, curves: [swept] });
    expect(names()).toEqual([first, second, swept].map(replicateKey));
    state.follow(done, true);
    expect(names()).toHaveLength(done.curves.length);
    expect(state.standing.peek()?.spoken).toBe(done.run.message);
  });
});
