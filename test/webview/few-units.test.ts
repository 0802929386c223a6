import { expect, it } from 'vitest';
import { findingsOf } from '../../src/analysis/findings';
import type { Results } from '../../src/protocol/results';
import { unitsOfComponents, withoutUnitsOf } from '../../webview/src/panels/few-units';
import { measured, network, results } from '../unit/hazards/fabricate';

const found = measured(
  results([network({ accuracy: { easy: [1, 1] } })]),
  { measure: 'rdmWithoutActive', part: '0.05', each: [0.4, 0.6] },
  { measure: 'rdmWithoutRandom', part: '0.05', each: [0.9, 1] },
  { measure: 'modelRsaWithoutActive', label: 'easy', part: '0.05', each: [0.1, 0.3] },
  { measure: 'modelRsaWithoutRandom', label: 'easy', part: '0.05', each: [0.7, 0.7] },
  { measure: 'varianceOfActive', part: '0.05', each: [0.5, 0.7] },
  { measure: 'planeReliability', each: [0.8, 0.9] },
);
const shown = {
  ...found,
  labels: [{ name: 'easy', source: 'task' }],
  rdm: { metric: 'correlation', comparison: 'pearson', over: 'stimuli', stimulusPairs: 10 },
  hazards: [],
} as unknown as Results;

it('shows what an RDM and its similarity with tasks are without the most active units, and without as many at random', () => {
  const content = withoutUnitsOf(shown, 'both', 'hidden2');
  expect(content?.description).toBe(
    'Similarity with the RDM of all units. RDM without the most active units 5 %: 0.500; RDM without units at random 5 %: 0.950.',
  );
  expect(
    content?.table.rows.map((row) => row.map((cell) => (cell as { mean?: number } | null)?.mean ?? cell)),
  ).toEqual([['5 %', 0.5, 0.95, 0.2, 0.7, 0.6]]);
});

it('says of components how alike halves of the units show them, and what the most active units have of the variance', () => {
  expect(unitsOfComponents(findingsOf(shown), 'both', 'hidden2')).toBe(
    ' Halves of the units show the same plane by 0.850 (1: the same; mean over replicates). The most active 5 % of the units have 60 % of the variance.',
  );
});

it('shows nothing where an experiment does not ask for it', () => {
  expect(withoutUnitsOf(shown, 'both', 'hidden1')).toBeNull();
  expect(unitsOfComponents(findingsOf(shown), 'both', 'hidden1')).toBe('');
});
