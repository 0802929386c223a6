import { mutualNeighbours, type Neighbourhoods, neighbourhoods } from '../pairs/mutual-neighbours';
import type { Similarity } from './similarity';

/** Neighbours of each stimulus. */
const K = 10;

export const knnOverlap: Similarity<Neighbourhoods> = {
  name: 'knn-overlap',
  title: 'Overlap of nearest neighbours',
  range: 'share',
  more: 'alike',
  best: 1,
  invariances: 'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.',
  formula: `Mean over stimuli of |N(X) ∩ N(Y)| / ${K}, N the ${K} nearest other stimuli by Euclidean distance; those tied for the last places share them.`,
  meaning: `Whether stimuli are near each other in both recordings, whatever is far apart. Unrelated recordings of n stimuli have ${K} / (n − 1) on average.`,
  misleads: `It says nothing of how clusters lie. Where distances tie, as with repeated patterns, a recording has less than 1 even with itself; ${K} neighbours are few of many stimuli, and most of few.`,
  source: 'Huh and others 2024, arXiv 2405.07987',
  prepare: (activations) => neighbourhoods(activations, K),
  compare: (a, b, order) => mutualNeighbours(a, order ? renamed(b, order) : b),
};

/** The same neighbourhoods where stimulus order[k] is called k. */
function renamed({ k, starts, tied, members, shares }: Neighbourhoods, order: Uint32Array): Neighbourhoods {
  const name = new Uint32Array(order.length);
  for (const [own, other] of order.entries()) name[other] = own;
  const moved = {
    k,
    starts: new Uint32Array(starts.length),
    tied: new Uint32Array(tied.length),
    members: new Uint32Array(members.length),
    shares: new Float64Array(shares.length),
  };
  let end = 0;
  for (const [own, other] of order.entries()) {
    moved.tied[own] = end + tied[other] - starts[other];
    moved.shares[own] = shares[other];
    for (let at = starts[other]; at < starts[other + 1]; at++) moved.members[end++] = name[members[at]];
    moved.starts[own + 1] = end;
  }
  return moved;
}
