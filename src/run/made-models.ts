import { conditionModelRdm, modelRdm } from '../analysis/rdm/model-rdm';
import type { Rdm } from '../analysis/rdm/rdm';
import { squareOf } from '../analysis/rdm/triangle';
import type { Label } from '../core/label';
import type { ModelRdm } from '../experiment/experiment';
import { quote } from '../experiment/names';
import type { MadeModel } from '../measures/site-view';
import { coOccurrenceDistances } from '../stimuli/documents/co-occurrence';
import type { Corpus } from '../stimuli/documents/corpus';
import type { StimulusSets } from '../stimuli/draw-stimuli';
import { labelNamed } from '../stimuli/stimulus-set';

/** Shares that are compared: pairs of values × tokens there are. */
const MOST_WORK = 2e9;

/** Which condition each test stimulus is of. */
interface Conditions {
  readonly counts: readonly number[];
  readonly of: Uint16Array;
}

/** A model RDM that the file makes of labels or documents, over test stimuli, or over conditions where there are some. */
export function madeModel(
  { name, from }: ModelRdm,
  { test, corpus }: StimulusSets,
  conditions: Conditions | null,
): MadeModel {
  const rdmOf = (label: Label): Rdm | null =>
    conditions ? conditionModelRdm(label, conditions.of, conditions.counts.length) : modelRdm(label);
  const varying = (label: string): MadeModel => ({
    ...{ name, rdm: null },
    why: `${quote(label)} varies within conditions and has no RDM over them.`,
  });
  if ('differ' in from) {
    const rdms = from.differ.map((label) => rdmOf(labelNamed(test, label)));
    const none = rdms.indexOf(null);
    if (none >= 0) return varying(from.differ[none]);
    const [first, ...others] = rdms.flatMap((one) => one ?? []);
    const sum = first.distances.map((distance, at) =>
      others.reduce((all, { distances }) => all + distances[at], distance),
    );
    return { name, rdm: { size: first.size, distances: sum } };
  }
  const column = 'geodesic' in from ? from.geodesic : 'coOccurrence' in from ? from.coOccurrence : null;
  if (column === null) throw new Error(`${name} is not made of labels or documents.`);
  if (!corpus) throw new Error('There are no documents.');
  const label = labelNamed(test, column);
  if (!rdmOf(label)) return varying(label.name);
  const values = [...label.values];
  const rows = conditions
    ? conditions.counts.map((_, condition) => values[conditions.of.indexOf(condition)])
    : values;
  const used = [...new Set(rows)];
  const names = used.map((value) => label.classes[value]);
  const between =
    'geodesic' in from ? geodesicsOf(test, corpus, names) : companyOf(label.name, corpus, names);
  if (typeof between === 'string') return { name, rdm: null, why: between };
  const at = rows.map((value) => used.indexOf(value));
  return { name, rdm: { size: rows.length, distances: ofRows(between, at) } };
}

/** Distances of values of a column by their company, or why there are none. */
function companyOf(
  column: string,
  { train, vocabulary }: Corpus,
  names: readonly string[],
): Float64Array | string {
  if (names.length ** 2 * vocabulary.length <= MOST_WORK) return coOccurrenceDistances(train, column, names);
  return `${quote(column)} has ${names.length} values here, too many to compare the company of each with that of each. Look at fewer by 'at', or at conditions.`;
}

/** Distances of places of the maze that all stimuli are in, or why there are none. */
function geodesicsOf(
  test: StimulusSets['test'],
  corpus: Corpus,
  places: readonly string[],
): Float64Array | string {
  const { values, classes } = labelNamed(test, 'maze');
  if (!corpus.geodesics) throw new Error('The documents tell of no world.');
  if (new Set(values).size === 1 && !places.includes('none'))
    return corpus.geodesics(classes[values[0]], places);
  return 'Not all of these stimuli are at places of one and the same maze. Choose those that are by \'at\', as in "role == end and maze == m0".';
}

/** Distances of rows that may have the same value: 0 then. */
function ofRows(between: Float64Array, values: readonly number[]): Float64Array {
  const size = Math.max(...values) + 1;
  const square = squareOf(between, size);
  const distances = new Float64Array((values.length * (values.length - 1)) / 2);
  let at = 0;
  for (let i = 0; i < values.length; i++)
    for (let j = i + 1; j < values.length; j++) distances[at++] = square[values[i] * size + values[j]];
  return distances;
}
