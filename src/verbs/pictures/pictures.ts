import type { AnswerOf, PictureKind, PictureQuery } from '../../protocol/pictures';
import type { Answer, PictureRoom } from './answer';
import { attention } from './attention';
import { documents } from './documents';
import { recovery } from './recovery';
import { replicate } from './replicate';
import { similarities } from './similarities';
import { stimuli } from './stimuli';
import { structure } from './structure';
import { unit } from './unit';

/** How each kind of picture is answered. */
const answers: { readonly [K in PictureKind]: Answer<K> } = {
  stimuli,
  replicate,
  unit,
  structure,
  recovery,
  documents,
  attention,
  similarities,
};

/** What a picture is drawn from. @throws UserError, or Error where the threads or the store fail */
export function answerPicture<K extends PictureKind>(
  { kind, place, parameters }: PictureQuery<K>,
  room: PictureRoom,
): Promise<AnswerOf<K>> {
  return (answers[kind] as Answer<K>)(place, parameters, room);
}
