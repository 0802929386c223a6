import { FormatError } from '../format-error';
import { inRows } from '../number-types';
import type { ArrayPlace, Parts } from '../parts';
import { type Dataset, datasetOf, numbersOf } from './dataset';
import { Hdf5File } from './file';
import { linksOf } from './groups';
import { kinds, messagesAt } from './messages';

/** More objects than these, or deeper ones, are not looked at. */
const mostObjects = 10_000;
const mostDepth = 32;

/**
 * The arrays of an HDF5 file by their paths (`group/name`), of which headers alone are read. What MATLAB saved has its dimensions in MATLAB's order, and what it
 * keeps for itself is left out.
 *
 * @throws FormatError where it is no such file, or damaged
 */
export function hdf5Arrays(parts: Parts): Map<string, ArrayPlace> {
  const file = new Hdf5File(parts);
  const isMatlab = file.before.startsWith('MATLAB');
  const arrays = new Map<string, ArrayPlace>();
  const groups = new Set<number>();
  let objects = 0;
  const look = (name: string, address: number, depth: number): void => {
    if (++objects > mostObjects || depth > mostDepth)
      throw new FormatError(`It has more than ${mostObjects} objects, or groups in each other without end.`);
    const messages = messagesAt(file, address);
    const dataset = datasetOf(file, messages);
    if (dataset) arrays.set(name, placeOf(file, dataset, isMatlab));
    // A group can hold itself.
    if (dataset || groups.has(address)) return;
    groups.add(address);
    for (const link of linksOf(file, messages) ?? [])
      if (!(isMatlab && link.name.startsWith('#')))
        look(name === '' ? link.name : `${name}/${link.name}`, link.address, depth + 1);
  };
  look('', file.root, 0);
  return arrays;
}

function placeOf(file: Hdf5File, dataset: Dataset, isMatlab: boolean): ArrayPlace {
  const why = isMatlab ? noNumbers(dataset) : undefined;
  const element = why === undefined ? dataset.element : { why };
  // Columns first, and dimensions from the last to the first.
  const shape = isMatlab ? [...dataset.shape].reverse() : dataset.shape;
  return {
    shape: () => (element.why === undefined ? shape : null),
    read: () => {
      const { data } = numbersOf(file, { ...dataset, element });
      return { shape, data: isMatlab ? inRows(data, shape) : data };
    },
  };
}

/** MATLAB writes texts, and arrays of nothing, as whole numbers: attributes say so. */
function noNumbers({ messages }: Dataset): string | undefined {
  for (const { type, body } of messages) {
    if (type !== kinds.attribute) continue;
    const words = new TextDecoder('latin1').decode(body().bytes);
    if (words.includes('MATLAB_empty')) return 'nothing';
    if (words.includes('MATLAB_class') && words.includes('char')) return 'a text';
  }
  return undefined;
}
