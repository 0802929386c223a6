import type { NumberArray } from '../core/number-array';

/** A file of which parts are read. */
export interface Parts {
  /** Its bytes, from one place to another; fewer where it ends before. */
  readonly read: (from: number, to: number) => Uint8Array;
  /** Bytes that it has. */
  readonly size: number;
}

/** One array of a file, of which nothing is read before it is asked for. */
export interface ArrayPlace {
  /** From what the file says of it alone; null where it holds no numbers. @throws FormatError where that cannot be true */
  readonly shape: () => readonly number[] | null;
  /** @throws FormatError where it cannot be read */
  readonly read: () => NumberArray;
}
