import { FormatError } from '../format-error';
import type { Cursor, Hdf5File } from './file';

/** Deeper trees are no file's. */
const mostLevels = 40;

/**
 * The leaves of a B-tree of the first version: what stands before each (its key), and its address.
 *
 * @param keySize bytes of a key
 * @param type 0 of groups, 1 of chunks
 */
export function* treeLeaves(
  file: Hdf5File,
  address: number,
  type: 0 | 1,
  keySize: number,
): Generator<{ key: Cursor; address: number }> {
  const seen = new Set<number>();
  const waiting = [{ address, above: mostLevels }];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node.address)) file.refuse('a tree leads back to itself');
    seen.add(node.address);
    const head = file.at(node.address, 8);
    head.expect('TREE');
    const [kind, level, count] = [head.uint(1), head.uint(1), head.uint(2)];
    if (kind !== type || level >= node.above) file.refuse('a tree is of another kind');
    const start = node.address + 8 + 2 * file.addressWidth;
    const fields = file.at(start, count * (keySize + file.addressWidth));
    const below: typeof waiting = [];
    for (let at = 0; at < count; at++) {
      const key = fields.part(keySize);
      const child = fields.address() ?? file.refuse('a tree leads nowhere');
      if (level === 0) yield { key, address: child };
      else below.push({ address: child, above: level });
    }
    waiting.push(...below.reverse());
  }
}

/** Bytes that hold whole numbers up to a limit. */
export function widthOf(limit: number): number {
  return Math.floor(Math.log2(Math.max(1, limit)) / 8) + 1;
}

/** The records of a B-tree of the second version, in order. */
export function* treeRecords(file: Hdf5File, address: number): Generator<Cursor> {
  const head = file.at(address, 16 + file.addressWidth + 2);
  head.expect('BTHD');
  head.skip(2);
  const [nodeSize, recordSize, depth] = [head.uint(4), head.uint(2), head.uint(2)];
  head.skip(2);
  const root = head.address();
  const rootCount = head.uint(2);
  if (root === null) return;
  if (depth > mostLevels || recordSize === 0 || nodeSize < 16 + recordSize)
    throw new FormatError('It is a damaged HDF5 file: a tree has an impossible shape.');
  // Signature, version, type and checksum; how many records a node has and all below it, at each level.
  const room = nodeSize - 10;
  const most = Math.floor(room / recordSize);
  const countWidth = widthOf(most);
  const below = [most];
  for (let level = 1; level <= depth; level++) {
    const pointer = file.addressWidth + countWidth + (level > 1 ? widthOf(below[level - 1]) : 0);
    const own = Math.floor((room - pointer) / (recordSize + pointer));
    below.push((own + 1) * below[level - 1] + own);
  }
  const seen = new Set<number>();
  function* node(at: number, count: number, level: number): Generator<Cursor> {
    if (seen.has(at)) file.refuse('a tree leads back to itself');
    seen.add(at);
    const fields = file.at(at, nodeSize);
    fields.expect(level > 0 ? 'BTIN' : 'BTLF');
    fields.skip(2);
    const records = Array.from({ length: count }, () => fields.part(recordSize));
    if (level === 0) {
      yield* records;
      return;
    }
    for (let child = 0; child <= count; child++) {
      const to = fields.address() ?? file.refuse('a tree leads nowhere');
      const own = fields.uint(countWidth);
      if (level > 1) fields.skip(widthOf(below[level - 1]));
      yield* node(to, own, level - 1);
      if (child < count) yield records[child];
    }
  }
  yield* node(root, rootCount, depth);
}
