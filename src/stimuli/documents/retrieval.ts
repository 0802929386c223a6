import type { Stream } from '../../core/stream';
import { longestOf, type DocumentsShape } from '../../experiment/documents';
import type { Corpus, Documents } from './corpus';

/** What an oracle brings before a document. */
export interface Retrieval {
  /** Training documents that are relevant for it. */
  readonly relevant: number;
  /** Others, at random. */
  readonly distractors: number;
  /** The probability that each relevant one is there; another stands in its place otherwise. */
  readonly recall: number;
}

type Sequences = Pick<Documents, 'tokens' | 'starts' | 'counts'> & { readonly offsets: Uint32Array };

/** Documents as a network sees them that has others before each. */
interface Retrieved {
  readonly sequences: Sequences;
  /** Of each: tokens that were brought before its own. */
  readonly before: Uint32Array;
  /** Of each: the training documents that were brought, in order. */
  readonly brought: readonly Uint32Array[];
}

/** Tokens of the longest document with what is brought before it. */
export function retrievedLength(
  shape: DocumentsShape,
  { relevant, distractors }: Pick<Retrieval, 'relevant' | 'distractors'>,
): number {
  return longestOf(shape) + (relevant + distractors) * shape.train.longest;
}

/**
 * Documents with nothing before them, at the position where they begin with what is brought: it is the same whatever is brought, so that what is learned of the places in a document
 * holds with it and without.
 */
export function withNone(corpus: Corpus, documents: Documents, retrieval: Retrieval): Sequences {
  const offsets = new Uint32Array(documents.starts.length - 1).fill(ownPosition(corpus, retrieval));
  return { ...documents, offsets };
}

/** Where documents themselves begin: after the most that can be brought. */
function ownPosition(
  { train: { starts } }: Corpus,
  { relevant, distractors }: Pick<Retrieval, 'relevant' | 'distractors'>,
): number {
  let longest = 0;
  for (let at = 1; at < starts.length; at++) longest = Math.max(longest, starts[at] - starts[at - 1]);
  return (relevant + distractors) * longest;
}

/**
 * Brings training documents before others: for each as many relevant ones and distractors as asked, where there are so many, none twice, in random order. Nothing in them counts. Distractors
 * are uniform among the training documents that are neither relevant nor the document itself. All documents themselves begin at the same position.
 *
 * @param set the name of the documents' evaluation set; null: of `train`
 * @param documents their places there; all by default
 * @param isSeen of each training document: 1 where it may be brought; any may by default
 */
export function withRetrieved(
  corpus: Corpus,
  set: string | null,
  retrieval: Retrieval,
  random: Stream,
  { documents, isSeen }: { readonly documents?: Uint32Array; readonly isSeen?: Uint8Array } = {},
): Retrieved {
  const { train } = corpus;
  const from = set === null ? train : corpus.sets.find(({ name }) => name === set)?.documents;
  if (!from) throw new RangeError(`There is no evaluation set “${set}”.`);
  const own = documents ?? Uint32Array.from({ length: from.starts.length - 1 }, (_, at) => at);
  const mayBring = (document: number): boolean => isSeen?.[document] !== 0;
  const seen = Uint32Array.from({ length: train.starts.length - 1 }, (_, at) => at).filter(mayBring);
  const brought = Array.from(own, (document) => {
    const relevant = corpus.relevant(set, document).filter(mayBring);
    const isOther = new Set(relevant);
    if (set === null && mayBring(document)) isOther.add(document);
    return contextOf(relevant, isOther, seen, retrieval, random);
  });
  const made = withBrought(train, from, own, brought);
  const position = ownPosition(corpus, retrieval);
  return { ...made, sequences: { ...made.sequences, offsets: made.before.map((count) => position - count) } };
}

/**
 * Documents after others; nothing in these counts.
 *
 * @param own places of documents in `from`
 * @param brought of each: places in `train` of those that come before it, in order
 */
export function withBrought(
  train: Documents,
  from: Documents,
  own: Uint32Array,
  brought: readonly Uint32Array[],
): Omit<Retrieved, 'sequences'> & { readonly sequences: Omit<Sequences, 'offsets'> } {
  const lengthOf = ({ starts }: Documents, at: number): number => starts[at + 1] - starts[at];
  const before = Uint32Array.from(brought, (all) => all.reduce((sum, at) => sum + lengthOf(train, at), 0));
  const starts = new Uint32Array(own.length + 1);
  for (const [at, document] of own.entries())
    starts[at + 1] = starts[at] + before[at] + lengthOf(from, document);
  const tokens = new Uint16Array(starts[own.length]);
  const counts = new Uint8Array(tokens.length);
  for (const [at, document] of own.entries()) {
    let to = starts[at];
    for (const other of brought[at]) {
      tokens.set(train.tokens.subarray(train.starts[other], train.starts[other + 1]), to);
      to += lengthOf(train, other);
    }
    tokens.set(from.tokens.subarray(from.starts[document], from.starts[document + 1]), to);
    counts.set(from.counts.subarray(from.starts[document], from.starts[document + 1]), to);
  }
  return { sequences: { tokens, starts, counts }, before, brought };
}

/** @param isOther what is no distractor, all of it of `seen` */
function contextOf(
  relevant: Uint32Array,
  isOther: ReadonlySet<number>,
  seen: Uint32Array,
  { relevant: wanted, distractors, recall }: Retrieval,
  random: Stream,
): Uint32Array {
  const chosen: number[] = [];
  for (const at of random.permutation(relevant.length).subarray(0, wanted))
    if (random.uniform() < recall) chosen.push(relevant[at]);
  const taken = new Set(isOther);
  const most = Math.min(wanted + distractors, chosen.length + seen.length - isOther.size);
  while (chosen.length < most) {
    const document = seen[random.below(seen.length)];
    if (taken.has(document)) continue;
    taken.add(document);
    chosen.push(document);
  }
  return Uint32Array.from(random.permutation(chosen.length), (at) => chosen[at]);
}
