import type { Cursor, Hdf5File } from './file';

/** What the header of an object says, piece by piece. */
export interface Message {
  readonly type: number;
  /** Its fields, from the first on. */
  readonly body: () => Cursor;
}

/** Kinds of messages that are looked at. */
export const kinds = {
  dataspace: 1,
  linkInfo: 2,
  datatype: 3,
  fill: 5,
  link: 6,
  external: 7,
  layout: 8,
  filters: 11,
  attribute: 12,
  continuation: 16,
  symbolTable: 17,
} as const;

const mostBlocks = 1000;

interface Block {
  readonly address: number;
  readonly size: number;
}

/** The messages of an object's header. @throws FormatError where there is none */
export function messagesAt(file: Hdf5File, address: number): Message[] {
  const isSecond = String.fromCharCode(...file.at(address, 4).take(4)) === 'OHDR';
  const { blocks, read } = isSecond ? secondVersion(file, address) : firstVersion(file, address);
  const messages: Message[] = [];
  for (let at = 0; at < blocks.length; at++) {
    if (at > mostBlocks) file.refuse('a header goes on without end');
    for (const { type, body, shared } of read(blocks[at], at)) {
      const own = shared ? sharedBody(file, type, body) : body;
      if (type === kinds.continuation) blocks.push({ address: addressIn(file, own), size: own.length() });
      else messages.push({ type, body: () => own.again() });
    }
  }
  return messages;
}

/** @param at how many blocks were read before */
type Read = (block: Block, at: number) => Iterable<Written>;

interface Written {
  readonly type: number;
  readonly body: Cursor;
  /** Whether it is where the body says. */
  readonly shared: boolean;
}

function firstVersion(file: Hdf5File, address: number): { blocks: Block[]; read: Read } {
  const head = file.at(address, 12);
  if (head.uint(1) !== 1) file.refuse('an object has a header of an unknown version');
  head.skip(7);
  return {
    // The head is filled up to a multiple of 8 bytes.
    blocks: [{ address: address + 16, size: head.uint(4) }],
    *read(block) {
      const fields = file.at(block.address, block.size);
      while (fields.left >= 8) {
        const [type, size, flags] = [fields.uint(2), fields.uint(2), fields.uint(1)];
        fields.skip(3);
        yield { type, body: fields.part(size), shared: (flags & 2) !== 0 };
      }
    },
  };
}

function secondVersion(file: Hdf5File, address: number): { blocks: Block[]; read: Read } {
  const head = file.at(address, 6);
  head.skip(5);
  const flags = head.uint(1);
  // Times, and how many attributes are kept where.
  const skipped = 6 + (flags & 32 ? 16 : 0) + (flags & 16 ? 4 : 0);
  const width = 2 ** (flags & 3);
  const size = file.at(address + skipped, width).uint(width);
  return {
    blocks: [{ address: address + skipped + width, size }],
    *read(block, at) {
      const fields = file.at(block.address, block.size);
      if (at > 0) fields.expect('OCHK');
      // Continuations end with a checksum.
      const end = at > 0 ? 4 : 0;
      const head = flags & 4 ? 6 : 4;
      while (fields.left - end >= head) {
        const [type, length, own] = [fields.uint(1), fields.uint(2), fields.uint(1)];
        fields.skip(head - 4);
        yield { type, body: fields.part(length), shared: (own & 2) !== 0 };
      }
    },
  };
}

/** The same message of the object that this one refers to. */
function sharedBody(file: Hdf5File, type: number, body: Cursor): Cursor {
  const [version, kind] = [body.uint(1), body.uint(1)];
  if (version === 3 && kind !== 2) file.refuse('it shares messages in a way that is not read');
  if (version === 1) body.skip(6);
  const address = addressIn(file, body);
  // Of an object that is shared nothing is shared again.
  const own = String.fromCharCode(...file.at(address, 4).take(4)) === 'OHDR';
  const { blocks, read } = own ? secondVersion(file, address) : firstVersion(file, address);
  for (const message of read(blocks[0], 0)) if (message.type === type && !message.shared) return message.body;
  return file.refuse('what it shares is not there');
}

function addressIn(file: Hdf5File, body: Cursor): number {
  return body.address() ?? file.refuse('a header goes on nowhere');
}
