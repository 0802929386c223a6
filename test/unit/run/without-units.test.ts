import { expect, it } from 'vitest';
import { runExperiment } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

it('results without the statistics of single units are the others to the bit', async () => {
  const store = scratch();
  const whole = (await runExperiment(tinyExperiment(), store)).results;
  const light = (await runExperiment(tinyExperiment(), store, { withoutUnits: true })).results;
  expect(light.hazards).toEqual(whole.hazards);
  expect(light.rsa).toEqual(whole.rsa);
  light.networks.forEach((network, n) => {
    expect(network.summary).toEqual(whole.networks[n].summary);
    network.replicates.forEach((replicate, r) => {
      replicate.layers.forEach(({ selectivity, ...layer }, l) => {
        const { selectivity: all, ...other } = whole.networks[n].replicates[r].layers[l];
        expect(layer).toEqual(other);
        for (const [label, { maximum, dprime }] of Object.entries(selectivity)) {
          expect(maximum).toEqual(all[label].maximum);
          expect(dprime).toEqual([]);
          expect(all[label].dprime).not.toEqual([]);
        }
      });
    });
  });
  expect(JSON.stringify(light).length).toBeLessThan(JSON.stringify(whole).length);
});
