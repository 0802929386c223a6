import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hazardRules } from '../../../src/hazards/hazards';
import { alarmsOf } from '../../hazards/nothing-wrong';
import { scratch } from '../../support/scratch';

type Alarms = Awaited<ReturnType<typeof alarmsOf>>;

const { found } = JSON.parse(readFileSync('docs/hazards.json', 'utf8')) as { found: Alarms[] };

it('rules speak of five in a hundred experiments in which nothing is wrong, at most', () => {
  expect(found.filter(({ rules }) => rules.length > 0).length).toBeLessThanOrEqual(found.length / 20);
  const names = hazardRules.map(({ name }) => name);
  for (const { rules } of found) for (const rule of rules) expect(names).toContain(rule);
});

it('what docs/hazards.json says of one of them comes out again', async () => {
  // One of the quickest.
  const number = 8;
  expect(await alarmsOf(number, scratch())).toEqual(found.find((one) => one.number === number));
});
