import type { Problem } from '../experiment/problem';
import { type Reading, readExperiment } from '../experiment/read';
import { drawStimuli } from '../stimuli/draw-stimuli';
import { StimuliError } from '../stimuli/stimuli-error';

/**
 * Reads an experiment file and, where it is valid so far, draws its stimuli: some combinations of sizes, agreements and balance turn
 * out to be impossible only then. Never throws for what a file says.
 */
export function checkExperiment(text: string): Reading {
  const reading = readExperiment(text);
  if (!reading.experiment) return reading;
  try {
    drawStimuli(reading.experiment);
    return reading;
  } catch (error) {
    if (!(error instanceof StimuliError)) throw error;
    return {
      ...reading,
      experiment: null,
      problems: [...reading.problems, stimuliProblem(reading, error.message, error.path)],
    };
  }
}

/** The problem of stimuli that cannot be drawn, at its place in the file or, where the file leaves that out, at the nearest one around it. */
export function stimuliProblem(
  { locate }: Pick<Reading, 'locate'>,
  message: string,
  path: readonly (string | number)[],
): Problem {
  const start = { line: 0, character: 0, offset: 0 };
  for (let length = path.length; length >= 0; length--) {
    const range = locate(path.slice(0, length));
    if (range) return { severity: 'error', code: 'stimuli', message, range, structural: false };
  }
  return { severity: 'error', code: 'stimuli', message, range: { start, end: start }, structural: false };
}
