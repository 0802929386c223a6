import type { NumberArray } from '../core/number-array';
import { csvNumbers } from './csv-numbers';
import { FormatError } from './format-error';
import { jsonArrays } from './json-arrays';
import { npyShape, readNpy } from './npy';
import { readSafetensors, readTensor, tensorNumbers, tensorShapes } from './safetensors';
import { unpacked, zipEntries } from './zip';

/** The arrays of a file by name, each read when it is asked for. */
type Arrays = ReadonlyMap<string, () => NumberArray>;

/** How the arrays of a file are found, by the ending of its name. What holds one array alone gives it no name. */
const readers: Readonly<Record<string, (bytes: Uint8Array) => Arrays>> = {
  '.npy': (bytes) => new Map([['', () => readNpy(bytes)]]),
  '.npz': (bytes) =>
    new Map(
      zipEntries(bytes)
        .filter(({ name }) => name.endsWith('.npy'))
        .map((entry) => [entry.name.slice(0, -'.npy'.length), () => readNpy(unpacked(bytes, entry))]),
    ),
  '.safetensors': (bytes) =>
    new Map([...readSafetensors(bytes).tensors].map(([name, tensor]) => [name, () => tensorNumbers(tensor)])),
  '.csv': (bytes) => new Map([['', () => csvNumbers(textOf(bytes))]]),
  '.json': (bytes) => jsonArrays(textOf(bytes)),
};

/** Endings of the names of files that hold arrays. */
const endings = Object.keys(readers);

/** A file, or one array of it, as `FILE` or `FILE:NAME` says. */
export function placeOfArray(written: string): { readonly file: string; readonly array?: string } {
  const [, file, array] = /^(.+?\.(?:npz|safetensors|json)):(.+)$/i.exec(written) ?? [];
  return file === undefined ? { file: written } : { file, array };
}

/**
 * The arrays of a file.
 *
 * @param file its name, whose ending says what it is
 * @throws FormatError where the bytes are no such file, or the ending is not known
 */
export function arraysIn(file: string, bytes: Uint8Array): Arrays {
  const ending = /\.[^./\\]*$/.exec(file)?.[0].toLowerCase() ?? '';
  if (!Object.hasOwn(readers, ending))
    throw new FormatError(`Arrays are read from ${endings.join(', ')}, by the ending of the file's name.`);
  return readers[ending](bytes);
}

/** What the beginning of a .npy file holds of its array's shape. */
const npyStart = 1_000_100;

/** A file of which parts are read: its bytes, from one place to another, and how many there are. */
interface Parts {
  readonly read: (from: number, to: number) => Uint8Array;
  readonly size: number;
}

/**
 * The shapes of the arrays of a file. Of .npy and .safetensors the header alone is read.
 *
 * @throws FormatError as `arraysIn`
 */
export function shapesIn(file: string, { read, size }: Parts): Map<string, readonly number[]> {
  if (/\.npy$/i.test(file)) return new Map([['', npyShape(read(0, Math.min(npyStart, size)), size)]]);
  if (/\.safetensors$/i.test(file)) return tensorShapes(read, size);
  return new Map([...arraysIn(file, read(0, size))].map(([name, array]) => [name, array().shape]));
}

/**
 * One array of a file, by the name that `shapesIn` has for it; null where there is none. Of .safetensors no other is read.
 *
 * @throws FormatError as `arraysIn`
 */
export function arrayOf(file: string, { read, size }: Parts, name: string): NumberArray | null {
  if (/\.safetensors$/i.test(file)) return readTensor(read, size, name);
  return arraysIn(file, read(0, size)).get(name)?.() ?? null;
}

/**
 * One array of a file: the one of a name, or the only one.
 *
 * @throws FormatError where there is none, or none is named and there are several
 */
export function arrayIn(file: string, bytes: Uint8Array, name?: string): NumberArray {
  const arrays = arraysIn(file, bytes);
  const there = `It has ${[...arrays.keys()].map((one) => `'${one}'`).join(', ') || 'none'}.`;
  const found = name === undefined ? [...arrays.values()] : [arrays.get(name)];
  if (name !== undefined && !found[0]) throw new FormatError(`There is no array '${name}'. ${there}`);
  if (found.length > 1) throw new FormatError(`Name one of its arrays, as in FILE:NAME. ${there}`);
  const [read] = found;
  if (!read) throw new FormatError('There is no array in it.');
  return read();
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError('It is no UTF-8 text: save it with the encoding UTF-8.');
  }
}
