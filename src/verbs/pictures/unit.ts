import { finishedReplicate } from '../open-run';
import type { Answer } from './answer';

export const unit: Answer<'unit'> = async ({ step, layer, ...named }, { unit: at }, room) => {
  const training = room.training(named);
  const { results, ask } = room.open();
  if (!training) {
    const finished = finishedReplicate(results, named);
    return ask((session) => session.unit(finished, { step, layer, unit: at }));
  }
  const { detail, activations, checkpoint } = training.preview;
  const { rows, cols, data } = activations;
  if (detail.layers[0].name === layer && at < cols)
    return Float32Array.from({ length: rows }, (_, i) => data[i * cols + at]);
  return ask((session) => session.unit(named, { step: null, layer, unit: at, checkpoint }));
};
