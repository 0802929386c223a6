import { replicateNamed } from '../../src/core/replicate';
import { readExperiment } from '../../src/sources/read-experiment';
import type { Experiment } from '../../src/experiment/experiment';
import type { ExperimentFile } from '../../src/experiment/file';
import { toJson } from '../../src/formats/json';
import { Values } from '../../src/core/values';
import type { ReplicateInfo, Results } from '../../src/protocol/results';
import type { Session } from '../../src/run/session';
import { StimuliError } from '../../src/stimuli/stimuli-error';
import { sessionOf } from './run-experiment';

/** How an experiment was answered. */
export interface Answer {
  /** Replicates that were measured. */
  readonly done: number;
  /** Why others were not: what the experiment itself has to change. */
  readonly reasons: string[];
  /** What ought not to be. */
  readonly faults: string[];
}

/** Failures that are the experiment's own: each names what to change. */
export const ownFailure = /^(Training diverged|The activations of .* overflow).*\. Lower /;

/**
 * Runs an experiment to its end, and asks for all pictures of its first replicates. A replicate that is not measured has to be the
 * experiment's own fault, and to say so; what is undefined has a reason.
 *
 * @param store a folder for it
 */
export async function runFaults(file: ExperimentFile, store: string): Promise<Answer> {
  const { experiment, problems } = readExperiment(JSON.stringify(file));
  const reasons = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return experiment ? experimentFaults(experiment, store) : { done: 0, reasons, faults: [] };
}

/** The same of an experiment that was read. */
export async function experimentFaults(experiment: Experiment, store: string): Promise<Answer> {
  const session = sessionOf(experiment, store);
  try {
    const { results } = await session.run();
    const replicates = results.networks.flatMap((network) => network.replicates);
    const failed = replicates.flatMap(({ reason, status }) => (status === 'done' ? [] : [reason ?? status]));
    return {
      done: replicates.length - failed.length,
      reasons: failed,
      faults: [
        ...failed.filter((reason) => !ownFailure.test(reason)),
        ...unexplained(results),
        ...(await pictureFaults(session, results)),
      ],
    };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { done: 0, reasons: [message], faults: error instanceof StimuliError ? [] : [message] };
  } finally {
    await session.dispose();
  }
}

/** Values that are null without a reason. */
export function unexplained({ values }: Results): string[] {
  return Array.from(new Values(values).rows(), ({ value, why = '', ...place }) =>
    value === null && (why === '' || why === 'It is not defined here.')
      ? [`${Object.values(place).join(' ')} is null without a reason`]
      : [],
  ).flat();
}

/** The results as a file, and the pictures of a network's first replicate at its first and its last checkpoint. */
async function pictureFaults(session: Session, results: Results): Promise<string[]> {
  const faults: string[] = [];
  const attempt = async (what: string, make: () => unknown): Promise<void> => {
    try {
      await make();
    } catch (error) {
      faults.push(`${what}: ${String(error)}`);
    }
  };
  await attempt('results.json', () => toJson(results));
  for (const { name, replicates } of results.networks) {
    const first: ReplicateInfo | undefined = replicates[0];
    if (first?.status !== 'done') continue;
    for (const step of [null, first.checkpoints[0].step])
      await attempt(`pictures of ${name} at ${step ?? 'its end'}`, () =>
        session.detail(replicateNamed(name, 0), step),
      );
  }
  return faults;
}
