import { grouped } from '../formats/fixed';
import {
  mutualNeighbours as overlap,
  neighbourhoodsOf,
  type Neighbourhoods,
} from '../analysis/pairs/mutual-neighbours';
import type { PairMeasure } from './measure';
import { MOST, NEIGHBOURS as K, nearestOf } from './nearest';

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
  prepare: (view) => neighbourhoodsOf(nearestOf(view, name)),
  compare: (a, b) => ({ value: overlap(a, b) }),
};
