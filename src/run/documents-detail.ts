import type { AttentionDetail, AttentionWish, DocumentsDetail, DocumentsWish } from '../protocol/documents';
import type { Recording } from '../sources/source';
import { checkpointAt } from './detail';

const without = 'This network is trained on no documents.';

/**
 * What a recording says of documents at one checkpoint.
 *
 * @param step null: its end
 * @throws RangeError where it is of no documents, or has no such checkpoint or set
 */
export async function documentsDetail(
  recording: Recording,
  { step, ...wish }: DocumentsWish & { readonly step: number | null },
): Promise<DocumentsDetail> {
  if (!recording.documents) throw new RangeError(without);
  const at = checkpointAt(recording, step);
  const found = await recording.documents(wish, at);
  return { ...recording.replicate, step: recording.checkpoints[at].step, set: wish.set, ...found };
}

/**
 * Where a head of attention looks in a document at one checkpoint.
 *
 * @param step null: the end
 * @throws RangeError where there is no such document, layer, head or checkpoint
 */
export async function attentionDetail(
  recording: Recording,
  { step, ...wish }: AttentionWish & { readonly step: number | null },
): Promise<AttentionDetail> {
  if (!recording.attention) throw new RangeError(without);
  return recording.attention(wish, checkpointAt(recording, step));
}
