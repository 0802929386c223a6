import { finishedReplicate } from '../open-run';
import type { Answer } from './answer';

export const attention: Answer<'attention'> = async ({ step, ...named }, wish, { open }) => {
  const { results, ask } = open();
  const finished = finishedReplicate(results, named);
  return ask((session) => session.attention(finished, { ...wish, step }));
};
