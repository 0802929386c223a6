import { finishedReplicate } from '../open-run';
import type { Answer } from './answer';

export const structure: Answer<'structure'> = async ({ step, layer, ...named }, wish, room) => {
  const training = room.training(named);
  const { results, ask } = room.open();
  if (training)
    return ask((session) =>
      session.structure(named, { ...wish, step: null, layer, checkpoint: training.preview.checkpoint }),
    );
  const finished = finishedReplicate(results, named);
  return ask((session) => session.structure(finished, { ...wish, step, layer }));
};
