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

/** The synthetic results as though stimuli were tokens of documents of an evaluation set: 40 (`at`) and the next one are the last two tokens of document 17. */
export function tokensLookedAt(): { from: Synthetic; late: DocumentsDetail; at: number } {
  const data = synthetic();
  const at = 40;
  const { count } = data.stimuli;
  const floors = [{ name: 'any token', score: 0.1 }];
  const asked = { validation: { says: 'What was trained.', documents: 20, floors } };
  const tokens = {
    sets: ['training documents', 'validation'],
    of: new Uint16Array(count).fill(1),
    // Others are in documents of their own, elsewhere.
    documents: Uint32Array.from({ length: count }, (_, i) => (i === at || i === at + 1 ? 17 : 100 * i)),
    positions: Uint32Array.from({ length: count }, (_, i) => (i === at + 1 ? 1 : 0)),
  };
  const one = { said: [null], sure: [null], probability: [null], counts: [false] };
  const said = { said: [null, 'e1', 'e3'], sure: [null, 1, 0.5], probability: [null, 1, 0.25] };
  const late: DocumentsDetail = {
    ...{ source: 'both', point: 0, seed: 0, step: 800, set: 1, asked: 20, right: 19, matching: 20 },
    ...{ by: 'saying', layers: 2, heads: 4 },
    documents: [
      {
        ...{ document: 17, tokens: ['brought', 'e1', 'e2'], brought: 1, isRight: false },
        ...{ ...said, counts: [false, false, true] },
      },
      { ...{ document: 18, tokens: ['e1'], brought: 0, isRight: true }, ...one },
    ],
  };
  const stimuli = { ...data.stimuli, tokens };
  return { from: { ...data, stimuli, results: { ...data.results, asked }, said: late }, late, at };
}

/** The synthetic results as though networks were asked to get there. */
export function walking(): Synthetic {
  const data = synthetic();
  const floors = [{ name: 'walking at random', score: 0.1 }];
  const asked = { 'reach trained': { says: 'To get there.', documents: 2, floors } };
  return { ...data, results: { ...data.results, asked }, said: walkedDocuments };
}
