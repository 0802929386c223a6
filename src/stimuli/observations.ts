import type { Label } from '../core/label';
import { stream } from '../core/stream';
import type { Budget } from '../experiment/budget';
import { type Columns, truths } from '../experiment/evaluate';
import type { DocumentStimuli, Experiment, SetName } from '../experiment/experiment';
import { featuresOf } from '../experiment/features-of';
import { type Corpus, documentOf, type Documents } from './documents/corpus';
import { drawDocuments } from './documents/kinds';
import { taskColumn } from './set-builder';
import { StimuliError } from './stimuli-error';
import type { StimulusSet, TokenPlaces } from './stimulus-set';

/** Fewer tokens than these cannot be measured. */
const FEWEST = 4;

/** A document of a corpus: 0 of the training documents, n of the nth evaluation set. */
interface Place {
  readonly of: number;
  readonly document: number;
}

/** What is asked of it. */
type Asked = Pick<Experiment, 'stimuli' | 'tasks'> & { readonly documents: DocumentStimuli };

/**
 * Draws a corpus, and which of its tokens are stimuli: those that `analyses.at` holds for, by default those from which an evaluation set asks for the next. Documents of evaluation sets (and, where the
 * formula asks for the column `set`, those of training) are divided at random, half of each set to `fit` and half to `test`, so that no document is in both; one document of each set is taken in turn
 * until a set is full. `train` are tokens of training documents.
 *
 * @throws StimuliError where too few tokens are chosen
 */
export function drawObservations(
  asked: Asked,
  budget: Budget,
): Readonly<Record<SetName, StimulusSet>> & { readonly coincide: false; readonly corpus: Corpus } {
  const { stimuli, documents } = asked;
  budget.take(documents.shape.sets.reduce((sum, { tokens }) => sum + tokens, documents.shape.train.tokens));
  const corpus = drawDocuments(documents.plan, stimuli.seed);
  const all = documentsOf(corpus);
  const columns = all.map(columnsOfTokens);
  const chosen = all.map((one, of) => chosenTokens(one, columns[of], documents));
  const withTokens = (of: number): Place[] =>
    Array.from(stream('stimuli', stimuli.seed, 'documents', of).permutation(all[of].starts.length - 1))
      .filter((document) => tokensOf(all[of], document, chosen[of]).length > 0)
      .map((document) => ({ of, document }));
  const asksForSet = documents.at !== null && featuresOf(documents.at).has('set');
  const places = all.map((_, of) => withTokens(of));
  const measured = asksForSet ? places : places.slice(1);
  const half = (which: 0 | 1): Place[] =>
    inTurn(measured.map((some) => some.filter((_, at) => at % 2 === which)));
  const make = (name: SetName, from: readonly Place[]): StimulusSet => {
    const tokens = takeTokens(from, stimuli.counts[name], (place) =>
      tokensOf(all[place.of], place.document, chosen[place.of]),
    );
    return setOf(name, asked, { corpus, columns, tokens });
  };
  const drawn = [make('train', places[0]), make('fit', half(0)), make('test', half(1))] as const;
  const [train, fit, test] = withOccurring(drawn);
  const sets = { train, fit, test };
  const few = Math.min(sets.fit.inputs.rows, sets.test.inputs.rows);
  if (few < FEWEST)
    throw new StimuliError(
      `Of the documents that are asked 'at' chooses ${sets.fit.inputs.rows} tokens to fit on and ${sets.test.inputs.rows} to test on, fewer than ${FEWEST}. Write a formula that holds for more of them.`,
      ['analyses', 'at'],
    );
  return { ...sets, coincide: false, corpus };
}

/** Those of training, then those of each evaluation set. */
export function documentsOf(corpus: Corpus): Documents[] {
  return [corpus.train, ...corpus.sets.map(({ documents }) => documents)];
}

/** Where tokens stand: in which documents, the place of the document among these, and the position in it. */
export function placesInDocuments(corpus: Corpus, { of, at }: TokenPlaces) {
  const all = documentsOf(corpus);
  const documents = at.map((place, row) => documentOf(all[of[row]].starts, place));
  const positions = at.map((place, row) => place - all[of[row]].starts[documents[row]]);
  return {
    sets: ['training documents', ...corpus.sets.map(({ name }) => name)],
    of: of.slice(),
    documents,
    positions,
  };
}

/** What formulas of columns say of tokens. */
export function columnsOfTokens({ columns }: Documents): Columns {
  return new Map(columns.map(({ name, codes }) => [name, { width: 1, values: Float32Array.from(codes) }]));
}

/** 1 for each token that is chosen. */
function chosenTokens(
  { tokens, counts, starts }: Documents,
  columns: Columns,
  { at }: DocumentStimuli,
): Uint8Array {
  if (at) return truths(at, columns, tokens.length);
  const chosen = new Uint8Array(tokens.length);
  chosen.set(counts.subarray(1));
  // What follows the last token of a document is of the next one.
  for (const start of starts) if (start > 0) chosen[start - 1] = 0;
  return chosen;
}

/** Places of the chosen tokens of a document. */
function tokensOf({ starts }: Documents, document: number, chosen: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = starts[document]; at < starts[document + 1]; at++) if (chosen[at] === 1) found.push(at);
  return found;
}

/** Labels with the values that some token has: of a vocabulary most are of tokens that are not looked at. */
function withOccurring(sets: readonly StimulusSet[]): StimulusSet[] {
  const within = (of: 'features' | 'tasks'): Label[][] => {
    const lists = sets.map((set) => set[of]);
    const occurring = lists[0].map((_, at) => [
      ...new Set(lists.flatMap((labels) => [...labels[at].values])),
    ]);
    return lists.map((labels) => labels.map((label, at) => onlyValues(label, occurring[at])));
  };
  const [features, tasks] = [within('features'), within('tasks')];
  return sets.map((set, at) => ({ ...set, features: features[at], tasks: tasks[at] }));
}

function onlyValues(label: Label, occurring: readonly number[]): Label {
  if (label.kind !== 'categorical' || occurring.length < 2) return label;
  const kept = [...occurring].sort((a, b) => a - b);
  const place = new Map(kept.map((value, to) => [value, to]));
  return {
    ...label,
    classes: kept.map((value) => label.classes[value]),
    values: label.values.map((value) => place.get(value) ?? 0),
  };
}

/** One of each list, again and again. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => (at < list.length ? [list[at]] : [])),
  ).flat();
}

/** The tokens of documents in their order, so many at most. */
function takeTokens(
  places: readonly Place[],
  most: number,
  tokens: (place: Place) => readonly number[],
): TokenPlaces {
  const taken: [of: number, at: number][] = [];
  for (const place of places) {
    if (taken.length >= most) break;
    for (const at of tokens(place)) if (taken.length < most) taken.push([place.of, at]);
  }
  return { of: Uint16Array.from(taken, ([of]) => of), at: Uint32Array.from(taken, ([, at]) => at) };
}

function setOf(
  name: SetName,
  { stimuli, tasks }: Asked,
  { corpus, columns, tokens }: { corpus: Corpus; columns: readonly Columns[]; tokens: TokenPlaces },
): StimulusSet {
  const all = documentsOf(corpus);
  const rows = tokens.at.length;
  const cols = corpus.vocabulary.length;
  const data = new Float32Array(rows * cols);
  for (const [row, at] of tokens.at.entries()) data[row * cols + all[tokens.of[row]].tokens[at]] = 1;
  const features = stimuli.features.map(({ name: feature, kind, values: classes }): Label => ({
    ...{ name: feature, source: 'feature', kind, classes, width: 1 },
    values: Float32Array.from(tokens.at, (at, row) => columns[tokens.of[row]].get(feature)?.values[at] ?? 0),
  }));
  const own: Columns = new Map(features.map(({ name: feature, values }) => [feature, { width: 1, values }]));
  return {
    name,
    inputs: { rows, cols, data },
    features,
    tasks: tasks.map((task) => taskColumn(task, own, rows)),
    tokens,
  };
}
