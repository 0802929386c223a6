import type { Replicate } from '../core/replicate';
import type { Experiment, Network } from '../experiment/experiment';
import type { Problem } from '../experiment/problem';
import { readExperiment } from '../sources/read-experiment';
import { networkOf, replicatesOf } from '../experiment/replicates';
import { isTrained } from '../experiment/training';
import { keptKey } from '../run/keys';
import { sourceOf } from '../sources/sources';
import { chooseEngine } from '../training/choose-engine';
import { type Cost, costHere } from './cost';
import { experimentKey, inputOf, type Room, seedsKey, type Verb, workersKey } from './verb';

interface Asked {
  readonly file: string;
  readonly seeds?: number;
  readonly workers?: number;
}

export interface Plan {
  readonly problems: readonly Problem[];
  /** Null where one of the problems is an error. */
  readonly plan: PlannedRun | null;
}

interface PlannedRun {
  readonly title: string;
  /** In the order in which they are made. */
  readonly replicates: readonly PlannedReplicate[];
  /** Of those that are to be trained. */
  readonly cost: Cost;
}

interface PlannedReplicate extends Replicate {
  /** `kept`: it is in the store; `train`: it will be trained; `untrained`: it keeps its initial weights; `built`: by hand; `changed`: it takes
   * the weights of another; `recorded`: brought along. */
  readonly state: 'kept' | 'train' | 'untrained' | 'built' | 'changed' | 'recorded';
}

interface PlanRoom extends Pick<Room, 'text' | 'brought'> {
  /** Whether the store has finished work of this key. */
  readonly has: (key: string) => Promise<boolean>;
}

/** What an analysis would train and what the store has of it already, before it is begun. */
export const plan: Verb<Asked, Plan, PlanRoom> = {
  name: 'plan',
  says: 'Say what an analysis would train, what is in the store already, and what that takes.',
  input: inputOf<Asked>({ file: experimentKey, seeds: seedsKey, workers: workersKey }, 'file'),
  changes: 'nothing',
  run: async ({ file, seeds, workers }, { text, brought, has }) => {
    const files = brought(file);
    const { experiment, problems } = readExperiment(await text(file), undefined, { seeds, files });
    if (!experiment) return { problems, plan: null };
    const planned = await plannedReplicates(experiment, has);
    const left = planned.filter(({ state }) => state === 'train');
    const { title } = experiment;
    return { problems, plan: { title, replicates: planned, cost: costHere(experiment, workers, left) } };
  },
};

async function plannedReplicates(experiment: Experiment, has: PlanRoom['has']): Promise<PlannedReplicate[]> {
  const { info } = await chooseEngine('fused');
  const planned: PlannedReplicate[] = [];
  for (const replicate of replicatesOf(experiment)) {
    const isRecorded = experiment.recordings?.some(({ name }) => name === replicate.source) === true;
    const state = isRecorded ? 'recorded' : stateOf(networkOf(experiment, replicate));
    const kept =
      state === 'recorded' || state === 'changed'
        ? false
        : await has(keptKey(sourceOf(experiment, replicate), replicate, info));
    planned.push({ ...replicate, state: kept ? 'kept' : state });
  }
  return planned;
}

/** What becomes of one that is not kept. */
function stateOf(network: Network): PlannedReplicate['state'] {
  if (network.of !== undefined) return 'changed';
  return network.isBuilt ? 'built' : isTrained(network) ? 'train' : 'untrained';
}
