import { parseExperiment, type ParsedExperiment } from '../../../src/language/parsed-experiment';
import type { Experiment, Task } from '../../../src/experiment/experiment';

type Json = Record<string, unknown>;

export const FEATURES: Json = {
  e: { values: ['no', 'yes'] },
  shape: { values: ['circle', 'square', 'star'] },
  h: { bits: 4 },
  n: { bits: 40 },
  z: { gaussian: 2 },
  'my feature': { values: ['a b', 'c'] },
};

/** A small experiment file; what is given replaces what it says. */
export function fileText(changes: { stimuli?: Json } & Json = {}): string {
  const { stimuli, ...rest } = changes;
  const whole = {
    stimuli: { features: FEATURES, ...stimuli },
    tasks: { t: 'e' },
    networks: { net: {} },
    ...rest,
  };
  return JSON.stringify(whole, null, 2);
}

export function experimentOf(changes: { stimuli?: Json } & Json = {}): Experiment {
  const { experiment, problems } = parseExperiment(fileText(changes)).reading;
  if (!experiment) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return experiment;
}

/** The one task with this formula, in its experiment. */
export function taskOf(formula: string, stimuli: Json = {}): { experiment: Experiment; task: Task } {
  const experiment = experimentOf({ tasks: { t: formula }, stimuli });
  return { experiment, task: experiment.tasks[0] };
}

/** A text with `|` where the pointer is. */
export function pointed(text: string): { parsed: ParsedExperiment; offset: number } {
  const offset = text.indexOf('|');
  if (offset < 0) throw new Error('The text has no pointer.');
  return { parsed: parseExperiment(text.slice(0, offset) + text.slice(offset + 1)), offset };
}
