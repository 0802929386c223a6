import { expect, it } from 'vitest';
import { analyseReplicate } from '../../../src/run/analyse-replicate';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import type { Recording } from '../../../src/sources/source';
import { sourcesOf } from '../../../src/sources/sources';
import { madeAnew } from '../../support/made-anew';
import { experimentOf } from '../../support/run-experiment';
import { tinyExperiment } from '../../support/tiny-experiment';

it('sites that do not fit the memory are held one at a time, and measured as all at once are', async () => {
  const experiment = experimentOf(tinyExperiment({ analyses: { selectivity: { permutations: 5 } } }));
  const { recording } = await madeAnew(experiment, sourcesOf(experiment)[0].name);
  const asked: string[] = [];
  const watched = Object.create(recording, {
    activations: {
      value: (...[site, set, checkpoint]: Parameters<Recording['activations']>) => {
        asked.push(`${checkpoint} ${site} ${set}`);
        return recording.activations(site, set, checkpoint);
      },
    },
  }) as Recording;
  const drawn = new DrawnExperiment(experiment);
  const held = await analyseReplicate(drawn, watched);
  const once = asked.length;
  const one = await analyseReplicate(drawn, watched, { room: 0 });
  expect(asked.length).toBeGreaterThan(2 * once);
  expect(JSON.stringify(one)).toBe(JSON.stringify(held));
});
