import type { NumberArray } from '../../core/number-array';
import { FormatError } from '../format-error';
import { numbersIn } from '../number-types';
import { type ChunkIndex, type ChunkShape, firstIndex, laterIndex } from './chunks';
import { type ElementType, elementType } from './element-type';
import type { Cursor, Hdf5File } from './file';
import { filtersIn, unfiltered } from './filters';
import { kinds, type Message } from './messages';

const mostElements = 2 ** 31;
const mostDimensions = 32;

/** What is packed, or was never written, may come to 100 MB, and beyond that to 200 times the file: more is no recording. */
const freelyUnpacked = 100_000_000;
const mostRatio = 200;

/** What the header of an array says of it. */
export interface Dataset {
  readonly shape: readonly number[];
  readonly most: readonly number[];
  readonly element: ElementType;
  readonly messages: readonly Message[];
}

/** Where the numbers are. */
type Layout =
  | { readonly bytes: Uint8Array }
  | { readonly address: number | null }
  | { readonly index: ChunkIndex; readonly chunk: readonly number[] };

/** Null of an object that is no array. */
export function datasetOf(file: Hdf5File, messages: readonly Message[]): Dataset | null {
  const body = (type: number): Cursor | undefined => messages.find((one) => one.type === type)?.body();
  const [space, type] = [body(kinds.dataspace), body(kinds.datatype)];
  if (!space || !type || !body(kinds.layout)) return null;
  return { ...dimensionsIn(file, space), element: elementType(type), messages };
}

function dimensionsIn(file: Hdf5File, body: Cursor): Pick<Dataset, 'shape' | 'most'> {
  const [version, rank, flags, kind] = [body.uint(1), body.uint(1), body.uint(1), body.uint(1)];
  if (version === 1) body.skip(4);
  else if (version !== 2 || kind > 2) file.refuse('the shape of an array is of an unknown version');
  if (rank > mostDimensions) file.refuse(`an array has ${rank} dimensions`);
  // One that is said to hold nothing.
  if (version === 2 && kind === 2) return { shape: [0], most: [0] };
  const shape = Array.from({ length: rank }, () => body.length());
  const limits = flags & 1 ? shape.map(() => body.length()) : shape;
  // What may grow for ever has the greatest number.
  return { shape, most: limits.map((limit, at) => (limit > mostElements ? shape[at] : limit)) };
}

/** The numbers of an array. @throws FormatError where they cannot be read */
export function numbersOf(file: Hdf5File, dataset: Dataset): NumberArray {
  const { shape, element, messages } = dataset;
  if (element.why !== undefined)
    throw new FormatError(`It holds ${element.why}: numbers and booleans can be read.`);
  const { type, little } = element;
  const count = shape.reduce((product, length) => product * length, 1);
  if (count > mostElements)
    throw new FormatError(`Its shape (${shape.join(', ')}) is larger than any array that can be read.`);
  const size = count * type.size;
  const layout = layoutOf(file, messages, shape.length);
  if ('bytes' in layout) {
    if (layout.bytes.length < size) file.refuse('an array has fewer numbers than its shape says');
    return { shape, data: numbersIn(layout.bytes, count, type, little) };
  }
  if ('address' in layout && layout.address !== null)
    return { shape, data: numbersIn(file.data(layout.address, size), count, type, little) };
  refuseLarge(file, size);
  const data = type.single ? new Float32Array(count) : new Float64Array(count);
  data.fill(fillOf(messages, element));
  if ('index' in layout) putChunks(file, dataset, layout, data);
  return { shape, data };
}

function refuseLarge(file: Hdf5File, size: number): void {
  if (size > freelyUnpacked && size > mostRatio * file.size)
    throw new FormatError(
      `It would unpack to ${size} bytes, from a file of ${file.size}: save it without packing.`,
    );
}

function layoutOf(file: Hdf5File, messages: readonly Message[], rank: number): Layout {
  const body = messages.find(({ type }) => type === kinds.layout)?.body();
  if (!body || messages.some(({ type }) => type === kinds.external))
    throw new FormatError('Its numbers are in another file: save them in this one.');
  const version = body.uint(1);
  if (version < 1 || version > 4)
    file.refuse(`an array is laid out in version ${version}, which is not read`);
  const early = version < 3 ? body.uint(1) : 0;
  const kind = body.uint(1);
  if (kind > 2) throw new FormatError('It is put together from other arrays: save it as one of its own.');
  if (version < 3) return earlyLayout(body, kind, early);
  if (kind === 0) return { bytes: body.take(body.uint(2)) };
  if (kind === 1) return { address: body.address() };
  return version === 3 ? chunkedLayout(file, body, rank) : laterChunks(file, body, rank);
}

/** @param dimensions with one for the bytes of an element, where it is in chunks */
function earlyLayout(body: Cursor, kind: number, dimensions: number): Layout {
  body.skip(5);
  const address = kind === 0 ? null : body.address();
  const lengths = Array.from({ length: dimensions }, () => body.uint(4));
  if (kind === 0) return { bytes: body.take(body.uint(4)) };
  if (kind === 1 || address === null) return { address };
  return { index: firstIndex(address), chunk: lengths.slice(0, -1) };
}

function chunkedLayout(file: Hdf5File, body: Cursor, rank: number): Layout {
  if (body.uint(1) !== rank + 1) file.refuse('chunks have not the dimensions of their array');
  const address = body.address();
  const chunk = Array.from({ length: rank }, () => body.uint(4));
  return address === null ? { address } : { index: firstIndex(address), chunk };
}

function laterChunks(file: Hdf5File, body: Cursor, rank: number): Layout {
  const [flags, dimensions, width] = [body.uint(1), body.uint(1), body.uint(1)];
  if (dimensions !== rank + 1) file.refuse('chunks have not the dimensions of their array');
  if (flags & 1)
    throw new FormatError('Its last chunks are not packed as the others: save it without packing.');
  const chunk = Array.from({ length: rank }, () => body.uint(width));
  body.skip(width);
  return { index: laterIndex(body.uint(1), flags, body), chunk };
}

/** What stands where nothing was written: 0, where the file says nothing else. */
function fillOf(messages: readonly Message[], element: ElementType): number {
  const body = messages.find(({ type }) => type === kinds.fill)?.body();
  if (!body || element.why !== undefined) return 0;
  const version = body.uint(1);
  const flags = body.uint(1);
  if (version < 3) body.skip(1);
  const isThere = version < 3 ? body.uint(1) !== 0 : (flags & 32) !== 0;
  if (!isThere || body.left < 4) return 0;
  const size = body.uint(4);
  if (size !== element.type.size) return 0;
  return numbersIn(body.take(size), 1, element.type, element.little)[0];
}

/** Puts all chunks that are there into their places. */
function putChunks(
  file: Hdf5File,
  { shape, most, element, messages }: Dataset,
  { index, chunk }: Extract<Layout, { readonly index: ChunkIndex }>,
  data: NumberArray['data'],
): void {
  if (element.why !== undefined) return;
  const { type, little } = element;
  const product = (of: readonly number[]): number => of.reduce((so, one) => so * one, 1);
  const count = product(chunk);
  if (shape.length === 0 || count === 0) file.refuse('an array is in chunks of nothing');
  // The chunks at the end of each dimension are whole.
  refuseLarge(
    file,
    product(shape.map((length, at) => Math.ceil(length / chunk[at]) * chunk[at])) * type.size,
  );
  const pipeline = messages.find((message) => message.type === kinds.filters)?.body();
  const filters = pipeline ? filtersIn(pipeline) : [];
  const of: ChunkShape = { most, chunk, bytes: count * type.size, isFiltered: filters.length > 0 };
  const seen = new Set<string>();
  for (const { offset, address, size, mask } of index(file, of)) {
    if (offset.some((from, at) => from >= shape[at])) continue;
    const key = offset.join();
    if (seen.has(key) || offset.some((from, at) => from % chunk[at] !== 0))
      file.refuse('a chunk of an array is there twice');
    seen.add(key);
    const bytes = unfiltered(file.data(address, size), filters, mask, of.bytes);
    put(data, shape, numbersIn(bytes, count, type, little), chunk, offset);
  }
}

/** Puts a chunk into its place, row by row; what is beyond the array's end is left out. */
function put(
  data: NumberArray['data'],
  shape: readonly number[],
  numbers: NumberArray['data'],
  chunk: readonly number[],
  offset: readonly number[],
): void {
  const last = shape.length - 1;
  const lengths = chunk.map((length, at) => Math.min(length, shape[at] - offset[at]));
  const place = chunk.map(() => 0);
  for (;;) {
    let [from, to] = [0, 0];
    for (let at = 0; at <= last; at++) {
      from = from * chunk[at] + place[at];
      to = to * shape[at] + offset[at] + place[at];
    }
    data.set(numbers.subarray(from, from + lengths[last]), to);
    let at = last - 1;
    while (at >= 0 && ++place[at] === lengths[at]) place[at--] = 0;
    if (at < 0) return;
  }
}
