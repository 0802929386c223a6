import { stat, readFile } from 'node:fs/promises';
import { arrayIn } from '../formats/array-file';
import { placeOfArray } from '../formats/array-place';
import { csvColumns } from '../formats/csv-columns';
import { partsOf } from '../formats/file-parts';
import { FormatError } from '../formats/format-error';
import { whyOf } from '../run/system-error';
import { UserError } from '../verbs/user-error';
import type { ArrayRoom } from '../verbs/verb';

/** Larger tables are refused unread. */
const mostTable = 200_000_000;

/** Array files and tables, by their paths. */
export const arrayRoom: ArrayRoom = {
  array: async (written) => {
    const { file, array } = placeOfArray(written);
    return within(file, () => arrayIn(file, partsOf(file), array));
  },
  columns: async (file) =>
    within(file, async () =>
      csvColumns(new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(file))),
    ),
};

async function bytesOf(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > mostTable) throw new FormatError(`It has ${size} bytes: more than ${mostTable} are not read.`);
  return readFile(file);
}

/** @throws UserError with the file's name where it cannot be read */
async function within<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FormatError) throw new UserError(`${file}: ${error.message}`);
    if (error instanceof TypeError)
      throw new UserError(`${file} is no UTF-8 text. Save it with the encoding UTF-8.`);
    throw new UserError(`Cannot read ${file}: ${whyOf(error)}.`);
  }
}
