import { finishedReplicate } from '../open-run';
import type { Answer } from './answer';

export const recovery: Answer<'recovery'> = async ({ step, layer, ...named }, wanted, { open }) => {
  const { results, ask } = open();
  const [own, other] = [named, wanted].map((one) => finishedReplicate(results, one));
  return ask((session) => session.recovery(own, { step, layer, other }));
};
