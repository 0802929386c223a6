import { finishedReplicate } from '../open-run';
import type { Answer } from './answer';

export const documents: Answer<'documents'> = async ({ step, ...named }, wish, { open }) => {
  const { results, ask } = open();
  const finished = finishedReplicate(results, named);
  return ask((session) => session.documents(finished, { ...wish, step }));
};
