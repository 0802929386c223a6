import { type DocumentsReader, type DocumentsShape } from '../../experiment/documents';
import type { FileSpec } from '../../experiment/documents-file';
import { quote, quoteAll } from '../../experiment/names';
import { found } from '../../experiment/table';
import type { TokenLine } from '../../formats/token-lines';
import { byTopic } from './by-topic';
import type { DrawnCorpus, Documents, EvaluationSet } from './corpus';
import { DocumentsWriter, OWN_COLUMNS, withPlaces } from './writer';

/** Documents with words as places in lists of them. */
interface Settings {
  /** In the order of their code points, as values of columns are. */
  readonly vocabulary: readonly string[];
  readonly columns: DocumentsShape['columns'];
  /** Names of evaluation sets, in the order in which they come. */
  readonly sets: readonly string[];
  readonly documents: readonly Line[];
  /** The place of the column by which documents are relevant; null where none are. */
  readonly relevant: number | null;
}

interface Line {
  /** The place of its evaluation set; −1: it is trained. */
  readonly set: number;
  readonly tokens: readonly number[];
  readonly counts: readonly boolean[];
  /** Of each token its value's code in each column. */
  readonly codes: readonly (readonly number[])[];
  readonly options: readonly number[] | null;
}

const MOST_SETS = 64;

/** Documents that are brought along in a file. */
export const brought: DocumentsReader<Settings, FileSpec> = { key: 'file', read, shape };

function read(
  { path: file = '', relevant }: { path?: string; relevant?: string },
  { path, files, problems }: Parameters<DocumentsReader['read']>[1],
): Settings | null {
  const at = [...path, 'path'];
  const lines = found(() => files.documents(file), at, problems);
  if (!lines) return null;
  const wrong = (message: string): null => {
    problems.at(at, 'documents-file', `${quote(file)} ${message}`);
    return null;
  };
  if (lines.every(({ set }) => set !== null))
    return wrong('has no document that is trained. Leave the "set" of some of them out.');
  if (lines.every(({ set }) => set === null))
    return wrong(
      'has no document that is asked. Give some of them a "set", the name of their evaluation set.',
    );
  const settings = known.get(lines) ?? packed(lines);
  known.set(lines, settings);
  const names = settings.columns.map(({ name }) => name);
  const taken = names.find((name) => OWN_COLUMNS.includes(name));
  if (taken !== undefined)
    return wrong(`has a column ${quote(taken)}, which all documents have by themselves. Rename it.`);
  const sets = settings.sets.map((_, set) => settings.documents.filter((line) => line.set === set));
  const mixed = sets.findIndex((all) =>
    all.some(({ options }) => (options === null) !== (all[0].options === null)),
  );
  if (mixed >= 0)
    return wrong(
      `has "options" for some documents of ${quote(settings.sets[mixed])}, and none for others. Give them to all or none.`,
    );
  if (settings.sets.includes('train') || settings.sets.includes('none'))
    return wrong(
      'has a "set" that is called train or none. Choose another name; leave it out of documents that are trained.',
    );
  if (sets.length > MOST_SETS)
    return wrong(
      `has ${sets.length} evaluation sets, more than ${MOST_SETS}: each is asked at every checkpoint. Give fewer names to "set".`,
    );
  if (relevant === undefined) return settings;
  if (!names.includes(relevant)) {
    const message = `${quote(file)} has no column ${quote(relevant)}. It has ${quoteAll(names)}.`;
    problems.at([...path, 'relevant'], 'unknown-column', message);
    return null;
  }
  return { ...settings, relevant: names.indexOf(relevant) };
}

/** Of files as they were read: an editor asks at every key. */
const known = new WeakMap<readonly TokenLine[], Settings>();

function packed(lines: readonly TokenLine[]): Settings {
  const inOrder = (words: Iterable<string>): string[] => [...new Set(words)].sort((a, b) => (a < b ? -1 : 1));
  const vocabulary = inOrder(lines.flatMap(({ tokens, options }) => [...tokens, ...(options ?? [])]));
  const places = new Map(vocabulary.map((word, at) => [word, at]));
  const place = (word: string): number => places.get(word) ?? 0;
  const names = [...new Set(lines.flatMap(({ columns }) => [...columns.keys()]))];
  const columns = names.map((name) => {
    const values = inOrder(lines.flatMap((line) => [...new Set(line.columns.get(name))]));
    return { name, values: ['none', ...values.filter((value) => value !== 'none')] };
  });
  const codes = columns.map(({ values }) => new Map(values.map((value, at) => [value, at])));
  const sets = [...new Set(lines.flatMap(({ set }) => set ?? []))];
  return {
    vocabulary,
    columns,
    sets,
    documents: lines.map(({ tokens, set, counts, options, columns: own }) => ({
      set: set === null ? -1 : sets.indexOf(set),
      tokens: tokens.map(place),
      counts,
      codes: tokens.map((_, at) =>
        names.map((name, column) => codes[column].get(own.get(name)?.[at] ?? 'none') ?? 0),
      ),
      options: options?.map(place) ?? null,
    })),
    relevant: null,
  };
}

function shape({ vocabulary, columns, sets, documents }: Settings): DocumentsShape {
  const sizeOf = (set: number): DocumentsShape['train'] => {
    const lengths = documents.filter((line) => line.set === set).map(({ tokens }) => tokens.length);
    return {
      documents: lengths.length,
      tokens: lengths.reduce((sum, length) => sum + length, 0),
      longest: lengths.reduce((most, length) => Math.max(most, length), 0),
    };
  };
  return withPlaces({
    vocabulary,
    columns,
    train: sizeOf(-1),
    sets: sets.map((name, set) => {
      const choices = documents.filter((line) => line.set === set).map(({ options }) => options?.length ?? 0);
      const chance = choices.reduce((sum, count) => sum + 1 / count, 0) / choices.length;
      return {
        name,
        says: 'As the file has it.',
        ...sizeOf(set),
        floors: choices.includes(0) ? [] : [{ name: 'one of the choices', score: chance }],
      };
    }),
  });
}

export function drawBrought(settings: Settings, _: number, foretold: DocumentsShape): DrawnCorpus {
  const linesOf = (set: number): readonly Line[] => settings.documents.filter((line) => line.set === set);
  const write = (lines: readonly Line[], set: string | null): Documents => {
    const to = new DocumentsWriter(foretold, set);
    for (const { tokens, counts, codes } of lines) {
      for (const [at, token] of tokens.entries()) to.token(token, counts[at], codes[at]);
      to.end();
    }
    return to.finish();
  };
  const { relevant } = settings;
  const topicsOf = (lines: readonly Line[]): number[] =>
    lines.map(({ codes: [first] }) => (relevant === null ? 0 : first[relevant]));
  const trained = linesOf(-1);
  const topics = topicsOf(trained);
  const ofTopic = byTopic(topics);
  const asked = new Map<string, number[]>();
  const sets = foretold.sets.map(({ name, says, floors }, set): EvaluationSet => {
    const lines = linesOf(set);
    asked.set(name, topicsOf(lines));
    const options = lines.flatMap((line) => (line.options ? [Uint16Array.from(line.options)] : []));
    const documents = write(lines, name);
    return { name, says, documents, floors, ...(options.length > 0 ? { options } : {}) };
  });
  return {
    train: write(trained, null),
    sets,
    relevant: (set, document) => {
      const topic = (set === null ? topics : asked.get(set))?.[document] ?? 0;
      // A document of which the column says nothing has none.
      if (topic === 0) return new Uint32Array();
      return ofTopic(topic).filter((other) => set !== null || other !== document);
    },
  };
}
