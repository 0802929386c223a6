import type { NumberArray } from '../core/number-array';
import { csvNumbers } from './csv-numbers';
import { FormatError } from './format-error';
import { hdf5Arrays } from './hdf5/hdf5';
import { jsonArrays } from './json-arrays';
import { matArrays } from './mat';
import { npyShape, readNpy } from './npy';
import type { ArrayPlace, Parts } from './parts';
import { tensorPlaces } from './safetensors';
import { beginning, unpacked, zipEntries } from './zip';

/** The arrays of a file by name. */
type Arrays = ReadonlyMap<string, ArrayPlace>;

/** How the arrays of a file are found, by the ending of its name. What holds one array alone gives it no name. */
const formats: Readonly<Record<string, (file: Parts) => Arrays>> = {
  '.npy': (file) => new Map([['', { shape: () => npyShape(file), read: () => readNpy(whole(file)) }]]),
  '.npz': npzArrays,
  '.safetensors': tensorPlaces,
  '.h5': hdf5Arrays,
  '.hdf5': hdf5Arrays,
  '.mat': matArrays,
  '.csv': (file) => new Map([['', readWhole(() => csvNumbers(textOf(whole(file))))]]),
  '.json': (file) =>
    new Map([...jsonArrays(textOf(whole(file)))].map(([name, array]) => [name, readWhole(array)])),
};

/** Endings of the names of files that hold arrays. */
const endings = Object.keys(formats);

/** Packed bytes of an array in an archive that hold its header. */
const packedStart = 1_000_100;

function npzArrays(file: Parts): Arrays {
  const arrays = zipEntries(file).filter(({ name }) => name.endsWith('.npy'));
  return new Map(
    arrays.map((entry) => [
      entry.name.slice(0, -'.npy'.length),
      {
        shape: () => npyShape(beginning(file, entry, packedStart)),
        read: () => readNpy(unpacked(file, entry)),
      },
    ]),
  );
}

/** Where the shape is known of the numbers alone. */
function readWhole(read: () => NumberArray): ArrayPlace {
  return { shape: () => read().shape, read };
}

const whole = ({ read, size }: Parts): Uint8Array => read(0, size);

/**
 * The arrays of a file.
 *
 * @param name of the file, whose ending says what it is
 * @throws FormatError where it is no such file, or the ending is not known
 */
export function arraysIn(name: string, file: Parts): Arrays {
  const ending = /\.[^./\\]*$/.exec(name)?.[0].toLowerCase() ?? '';
  if (!Object.hasOwn(formats, ending))
    throw new FormatError(`Arrays are read from ${endings.join(', ')}, by the ending of the file's name.`);
  return formats[ending](file);
}

/**
 * The shapes of the arrays of a file, of which headers alone are read (but of .csv and .json all); what holds no numbers is left out.
 *
 * @throws FormatError as `arraysIn`
 */
export function shapesIn(name: string, file: Parts): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const [array, place] of arraysIn(name, file)) {
    const shape = place.shape();
    if (shape) shapes.set(array, shape);
  }
  return shapes;
}

/**
 * One array of a file, by the name that `shapesIn` has for it; null where there is none. No other is read.
 *
 * @throws FormatError as `arraysIn`
 */
export function arrayOf(name: string, file: Parts, array: string): NumberArray | null {
  return arraysIn(name, file).get(array)?.read() ?? null;
}

/**
 * One array of a file: the one of a name, or the only one.
 *
 * @throws FormatError where there is none, or none is named and there are several
 */
export function arrayIn(name: string, file: Parts, array?: string): NumberArray {
  const arrays = arraysIn(name, file);
  const there = `It has ${[...arrays.keys()].map((one) => `'${one}'`).join(', ') || 'none'}.`;
  const found = array === undefined ? [...arrays.values()] : [arrays.get(array)];
  if (array !== undefined && !found[0]) throw new FormatError(`There is no array '${array}'. ${there}`);
  if (found.length > 1) throw new FormatError(`Name one of its arrays, as in FILE:NAME. ${there}`);
  const [place] = found;
  if (!place) throw new FormatError('There is no array in it.');
  return place.read();
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError('It is no UTF-8 text: save it with the encoding UTF-8.');
  }
}
