import { stat, readFile } from 'node:fs/promises';
import { arrayIn, placeOfArray } from '../formats/array-file';
import { csvColumns } from '../formats/csv-columns';
import { FormatError } from '../formats/format-error';
import { whyOf } from '../run/system-error';
import { UserError } from '../verbs/user-error';
import type { ArrayRoom } from '../verbs/verb';

/** Larger files are refused unread: arrays, and tables. */
const mostArray = 4_000_000_000;
const mostTable = 200_000_000;

/** Array files and tables, by their paths. */
export const arrayRoom: ArrayRoom = {
  array: async (written) => {
    const { file, array } = placeOfArray(written);
    return within(file, async () => arrayIn(file, await bytesOf(file, mostArray), array));
  },
  columns: async (file) =>
    within(file, async () =>
      csvColumns(new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(file, mostTable))),
    ),
};

async function bytesOf(file: string, most: number): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > most) throw new FormatError(`It has ${size} bytes: more than ${most} are not read.`);
  return readFile(file);
}

/** @throws UserError with the file's name where it cannot be read */
async function within<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${file}: ${error.message}`);
    if (error instanceof TypeError)
      throw new UserError(`${file} is no UTF-8 text. Save it with the encoding UTF-8.`);
    throw new UserError(`Cannot read ${file}: ${whyOf(error)}.`);
  }
}
