import type { Experiment } from '../../src/experiment/experiment';
import type { ModelTests, Results, PairResults } from '../../src/protocol/results';
import { assemble } from '../../src/run/assemble';
import { pairRequests } from '../../src/run/compare';
import type { Job, JobResult } from '../../src/run/jobs';
import { modelTestRequests, replicatesFor } from '../../src/run/model-tests';
import { pointsOf, replicatesOf } from '../../src/experiment/replicates';
import { type Outcome, unfinished } from '../../src/run/outcome';
import { JobRunner } from '../../src/run/job-runner';
import { StimuliError } from '../../src/stimuli/stimuli-error';

/** The results of an experiment, as a session finds them, without its threads: for many that are tiny. */
export async function runHere(experiment: Experiment, store: string): Promise<Results> {
  const runner = await JobRunner.open({
    experiment,
    engine: 'fused',
    units: true,
    comparisonRoom: 1e8,
    stepsBack: 'not',
    store: { folder: store, options: { capBytes: 1e9 } },
  });
  const answer = async <K extends JobResult['kind']>(job: Job, kind: K): Promise<JobResult & { kind: K }> => {
    const result = (await runner.run(job, () => undefined)) as JobResult;
    if (result.kind === 'undrawable') throw new StimuliError(result.message, result.path);
    if (result.kind !== kind) throw new Error(`${result.kind} is no answer to ${kind}.`);
    return result as JobResult & { kind: K };
  };
  const prepared = await answer({ kind: 'prepare', point: 0 }, 'prepare');
  const outcomes: Outcome[] = [];
  for (const replicate of replicatesOf(experiment))
    try {
      outcomes.push({
        replicate,
        results: (await answer({ kind: 'replicate', preview: false, ...replicate }, 'replicate')).results,
      });
    } catch (error) {
      outcomes.push(unfinished(replicate, 'failed', (error as Error).message));
    }
  const done = outcomes.flatMap(({ replicate, results }) => (results.status === 'done' ? [replicate] : []));
  const compared: PairResults[] = [];
  for (const [point, at] of pointsOf<Experiment>(experiment).entries()) {
    const replicates = done.filter((replicate) => replicate.point === point);
    for (const request of replicates.length > 1 ? pairRequests(at) : [])
      compared.push(
        (await answer({ kind: 'compare', request, point, replicates, keep: false }, 'compare')).compared,
      );
  }
  const { inference } = experiment.analyses;
  const tests: ModelTests[] = [];
  if (inference)
    for (const request of modelTestRequests(experiment, done)) {
      const replicates = replicatesFor(inference, request, done);
      tests.push((await answer({ kind: 'tests', request, point: request.point, replicates }, 'tests')).tests);
    }
  return assemble(experiment, '', prepared, outcomes, { compared, tests });
}
