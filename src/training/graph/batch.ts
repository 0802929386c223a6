import { documentOf } from '../../stimuli/documents/corpus';

/** Sequences of tokens, end to end: what a network of documents is trained on and asked. */
export interface Sequences {
  /** Document after document. */
  readonly tokens: Uint16Array;
  /** Where each document begins in `tokens`, in order; the last is the end of the last. */
  readonly starts: Uint32Array;
  /** Of each token: 1 where predicting it counts, else 0. Never that of a document's first. */
  readonly counts: Uint8Array;
  /** Of each document: the position of its first token; 0 in all where absent. */
  readonly offsets?: Uint32Array;
}

/** A document, as far as it is read: what follows the last position that counts changes nothing that comes before. */
interface Reading {
  readonly start: number;
  /** The position of its first token. */
  readonly offset: number;
  /** Positions that are read, at least 1. */
  readonly length: number;
  /** Positions that are selected, and what the reader calls each. */
  readonly selected: readonly { readonly position: number; readonly index: number }[];
}

/**
 * Documents that pass at once, eight by eight, the eight of a group side by side: row (octet, lane) is position octet − `first` of the
 * group's document `lane`. All of a group begin at the same position, and are read up to the longest; where a shorter one has ended, or there
 * are less than eight, token 0 stands, which nobody reads.
 */
export interface MicroBatch {
  readonly groups: readonly Group[];
  /** Octets of rows. */
  readonly octets: number;
  /** Of each row. */
  readonly tokens: Uint32Array;
  /** Rows that are selected, and the index of each. */
  readonly rows: Uint32Array;
  readonly indices: Uint32Array;
}

interface Group {
  readonly first: number;
  readonly length: number;
  /** The position of its first tokens. */
  readonly offset: number;
}

/**
 * Puts documents into micro-batches, those that begin at the same position together, longest first, so that those of a group are of like lengths: little is read for nothing.
 *
 * @param octets most octets of rows of a micro-batch, at least the length of the longest document
 */
export function* microBatches(
  { tokens }: Sequences,
  readings: readonly Reading[],
  octets: number,
): Generator<MicroBatch> {
  const sorted = readings.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  for (let next = 0; next < sorted.length;) {
    const groups: (Group & { readings: Reading[] })[] = [];
    let end = 0;
    while (next < sorted.length && (groups.length === 0 || end + sorted[next].length <= octets)) {
      const { length, offset } = sorted[next];
      const group = sorted.slice(next, next + 8).filter((reading) => reading.offset === offset);
      groups.push({ first: end, length, offset, readings: group });
      end += length;
      next += group.length;
    }
    yield packed(tokens, groups, end);
  }
}

function packed(
  tokens: Uint16Array,
  groups: readonly (Group & { readonly readings: readonly Reading[] })[],
  octets: number,
): MicroBatch {
  const laid = new Uint32Array(octets * 8);
  const rows: number[] = [];
  const indices: number[] = [];
  for (const { first, readings } of groups)
    readings.forEach(({ start, length, selected }, lane) => {
      for (let position = 0; position < length; position++)
        laid[(first + position) * 8 + lane] = tokens[start + position];
      for (const { position, index } of selected) {
        rows.push((first + position) * 8 + lane);
        indices.push(index);
      }
    });
  return { groups, octets, tokens: laid, rows: Uint32Array.from(rows), indices: Uint32Array.from(indices) };
}

/**
 * Readings of documents as far as their tokens count; documents in which none does are left out. What is selected are the positions from
 * which a token that counts is predicted, and its index is its place in `tokens`.
 */
export function countedReadings(
  { starts, counts, offsets }: Sequences,
  documents: Iterable<number>,
): Reading[] {
  const readings: Reading[] = [];
  for (const document of documents) {
    const start = starts[document];
    const selected = [];
    for (let at = start + 1; at < starts[document + 1]; at++)
      if (counts[at]) selected.push({ position: at - start - 1, index: at });
    if (selected.length > 0)
      readings.push({
        start,
        offset: offsets?.[document] ?? 0,
        length: selected[selected.length - 1].position + 1,
        selected,
      });
  }
  return readings;
}

/**
 * Readings that select places of `tokens`.
 *
 * @param back how many tokens before each place: 0 for states there, 1 for what predicts it
 * @returns readings whose indices are places' places in `at`
 */
export function readingsAt({ starts, offsets }: Sequences, at: ArrayLike<number>, back: 0 | 1): Reading[] {
  const byDocument = new Map<number, { position: number; index: number }[]>();
  for (let index = 0; index < at.length; index++) {
    const document = documentOf(starts, at[index]);
    const position = at[index] - starts[document] - back;
    if (position < 0) throw new RangeError('Nothing comes before the first token of a document.');
    const selected = byDocument.get(document);
    if (selected) selected.push({ position, index });
    else byDocument.set(document, [{ position, index }]);
  }
  return [...byDocument].map(([document, selected]) => ({
    start: starts[document],
    offset: offsets?.[document] ?? 0,
    length: 1 + selected.reduce((last, { position }) => Math.max(last, position), 0),
    selected,
  }));
}
