import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Turned, turnedIn } from '../../hazards/nothing-turns';

const { models } = JSON.parse(readFileSync('docs/hazards.json', 'utf8')) as { models: Turned[] };

it('of at most one in twenty groups in which no model turns a winner is said to, of each kind', () => {
  for (const kind of new Set(models.map((one) => one.kind))) {
    const own = models.filter((one) => one.kind === kind);
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter(({ turned }) => turned).length / own.length).toBeLessThanOrEqual(0.05);
  }
});

it('what docs/hazards.json says of some of them comes out again', async () => {
  for (const number of [0, 1, 2, 3]) expect(await turnedIn(number)).toEqual(models[number]);
});
