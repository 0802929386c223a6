import { picture } from '../picture';
import type { Answer } from './answer';

export const replicate: Answer<'replicate'> = async ({ step, ...named }, only, room) => {
  const training = room.training(named);
  if (!training)
    return picture.run({ run: '', ...named, step, ...only }, { opened: () => Promise.resolve(room.open()) });
  // Of a replicate that still trains there is the newest picture, whatever was asked for.
  const { preview, checkpoints } = training;
  if (preview.detail.layers.some((layer) => layer.name === only?.layer)) return preview.detail;
  return room.open().ask((session) => session.detail(named, null, { only, checkpoints }));
};
