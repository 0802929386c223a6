import { expect, it } from 'vitest';
import { findHazards, hazardRules } from '../../../src/hazards/hazards';
import { network, results } from './fabricate';

const networks = [
  network({
    name: 'few',
    accuracy: { easy: [1, 1], hard: [1, 1] },
    varianceExplained: { easy: [0.3, 0.3], hard: [0.3, 0.3] },
  }),
  network({
    name: 'unequal',
    accuracy: { easy: [1], hard: [1] },
    varianceExplained: { easy: [0.6], hard: [0.1] },
  }),
  network({ name: 'untrained', trained: false, accuracy: { easy: [0.5], hard: [0.5] } }),
];

it('lists what every rule finds, serious ones first', () => {
  const found = findHazards(results(networks));
  expect(found.map(({ rule, severity, where }) => [rule, severity, where.network])).toEqual([
    ['equally-computed-unequally-represented', 'serious', 'unequal'],
    ['too-few-seeds', 'serious', 'unequal'],
    ['too-few-seeds', 'warning', 'few'],
  ]);
});

it('gives each hazard its number, a message that has names and ends as a sentence, and advice', () => {
  for (const hazard of findHazards(results(networks))) {
    expect(Number.isFinite(hazard.value) && Number.isFinite(hazard.threshold)).toBe(true);
    expect(hazard.message).toMatch(new RegExp(`${hazard.where.network}.*\\.$`));
    expect(hazard.advice).toMatch(/\.$/);
  }
});

it('has one name a rule, and changes nothing that it is given', () => {
  expect(new Set(hazardRules.map(({ name }) => name)).size).toBe(hazardRules.length);
  const input = results(networks);
  const before = JSON.stringify(input);
  expect(findHazards(input)).toEqual(findHazards(input));
  expect(JSON.stringify(input)).toBe(before);
});
