import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/run/session';
import { END, Values } from '../../../src/core/values';
import { inThreads, openSession } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

it('previews a replicate while it trains, from what a run says of it', async () => {
  const file = { ...tinyExperiment(), seeds: 1 };
  // Long enough for a first preview where it trains.
  file.training = { ...file.training, epochs: 20_000, checkpoints: 30 };
  const options = { ...inThreads, previews: true, withoutUnits: true };
  const run = openSession(file, scratch(), { ...options, workers: 2 });
  const views = openSession(file, scratch(), options);
  const abort = new AbortController();
  const events: RunEvent[] = [];
  try {
    await run.run((event) => {
      events.push(event);
      if (event.kind === 'preview' || event.kind === 'replicate') abort.abort();
    }, abort.signal);
    const first = events.find((event) => event.kind === 'preview');
    expect(first?.results.status).toBe('done');
    expect(first?.detail.step).toBe(first?.checkpoint.step);
    const said = new Values(first?.results.values);
    expect(said.labels({ measure: 'varianceExplained', checkpoint: END, site: 'hidden1' })).toContain('easy');
    expect(said.names('measure')).not.toContain('modelRsa');
    expect(events.some((event) => event.kind === 'replicate' && event.results.status === 'done')).toBe(false);

    // The event itself stands for the replicate's name.
    const reached = events.filter((event) => event.kind === 'checkpoint').at(-1);
    if (!reached) throw new Error('No checkpoint was said.');
    const later = await views.preview(reached, [reached.checkpoint]);
    expect(later.checkpoint.step).toBe(reached.checkpoint.step);
    const [layer] = later.detail.layers;
    expect(layer.pca.scores.length).toBeGreaterThan(0);
    expect(later.activations).toMatchObject({ rows: (await views.stimuli()).count, cols: layer.units });
    expect(layer.selectivity.easy.dprime).toHaveLength(layer.units);

    const wish = { only: { layer: 'output' }, checkpoints: [reached.checkpoint] };
    const other = await views.detail(reached, null, wish);
    expect(other.layers.map(({ name }) => name)).toEqual(['output']);
    expect(other.step).toBe(reached.checkpoint.step);
    const unit = { step: null, layer: 'hidden1', unit: 1, checkpoint: reached.checkpoint };
    const activations = await views.unit(reached, unit);
    expect(activations).toHaveLength((await views.stimuli()).count);
  } finally {
    await run.dispose();
    await views.dispose();
  }
});
