import { finishedReplicates } from '../open-run';
import type { Answer } from './answer';

export const similarities: Answer<'similarities'> = async (
  { layer, epoch, point },
  { measure },
  { open },
) => {
  const { results, ask } = open();
  const request = { layer, measure };
  const replicates = finishedReplicates(results).filter((one) => one.point === point);
  return ask((session) => session.similarities(replicates, { request, epoch }));
};
