import { describe, expect, it } from 'vitest';
import { nothingBrought } from '../../../src/experiment/brought';
import type { ExperimentFile } from '../../../src/experiment/file';
import type { RunEvent } from '../../../src/run/session';
import { analyze, type Planned } from '../../../src/verbs/analyze';
import { inThreads, sessionOf } from '../../support/run-experiment';
import { scratch } from '../../support/scratch';
import { tinyExperiment } from '../../support/tiny-experiment';

/** The verb with threads that end after it, and what it was seen to do. */
async function analyzed(
  file: ExperimentFile,
  asked: { readonly seeds?: number; readonly workers?: number } = {},
  stopAt?: RunEvent['kind'],
) {
  const planned: Planned[] = [];
  const events: RunEvent['kind'][] = [];
  const abort = new AbortController();
  const sessions: ReturnType<typeof sessionOf>[] = [];
  const answer = await analyze.run(
    { file: JSON.stringify(file, null, 1), ...asked },
    {
      text: (text) => Promise.resolve(text),
      brought: () => nothingBrought,
      open: (plan) => {
        planned.push(plan);
        sessions.push(sessionOf(plan.experiment, scratch(), inThreads));
        return Promise.resolve(sessions[0]);
      },
      on: ({ kind }) => {
        events.push(kind);
        if (kind === stopAt) abort.abort();
      },
      signal: abort.signal,
    },
  );
  for (const session of sessions) await session.dispose();
  return { ...answer, planned, events };
}

describe('analyze', () => {
  it('trains as many replicates as are asked for, and answers with the results of the text', async () => {
    const file = tinyExperiment({ networks: { both: {}, untrained: { training: { epochs: 0 } } } });
    const { problems, run, planned, events } = await analyzed(file, { seeds: 1, workers: 3 });
    expect(problems).toEqual([]);
    expect(planned.map(({ workers, fewer }) => ({ workers, fewer }))).toEqual([{ workers: 3, fewer: null }]);
    expect(run?.results.networks.map(({ replicates }) => replicates.map(({ status }) => status))).toEqual([
      ['done'],
      ['done'],
    ]);
    expect(run?.results.experiment).toBe(JSON.stringify(file, null, 1));
    expect(run?.outcomes).toHaveLength(2);
    expect(events[0]).toBe('prepared');
    expect(events.filter((kind) => kind === 'replicate')).toHaveLength(2);
  });

  it('opens nothing for a file with errors', async () => {
    const { problems, run, planned } = await analyzed(tinyExperiment({ tasks: { easy: 'e == yess' } }));
    expect(run).toBeNull();
    expect(planned).toEqual([]);
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('says where in the file it stands that the stimuli cannot be drawn', async () => {
    const features = {
      a: { bits: 7 },
      b: { values: ['no', 'yes'], agrees: { with: 'parity(a)', probability: 1 } },
    };
    const stimuli = { features, train: 128, fit: 64, test: 64 };
    const { problems, run, planned } = await analyzed(
      tinyExperiment({ stimuli, tasks: { t: 'b == yes' }, networks: { both: {} } }),
    );
    expect(run).toBeNull();
    expect(planned).toHaveLength(1);
    expect(problems.at(-1)).toMatchObject({ severity: 'error', code: 'stimuli' });
    expect(problems.at(-1)?.range.start.line).toBeGreaterThan(0);
  });

  it('answers after an abort with what was finished', async () => {
    const { run } = await analyzed(tinyExperiment({ seeds: 4 }), {}, 'replicate');
    const states = run?.results.networks.flatMap(({ replicates }) => replicates.map(({ status }) => status));
    expect(new Set(states)).toEqual(new Set(['done', 'cancelled']));
  });
});
