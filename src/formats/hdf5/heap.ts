import type { Cursor, Hdf5File } from './file';
import { widthOf } from './tree';

const mostRows = 64;

/** A fractal heap: objects in blocks whose sizes double from row to row. */
export class FractalHeap {
  private readonly idLength: number;
  private readonly tableWidth: number;
  private readonly startSize: number;
  private readonly mostDirect: number;
  private readonly offsetWidth: number;
  private readonly lengthWidth: number;
  private readonly root: number;
  private readonly rootRows: number;
  private readonly isFiltered: boolean;

  constructor(
    private readonly file: Hdf5File,
    address: number,
  ) {
    const { addressWidth: a, lengthWidth: l } = file;
    const head = file.at(address, 22 + 12 * l + 3 * a);
    head.expect('FRHP');
    head.skip(1);
    this.idLength = head.uint(2);
    this.isFiltered = head.uint(2) > 0;
    head.skip(1);
    const mostManaged = head.uint(4);
    // Huge objects and free space, how much is managed where, huge and tiny objects.
    head.skip(2 * (l + a) + 8 * l);
    this.tableWidth = head.uint(2);
    this.startSize = head.length();
    this.mostDirect = head.length();
    this.offsetWidth = Math.ceil(head.uint(2) / 8);
    head.skip(2);
    this.root = head.address() ?? file.refuse('a heap is empty');
    this.rootRows = head.uint(2);
    this.lengthWidth = Math.min(Math.ceil(Math.log2(this.mostDirect) / 8), widthOf(mostManaged));
    if (this.startSize < 1 || this.tableWidth < 1 || this.rootRows > mostRows || this.offsetWidth > 8)
      file.refuse('a heap has an impossible shape');
  }

  /** An object of the heap, by its identifier. */
  object(record: Cursor): Cursor {
    const id = record.part(this.idLength);
    if (this.isFiltered || (id.uint(1) & 0x30) !== 0)
      this.file.refuse('it keeps names in a way that is not read: save it with fewer of them');
    const offset = id.uint(this.offsetWidth);
    const length = id.uint(this.lengthWidth);
    const { address, start } = this.blockOf(offset, this.root, 0, this.rootRows, 0);
    return this.file.at(address + offset - start, length);
  }

  /** Where the direct block is that holds an offset, and the offset that it begins at. */
  private blockOf(
    offset: number,
    address: number,
    start: number,
    rows: number,
    depth: number,
  ): { address: number; start: number } {
    if (rows === 0) return { address, start };
    const { file, tableWidth } = this;
    const sizes = Array.from({ length: rows }, (_, row) => this.startSize * 2 ** Math.max(0, row - 1));
    const row = sizes.findIndex(
      (_, at) => offset < start + tableWidth * sizes.slice(0, at + 1).reduce((sum, one) => sum + one, 0),
    );
    if (row < 0 || depth > mostRows) file.refuse('a heap has not what it should');
    const before = start + tableWidth * sizes.slice(0, row).reduce((sum, one) => sum + one, 0);
    const column = Math.floor((offset - before) / sizes[row]);
    const head = 5 + file.addressWidth + this.offsetWidth;
    const place = address + head + (row * tableWidth + column) * file.addressWidth;
    const child = file.at(place, file.addressWidth).address() ?? file.refuse('a heap leads nowhere');
    const isDirect = sizes[row] <= this.mostDirect;
    const rowsBelow = isDirect ? 0 : Math.log2(sizes[row] / (this.startSize * tableWidth)) + 1;
    return this.blockOf(offset, child, before + column * sizes[row], Math.floor(rowsBelow), depth + 1);
  }
}
