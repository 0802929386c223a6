import { finishedReplicates } from '../open-run';
import type { Answer } from './answer';

export const similarities: Answer<'similarities'> = async ({ layer, epoch }, { measure }, { open }) => {
  const { results, ask } = open();
  const request = { layer, measure };
  return ask((session) => session.similarities(finishedReplicates(results), { request, epoch }));
};
