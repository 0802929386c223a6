import { FormatError } from '../format-error';
import type { Cursor, Hdf5File } from './file';
import { treeLeaves, treeRecords } from './tree';

/** A chunk of a dataset in the file. */
interface Chunk {
  /** The first place of the array that it has, by dimension. */
  readonly offset: readonly number[];
  readonly address: number;
  /** Bytes in the file. */
  readonly size: number;
  /** Bits of the filters that were left out. */
  readonly mask: number;
}

/** How the chunks of a dataset are cut. */
export interface ChunkShape {
  /** Lengths that the array can grow to; what may grow for ever counts as it is. */
  readonly most: readonly number[];
  /** Of a chunk. */
  readonly chunk: readonly number[];
  /** Bytes of a chunk, unpacked. */
  readonly bytes: number;
  readonly isFiltered: boolean;
}

/** Finds the chunks that are there; of what is not there nothing was written. */
export type ChunkIndex = (file: Hdf5File, of: ChunkShape) => Iterable<Chunk>;

/** A tree of the first version: what most programs write. */
export function firstIndex(address: number): ChunkIndex {
  return function* (file, { chunk }) {
    const rank = chunk.length;
    for (const { key, address: at } of treeLeaves(file, address, 1, 8 + 8 * (rank + 1))) {
      const [size, mask] = [key.uint(4), key.uint(4)];
      yield { address: at, size, mask, offset: chunk.map(() => key.uint(8)) };
    }
  };
}

/**
 * The index of a layout of version 4, by its number.
 *
 * @param body of the message, from what belongs to the index on
 */
export function laterIndex(kind: number, flags: number, body: Cursor): ChunkIndex {
  const single = kind === 1 && flags & 2 ? { size: body.length(), mask: body.uint(4) } : null;
  // How the index is built: its own header says it again.
  body.skip(kind === 3 ? 1 : kind === 4 ? 5 : kind === 5 ? 6 : 0);
  const address = body.address();
  if (address === null) return () => [];
  if (kind === 1)
    return (_, { chunk, bytes }) => [
      { size: bytes, mask: 0, ...single, address, offset: chunk.map(() => 0) },
    ];
  if (kind === 2)
    return function* (_, of) {
      for (let at = 0; at < gridOf(of).count; at++)
        yield { offset: offsetOf(of, at), address: address + at * of.bytes, size: of.bytes, mask: 0 };
    };
  if (kind === 3) return fixedArray(address);
  if (kind === 5) return secondTree(address);
  throw new FormatError(
    "It keeps chunks in a way that is not read: save it with libver='earliest', or without a dimension that grows.",
  );
}

function secondTree(address: number): ChunkIndex {
  return function* (file, { chunk, bytes, isFiltered }) {
    for (const record of treeRecords(file, address)) {
      const at = record.address();
      const width = record.left - 4 - 8 * chunk.length;
      const own = isFiltered ? { size: record.uint(width), mask: record.uint(4) } : { size: bytes, mask: 0 };
      const offset = chunk.map((length) => record.uint(8) * length);
      if (at !== null) yield { ...own, address: at, offset };
    }
  };
}

/** A list with an entry for each chunk that there can be; a long one in pages. */
function fixedArray(address: number): ChunkIndex {
  return function* (file, of) {
    const head = file.at(address, 8 + file.lengthWidth + file.addressWidth);
    head.expect('FAHD');
    head.skip(2);
    const [entry, pageBits, count] = [head.uint(1), head.uint(1), head.length()];
    const block = head.address();
    if (block === null) return;
    const start = file.at(block, 6 + file.addressWidth);
    start.expect('FADB');
    const perPage = 2 ** pageBits;
    const pages = count > perPage ? Math.ceil(count / perPage) : 0;
    const first = block + 6 + file.addressWidth + (pages > 0 ? Math.ceil(pages / 8) + 4 : 0);
    if (count > file.size || entry < file.addressWidth)
      file.refuse('a list of chunks has an impossible length');
    for (let at = 0; at < count; at++) {
      // Each page ends with a checksum.
      const place = first + at * entry + (pages > 0 ? Math.floor(at / perPage) * 4 : 0);
      const fields = file.at(place, entry);
      const to = fields.address();
      const own = of.isFiltered
        ? { size: fields.uint(entry - file.addressWidth - 4), mask: fields.uint(4) }
        : { size: of.bytes, mask: 0 };
      // A page that nothing was written to holds zeros.
      if (to !== null && to !== 0) yield { ...own, address: to, offset: offsetOf(of, at) };
    }
  };
}

/** Chunks by dimension, and in all. */
function gridOf({ most, chunk }: ChunkShape): { by: number[]; count: number } {
  const by = most.map((length, at) => Math.ceil(length / chunk[at]));
  return { by, count: by.reduce((product, one) => product * one, 1) };
}

/** Where the chunk of a number begins; the last dimension counts fastest. */
function offsetOf(of: ChunkShape, number: number): number[] {
  const { by } = gridOf(of);
  let rest = number;
  return by
    .map((length, at) => [length, of.chunk[at]])
    .reverse()
    .map(([length, size]) => {
      const place = rest % length;
      rest = Math.floor(rest / length);
      return place * size;
    })
    .reverse();
}
