import type { Experiment } from '../experiment/experiment';
import type { Problem } from '../experiment/problem';
import { readExperiment } from '../sources/read-experiment';
import { stimuliProblem } from '../run/check';
import type { Run, RunEvent, Session } from '../run/session';
import { type Threads, threadsOf } from '../run/threads';
import { StimuliError } from '../stimuli/stimuli-error';
import { experimentKey, inputOf, type Room, seedsKey, type Verb, workersKey } from './verb';

interface Asked {
  readonly file: string;
  readonly seeds?: number;
  readonly workers?: number;
}

interface Analyzed {
  /** By position; then those that only the drawing of the stimuli shows. */
  readonly problems: readonly Problem[];
  /** Null where one of the problems is an error. */
  readonly run: Run | null;
}

interface AnalyzeRoom extends Pick<Room, 'text' | 'brought'> {
  /** Opens the threads; whoever opens them ends them. Asked once, for a file without errors; its warnings are `problems`. */
  readonly open: (planned: Planned) => Promise<Session>;
  readonly on: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

export interface Planned extends Threads {
  readonly experiment: Experiment;
  readonly problems: readonly Problem[];
}

/** Trains and analyses what is not in the store, and compares. After an abort it answers with what was finished. */
export const analyze: Verb<Asked, Analyzed, AnalyzeRoom> = {
  name: 'analyze',
  says: 'Train and analyse; print a table; write results.json, report.html, tables/ and activations/.',
  input: inputOf<Asked>(
    {
      file: experimentKey,
      seeds: seedsKey,
      workers: workersKey,
    },
    'file',
  ),
  changes: 'store',
  run: async ({ file, seeds, workers }, { text: textOf, brought, open, on, signal }) => {
    const text = await textOf(file);
    const reading = readExperiment(text, undefined, { seeds, files: brought(file) });
    const { experiment, problems } = reading;
    if (!experiment) return { problems, run: null };
    const session = await open({ experiment, problems, ...threadsOf(experiment, workers) });
    try {
      return { problems, run: await session.run(on, signal, text) };
    } catch (error) {
      if (!(error instanceof StimuliError)) throw error;
      return { problems: [...problems, stimuliProblem(reading, error.message, error.path)], run: null };
    }
  },
};
