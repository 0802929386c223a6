import { grouped } from '../formats/fixed';
import {
  mutualNeighbours as overlap,
  neighbourhoods,
  type Neighbourhoods,
} from '../analysis/pairs/mutual-neighbours';
import { someRows } from '../analysis/some-rows';
import type { PairMeasure } from './measure';

/** Neighbours of each stimulus. */
const K = 10;

/** Distances of more stimuli would fill the memory. All layers have the same of them. */
const MOST = 2048;

const name = 'mutualNeighbours';

export const mutualNeighbours: PairMeasure<Neighbourhoods> = {
  name,
  title: 'Mutual nearest neighbours',
  range: 'share',
  of: 'pair',
  by: [],
  more: 'alike',
  invariances: 'Rotation, reflection and permutation of units, one scale for all units, any shift of a unit.',
  formula: `Mean over test stimuli (${grouped(MOST)} at most, drawn at random) of |N(X) ∩ N(Y)| / ${K}, N the ${K} nearest other stimuli by Euclidean distance; those tied for the last places share them.`,
  meaning: `Whether stimuli are near each other in both layers, whatever is far apart. Unrelated layers have ${K} / (n − 1) on average over n stimuli.`,
  misleads: `It says nothing of how clusters lie. Where distances tie, as with repeated patterns, a layer has less than 1 even with itself; ${K} neighbours are few of many stimuli, and most of few.`,
  source: 'Huh and others 2024, arXiv 2405.07987',
  prepare: ({ test }) => neighbourhoods(someRows(test, MOST, name), K),
  compare: (a, b) => ({ value: overlap(a, b) }),
};
