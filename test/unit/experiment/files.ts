import { readExperiment } from '../../../src/sources/read-experiment';
import type { Experiment } from '../../../src/experiment/experiment';
import type { Problem } from '../../../src/experiment/problem';

type Json = Record<string, unknown>;

export const FEATURES: Json = {
  e: { values: ['no', 'yes'] },
  f: { values: ['no', 'yes'] },
  shape: { values: ['circle', 'square', 'star'] },
  other: { values: ['star', 'circle', 'dot'] },
  h: { bits: 4 },
  n: { bits: 24 },
  z: { gaussian: 2 },
  'my feature': { values: ['a b', 'c'] },
};

/** An experiment file; what is given replaces what a small valid one says. */
export function file(changes: { stimuli?: Json } & Json = {}): string {
  const { stimuli, ...rest } = changes;
  return JSON.stringify(
    {
      stimuli: { features: FEATURES, ...stimuli },
      tasks: { t: 'e' },
      networks: { net: {} },
      ...rest,
    },
    null,
    1,
  );
}

export function errors(text: string): Problem[] {
  return readExperiment(text).problems.filter((problem) => problem.severity === 'error');
}

export function codes(text: string): string[] {
  return readExperiment(text).problems.map((problem) => problem.code);
}

/** The experiment of a file that has one. */
export function valid(text: string): Experiment {
  const { experiment, problems } = readExperiment(text);
  if (!experiment) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return experiment;
}

/** The text that a problem points at. */
export function pointed(text: string, problem: Problem): string {
  return text.slice(problem.range.start.offset, problem.range.end.offset);
}

/** The text with a problem's fix applied. */
export function mended(text: string, { fix }: Problem): string {
  if (!fix) throw new Error('There is no fix.');
  return text.slice(0, fix.range.start.offset) + fix.text + text.slice(fix.range.end.offset);
}
