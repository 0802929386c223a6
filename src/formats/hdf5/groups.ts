import type { Cursor, Hdf5File } from './file';
import { FractalHeap } from './heap';
import { kinds, type Message } from './messages';
import { treeLeaves, treeRecords } from './tree';

/** An object under its name in a group. */
interface Link {
  readonly name: string;
  readonly address: number;
}

/** The objects of a group; null of what is none. Links to other files, and to other names, are left out. */
export function linksOf(file: Hdf5File, messages: readonly Message[]): Link[] | null {
  const of = (type: number): Cursor[] =>
    messages.filter((message) => message.type === type).map(({ body }) => body());
  const [table] = of(kinds.symbolTable);
  const [info] = of(kinds.linkInfo);
  const named = of(kinds.link);
  if (!table && !info && named.length === 0) return null;
  return [
    ...(table ? tableLinks(file, table) : []),
    ...named.flatMap((body) => linkIn(body) ?? []),
    ...(info ? manyLinks(file, info) : []),
  ];
}

/** Of a group as the first version has it: names in a heap, in the order of a tree. */
function* tableLinks(file: Hdf5File, table: Cursor): Generator<Link> {
  const [tree, heap] = [table.address(), table.address()];
  if (tree === null || heap === null) return;
  const head = file.at(heap, 8 + 2 * file.lengthWidth + file.addressWidth);
  head.expect('HEAP');
  head.skip(4);
  const size = head.length();
  head.length();
  const names = file.at(head.address() ?? file.refuse('a group has no names'), size).bytes;
  for (const { address } of treeLeaves(file, tree, 0, file.lengthWidth)) {
    const leaf = file.at(address, 8);
    leaf.expect('SNOD');
    leaf.skip(2);
    const count = leaf.uint(2);
    const entry = 2 * file.addressWidth + 24;
    const entries = file.at(address + 8, count * entry);
    for (let at = 0; at < count; at++) {
      const fields = entries.part(entry);
      const start = fields.address() ?? size;
      const object = fields.address();
      if (start >= size) file.refuse('a name is not where it should be');
      const end = names.indexOf(0, start);
      // 2: the name of another place.
      if (object !== null && fields.uint(4) !== 2)
        yield {
          name: new TextDecoder().decode(names.subarray(start, end < 0 ? size : end)),
          address: object,
        };
    }
  }
}

/** Null of one that is no object of this file. */
function linkIn(body: Cursor): Link | null {
  body.skip(1);
  const flags = body.uint(1);
  const type = flags & 8 ? body.uint(1) : 0;
  body.skip((flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0));
  const name = body.part(body.uint(2 ** (flags & 3))).text();
  const address = type === 0 ? body.address() : null;
  return address === null ? null : { name, address };
}

/** Of a group with many: each in a heap, in the order of a tree. */
function* manyLinks(file: Hdf5File, info: Cursor): Generator<Link> {
  info.skip(1);
  info.skip(info.uint(1) & 1 ? 8 : 0);
  const [heapAt, tree] = [info.address(), info.address()];
  if (heapAt === null || tree === null) return;
  const heap = new FractalHeap(file, heapAt);
  for (const record of treeRecords(file, tree)) {
    // What the name comes to in the tree's order.
    record.skip(4);
    const link = linkIn(heap.object(record));
    if (link) yield link;
  }
}
