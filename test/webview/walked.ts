import type { DocumentsDetail } from '../../src/protocol/documents';
import { type Synthetic, synthetic } from './synthetic';

/** In a maze of four rows: it begins at (1, 1), runs into a wall, and then gets to b at (3, 1). */
const episode = {
  ...{ map: ['#####', '#..b#', '#a..#', '#####'], goal: 8, shortest: [6, 7, 8], places: [6, 6, 7, 8] },
  ...{ isReached: true, most: 4 },
  steps: [
    { seen: ['###', '#..', '#a.'], action: 0, best: [2], probabilities: [0.5, 0, 0.25, 0.125] },
    { seen: ['###', '#..', '#a.'], action: 2, best: [2], probabilities: [0, 0, 0.75, 0.25] },
    { seen: ['###', '..b', 'a..'], action: 2, best: [2], probabilities: [0, 0, 1, 0] },
  ],
};
const says = { said: [null, null], sure: [null, null], probability: [null, null], counts: [false, true] };

/** What a network says and does that goes two ways, of which it gets to the end of the first. */
export const walkedDocuments: DocumentsDetail = {
  ...{ source: 'both', point: 0, seed: 0, step: 800, set: 1, asked: 2, right: 1, matching: 2 },
  ...{ by: 'moving', layers: 2, heads: 4, actions: ['↑', '↗', '→', '↘'] },
  documents: [0, 1].map((document) => ({
    ...{ document, tokens: ['find_b', 'm0'], brought: 0, isRight: document === 0, ...says },
    episode: document === 0 ? episode : { ...episode, isReached: false },
  })),
};

/** The synthetic results as though networks were asked to get there. */
export function walking(): Synthetic {
  const data = synthetic();
  const floors = [{ name: 'walking at random', score: 0.1 }];
  const asked = { 'reach trained': { says: 'To get there.', documents: 2, floors } };
  return { ...data, results: { ...data.results, asked }, said: walkedDocuments };
}
