import type { AnswersAnalysis, Experiment, Task } from '../experiment/experiment';
import { quote } from '../experiment/names';
import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import { mean } from '../core/mean';
import type {
  AskedResults,
  CountedResults,
  SetResults,
  StatementResults,
  TaskResults,
  Value,
} from '../protocol/results';
import type { Corpus, Documents, EvaluationSet } from './documents/corpus';
import { countTable } from './documents/count-table';
import { measureDrawing } from './measure-drawing';
import { documentsOf } from './observations';
import { RowTable } from './row-table';
import type { StimulusSet, TokenPlaces } from './stimulus-set';

/** Margins are numbers of single documents, which stand in the results: of larger sets they are not measured. */
const MOST_MARGINS = 1000;

/** What the results say about one of the sets. */
export function setResults(
  experiment: Pick<Experiment, 'stimuli' | 'tasks'>,
  { train, corpus }: { readonly train: StimulusSet; readonly corpus?: Corpus },
  set: StimulusSet,
): SetResults {
  const context = corpus && set.tokens ? contexts(corpus, set.tokens) : null;
  return {
    count: set.inputs.rows,
    distinctRows: context?.distinct ?? distinctRows(set.inputs),
    inTrain: context?.inTrain ?? sharedRows(set.inputs, train.inputs),
    drawing: drawingResults(experiment, set),
    labelCorrelations: labelCorrelations(set),
  };
}

/** What the file says of how the features of a set are drawn, beside what was drawn. */
export function drawingResults(
  experiment: Pick<Experiment, 'stimuli' | 'tasks'>,
  set: StimulusSet,
): StatementResults[] {
  return measureDrawing(experiment, set).map(({ feature, kind, of, declared, expected, drawn, met }) => ({
    feature,
    kind,
    of,
    declared,
    expected,
    drawn,
    met,
  }));
}

/**
 * What the results say about a task: how often its values occur in the test set.
 *
 * @throws RangeError where the set has no such task
 */
export function taskResults(task: Task, test: StimulusSet): TaskResults {
  const label = test.tasks.find(({ name }) => name === task.name);
  if (!label) throw new RangeError(`The ${test.name} set has no labels of the task ${quote(task.name)}.`);
  const counts = new Array<number>(label.classes.length).fill(0);
  for (const value of label.values) counts[value]++;
  const shares = counts.map((count) => count / label.values.length);
  return {
    formula: task.formula,
    kind: task.label.kind,
    classes: [...label.classes],
    chance: Math.max(...shares),
    baseRate: task.label.kind === 'binary' ? shares[1] : shares,
  };
}

/** What a network sees of a token are all up to it in its document: how many of these are different, and how many begin a training document, too. */
function contexts(corpus: Corpus, { of, at }: TokenPlaces): { distinct: number; inTrain: number } {
  const all = documentsOf(corpus);
  const begun = (documents: Documents, document: number, end: number): string =>
    String.fromCharCode(...documents.tokens.subarray(documents.starts[document], end));
  const trained = new Set<string>();
  const { train } = corpus;
  for (let document = 0; document < train.starts.length - 1; document++)
    for (let end = train.starts[document] + 1; end <= train.starts[document + 1]; end++)
      trained.add(begun(train, document, end));
  const own = Array.from(at, (place, row) => {
    const documents = all[of[row]];
    return begun(
      documents,
      documents.starts.findLastIndex((start) => start <= place),
      place + 1,
    );
  });
  return { distinct: new Set(own).size, inTrain: own.filter((one) => trained.has(one)).length };
}

/**
 * What the results say about evaluation sets.
 *
 * @param inContext of a set that is asked in context by network the share of training documents in which what is said stands there before; empty of another
 */
export function askedResults(
  { train, sets }: Corpus,
  inContext: (set: string) => Record<string, number>,
  answers?: AnswersAnalysis,
): Record<string, AskedResults> {
  return Object.fromEntries(
    sets.map((set) => {
      const { name, says, documents, floors, ceiling } = set;
      const counted = countedResults(train, set, answers);
      const context = inContext(name);
      return [
        name,
        {
          ...{ says, documents: documents.starts.length - 1 },
          floors: floors.map((floor) => ({ ...floor })),
          ...(ceiling ? { ceiling: { ...ceiling } } : {}),
          ...(Object.keys(context).length > 0 ? { inContext: context } : {}),
          ...(counted ? { counted } : {}),
        },
      ];
    }),
  );
}

/** What a table of counts scores; null where it has nothing to count, or one chooses. */
function countedResults(
  train: Documents,
  { documents, options, floors }: EvaluationSet,
  answers?: AnswersAnalysis,
): CountedResults | null {
  if (options) return null;
  const { votes, greedy, probability, drawn, margin } = countTable(
    train,
    documents,
    floors.at(0)?.score ?? 0,
  );
  if (votes.every((count) => count === 0)) return null;
  const right = (values: Float64Array): number => mean(productsByDocument(documents, values));
  return {
    votes: mean(votes),
    greedy: right(greedy),
    sampled: right(probability),
    ...(answers
      ? {
          drawn: answers.temperatures.map((temperature) => ({
            temperature,
            share: right(drawn(temperature)),
          })),
        }
      : {}),
    ...(answers?.margins && documents.starts.length - 1 <= MOST_MARGINS
      ? {
          margins: Array.from(firstOfDocuments(documents, margin), (one) => (Number.isNaN(one) ? null : one)),
        }
      : {}),
  };
}

/** Of each document the value of its first token that counts; NaN where none does. */
function firstOfDocuments({ starts, counts }: Documents, values: Float64Array): Float64Array {
  let next = 0;
  return Float64Array.from(starts.subarray(0, -1), (start, document) => {
    const from = next;
    for (let at = start; at < starts[document + 1]; at++) next += counts[at];
    return next > from ? values[from] : NaN;
  });
}

/** Of each document the product over its tokens that count. */
function productsByDocument({ starts, counts }: Documents, values: Float64Array): Float64Array {
  let next = 0;
  return Float64Array.from(starts.subarray(0, -1), (start, document) => {
    let product = 1;
    for (let at = start; at < starts[document + 1]; at++) if (counts[at] === 1) product *= values[next++];
    return product;
  });
}

/** How many different rows the matrix has, compared by their bytes. */
export function distinctRows(inputs: Matrix<Float32Array>): number {
  const table = new RowTable(inputs.cols, inputs.rows);
  const set = table.addSet(inputs.data, inputs.rows);
  let distinct = 0;
  for (let row = 0; row < inputs.rows; row++) if (table.place(set, row) < 0) distinct++;
  return distinct;
}

/** How many rows of a matrix another one has as well. */
function sharedRows(inputs: Matrix<Float32Array>, others: Matrix<Float32Array>): number {
  const table = new RowTable(inputs.cols, inputs.rows + others.rows);
  const known = table.addSet(others.data, others.rows);
  for (let row = 0; row < others.rows; row++) table.place(known, row);
  const set = table.addSet(inputs.data, inputs.rows);
  let shared = 0;
  for (let row = 0; row < inputs.rows; row++) if (table.place(set, row) === known) shared++;
  return shared;
}

const MOST_COLUMNS = 64;

/**
 * Pearson correlations of the binary features, bits and binary tasks of a set, in the order of the labels; bits are named
 * like `h[0]`. At most 64: where there are more, all binary features and tasks come before bits, and the last
 * bits are left out. null where one of the two is constant.
 */
export function labelCorrelations(set: StimulusSet): { labels: string[]; matrix: Value[][] } {
  const columns = chosenColumns([...set.features, ...set.tasks]);
  const count = set.inputs.rows;
  const ones = columns.map(({ label, index }) => positions(label, index));
  const present = ones.map((rows) => {
    const flags = new Uint8Array(count);
    for (const row of rows) flags[row] = 1;
    return flags;
  });
  const matrix = columns.map(() => new Array<Value>(columns.length).fill(null));
  for (let a = 0; a < columns.length; a++) {
    for (let b = 0; b <= a; b++) {
      let both = 0;
      for (const row of ones[a]) both += present[b][row];
      matrix[a][b] = matrix[b][a] = phi(count, ones[a].length, ones[b].length, both);
    }
  }
  return { labels: columns.map(({ name }) => name), matrix };
}

interface Chosen {
  readonly name: string;
  readonly label: Label;
  readonly index: number;
}

function chosenColumns(labels: readonly Label[]): Chosen[] {
  const binary = labels.filter(({ kind }) => kind === 'binary').length;
  let room = Math.max(0, MOST_COLUMNS - binary);
  const chosen = labels.flatMap((label): Chosen[] => {
    if (label.kind === 'binary') return [{ name: label.name, label, index: 0 }];
    if (label.kind !== 'bits') return [];
    const width = Math.min(label.width, room);
    room -= width;
    return Array.from({ length: width }, (_, index) => ({ name: `${label.name}[${index}]`, label, index }));
  });
  return chosen.slice(0, MOST_COLUMNS);
}

/** The stimuli for which the value is 1. */
function positions({ values, width }: Label, index: number): Uint32Array {
  const rows = new Uint32Array(values.length / width);
  let count = 0;
  for (let row = 0; row < rows.length; row++) if (values[row * width + index] !== 0) rows[count++] = row;
  return rows.subarray(0, count);
}

/** Pearson correlation of two binary variables from counts: whole numbers until the last step, so that ±1 is exact. */
function phi(count: number, a: number, b: number, both: number): Value {
  const varianceA = a * (count - a);
  const varianceB = b * (count - b);
  if (varianceA === 0 || varianceB === 0) return null;
  const r = (count * both - a * b) / Math.sqrt(varianceA * varianceB);
  return Math.max(-1, Math.min(1, r));
}
