import { nearest, type Nearest } from '../analysis/rdm/nearest';
import { someRows } from '../analysis/some-rows';
import type { TestView } from './site-view';

/** Neighbours of each stimulus. */
export const NEIGHBOURS = 10;

/** Test stimuli of which neighbours are found: distances of more would take long, and fill the memory. All layers have the same of them. */
export const MOST = 2048;

/**
 * The nearest of some test stimuli in a layer: of all where these are few enough, which are found once, whatever asks for them.
 *
 * @param name of the measure, which draws them
 */
export function nearestOf(view: TestView, name: string): Nearest {
  const { test } = view;
  return test.rows <= MOST
    ? view.once('nearest', () => nearest(test, NEIGHBOURS))
    : nearest(someRows(test, MOST, name), NEIGHBOURS);
}
