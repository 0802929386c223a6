import { expect, it } from 'vitest';
import { runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

it('results without the statistics of single units are the others to the bit', async () => {
  const store = scratch();
  const whole = await runExperiment(tinyExperiment(), store);
  const light = await runExperiment(tinyExperiment(), store, { withoutUnits: true });
  expect(light.results).toEqual(whole.results);
  for (const [at, { results }] of light.outcomes.entries()) {
    expect(results.units).toEqual({});
    expect(Object.keys(whole.outcomes[at].results.units)).toEqual(['hidden1', 'output']);
  }
});
