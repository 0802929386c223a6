/**
 * A hash table of input rows, which answers whether a row (the bytes of its float32 values) has occurred, and in which
 * set. It keeps indices only; the rows stay in the sets' own arrays.
 */
export class RowTable {
  private readonly slots: Int32Array;
  private readonly words: Uint32Array[] = [];
  private readonly first: number[] = [];
  private rows = 0;

  /**
   * @param width values of a row
   * @param capacity rows of all sets together
   */
  constructor(
    private readonly width: number,
    capacity: number,
  ) {
    let size = 16;
    while (size < 2 * capacity) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
  }

  /** Announces a set. Its rows are read from `data` when they are placed, and must not change afterwards. Returns the set's number. */
  addSet(data: Float32Array, rows: number): number {
    this.words.push(new Uint32Array(data.buffer, data.byteOffset, data.length));
    this.first.push(this.rows);
    this.rows += rows;
    return this.words.length - 1;
  }

  /** The number of the set that holds an equal row; −1 if there was none, and then the row is kept. */
  place(set: number, row: number): number {
    const words = this.words[set];
    const start = row * this.width;
    const mask = this.slots.length - 1;
    let at = this.hash(words, start) & mask;
    for (;;) {
      const entry = this.slots[at];
      if (entry < 0) {
        this.slots[at] = this.first[set] + row;
        return -1;
      }
      const owner = this.setOf(entry);
      if (this.equal(words, start, this.words[owner], (entry - this.first[owner]) * this.width)) return owner;
      at = (at + 1) & mask;
    }
  }

  private setOf(entry: number): number {
    let set = this.first.length - 1;
    while (entry < this.first[set]) set--;
    return set;
  }

  private hash(words: Uint32Array, start: number): number {
    let hash = 0x9e3779b1 | 0;
    for (let i = start; i < start + this.width; i++) {
      hash = Math.imul(hash ^ words[i], 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  private equal(a: Uint32Array, aStart: number, b: Uint32Array, bStart: number): boolean {
    for (let i = 0; i < this.width; i++) if (a[aStart + i] !== b[bStart + i]) return false;
    return true;
  }
}
