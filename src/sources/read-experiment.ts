import type { Budget } from '../experiment/budget';
import { readExperimentOf, type Reading } from '../experiment/read';
import { readers } from './sources';

/** Reads an experiment file, with all kinds of networks that there are. As `readExperimentOf`. */
export function readExperiment(
  text: string,
  budget?: Budget,
  options?: Parameters<typeof readExperimentOf>[3],
): Reading {
  return readExperimentOf(readers, text, budget, options);
}
