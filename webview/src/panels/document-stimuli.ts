import type { TokensDetail } from '../../../src/protocol/detail';
import {
  documentsAsked,
  type DocumentsDetail,
  documentsOfPicture as PAGE,
  type SaidDocument,
} from '../../../src/protocol/documents';
import type { Change } from '../choices';
import { plural } from '../number';
import type { Answers, View } from '../panel';
import { stimuliQuery } from './one-replicate';

/** The panel of documents. */
export const DOCUMENTS = 'documents';

/** What is to be chosen to see the document of a token that is a stimulus; null where it cannot be seen. */
export function documentOfStimulus(
  { of, documents }: TokensDetail,
  stimulus: number,
  { capabilities }: Pick<View, 'capabilities'>,
): Change | null {
  const [set, document] = [of[stimulus], documents[stimulus]];
  // A report holds the first of each set.
  const most = capabilities.checkpoints ? documentsAsked : PAGE;
  if (set === undefined || document === undefined || document >= most) return null;
  return {
    ...{ tab: DOCUMENTS, documentSet: set, documentsShown: 'all' },
    ...{ documentsAfter: document - (document % PAGE), attended: document },
  };
}

/** Of a token of a document that is shown, by its position there: which test stimulus it is. */
export type StimulusAt = (document: SaidDocument | undefined, position: number) => number | undefined;

export function stimuliIn({ set }: DocumentsDetail, answers: Answers, view: View): StimulusAt {
  const tokens = answers.of(stimuliQuery(view))?.tokens;
  const stimuli = new Map<string, number>();
  tokens?.of.forEach((of, at) => {
    if (of === set) stimuli.set(`${tokens.documents[at] ?? -1} ${tokens.positions[at] ?? -1}`, at);
  });
  return (document, position) =>
    document && stimuli.get(`${document.document} ${position - document.brought}`);
}

/** Those of its tokens that are stimuli. */
export function stimuliOf(document: SaidDocument | undefined, stimulusAt: StimulusAt): number[] {
  return (document?.tokens ?? []).flatMap((_, position) => stimulusAt(document, position) ?? []);
}

/** What a click on a token chooses: where it is a stimulus that one, elsewhere those of its document. */
export function chosenBy(
  document: SaidDocument | undefined,
  position: number,
  stimulusAt: StimulusAt,
): Change {
  const own = stimulusAt(document, position);
  const selected = own === undefined ? stimuliOf(document, stimulusAt) : [own];
  return { attended: document?.document ?? -1, ...(selected.length > 0 ? { selected } : {}) };
}

/** The sentences of a caption. @param count of the tokens that are stimuli */
export function stimuliText(count: number): string {
  if (count === 0) return '';
  const are = count === 1 ? 'is a test stimulus' : 'are test stimuli';
  return ` ${plural(count, 'token')} of these ${are}: a click on a document selects them in every panel (on one of them, it alone); framed: selected.`;
}

/** What is said of one that is pointed at. */
export function stimulusText(stimulus: number | undefined): string {
  return stimulus === undefined ? '' : `. Test stimulus ${stimulus}`;
}
