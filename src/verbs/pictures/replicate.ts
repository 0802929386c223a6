import { replicateNamed } from '../../core/replicate';
import { picture } from '../picture';
import type { Answer } from './answer';

export const replicate: Answer<'replicate'> = async ({ network, seed, step }, only, room) => {
  const training = room.training(network, seed);
  if (!training)
    return picture.run(
      { run: '', network, seed, step, ...only },
      { opened: () => Promise.resolve(room.open()) },
    );
  // Of a replicate that still trains there is the newest picture, whatever was asked for.
  const { preview, checkpoints } = training;
  if (preview.detail.layers.some((layer) => layer.name === only?.layer)) return preview.detail;
  const name = replicateNamed(network, seed);
  return room.open().ask((session) => session.detail(name, null, { only, checkpoints }));
};
