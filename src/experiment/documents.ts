import type { BroughtFiles } from './brought';
import type { Path } from './document';
import type { DocumentsSpec } from './documents-file';
import type { Problems } from './problems';
import type { Draft } from './structure';

/** Documents of an experiment, as they will be drawn: plain data. */
export interface DocumentsPlan {
  /** The key of 'documents' in the file that says what they are. */
  readonly kind: string;
  /** What its kind alone reads. */
  readonly settings: object;
}

/** What is known of documents before they are drawn. */
export interface DocumentsShape {
  /** What the tokens are called. */
  readonly vocabulary: readonly string[];
  /** Of each property of tokens: its name, and the names of its values, the first for what it says nothing of. */
  readonly columns: readonly ColumnShape[];
  readonly train: DocumentsSize;
  readonly sets: readonly AskedShape[];
  /** Where documents tell of a world in which networks can act: tokens of a step there, and steps that are remembered at most. */
  readonly world?: { readonly step: number; readonly remembered: number };
}

export interface ColumnShape {
  readonly name: string;
  readonly values: readonly string[];
}

export interface DocumentsSize {
  readonly documents: number;
  /** Of all documents together. */
  readonly tokens: number;
  /** Tokens of the longest. */
  readonly longest: number;
}

/** What is known of an evaluation set; see `EvaluationSet`. */
export interface AskedShape extends DocumentsSize {
  readonly name: string;
  readonly says: string;
  readonly floors: readonly Floor[];
  /** The most that what is trained can tell, where that is less than all. */
  readonly ceiling?: Floor;
  /** Where what it asks stands in its documents: the training documents of which that is true, by a column and its value. */
  readonly context?: { readonly column: string; readonly value: string };
}

/** What one would score who knew no more than it says. */
interface Floor {
  readonly name: string;
  readonly score: number;
}

/**
 * How the file says a kind of documents: exactly one key of 'documents' says which they are. A kind is its type in `documents-file.ts`, its file in `stimuli/documents/` and its line in
 * `stimuli/documents/kinds.ts`, which hands all kinds to the reading of a file.
 *
 * @template S what they are drawn from, plain data with every default filled in
 * @template F what the file says of them
 */
export interface DocumentsReader<S extends object = object, F = unknown> {
  /** Of 'documents'. */
  readonly key: string;
  /**
   * Reports what is wrong.
   *
   * @returns null where something is
   */
  read(spec: Draft<F>, at: DocumentsPlace): S | null;
  /** By arithmetic, or by drawing what is small and decides sizes. @param seed of the stimuli */
  shape(settings: S, seed: number): DocumentsShape;
}

interface DocumentsPlace {
  /** Of what the kind's key says. */
  readonly path: Path;
  readonly files: BroughtFiles;
  readonly problems: Problems;
}

/** Tokens are 16-bit places in the vocabulary. */
const MOST_WORDS = 2 ** 16;
/** Of all documents of an experiment together: each takes some 20 bytes. */
const MOST_TOKENS = 2 ** 22;

/**
 * The documents that the file says.
 *
 * @param kinds all that there are
 * @param beside what the experiment brings along, and the seed of its stimuli
 * @returns null where something is wrong, which is reported
 */
export function readDocuments(
  spec: Draft<DocumentsSpec>,
  kinds: readonly DocumentsReader[],
  { files, seed = 0 }: { readonly files: BroughtFiles; readonly seed?: number },
  problems: Problems,
): { readonly plan: DocumentsPlan; readonly shape: DocumentsShape } | null {
  const said = new Map<string, unknown>(Object.entries(spec));
  const kind = kinds.find(({ key }) => said.has(key));
  if (!kind) return null;
  const path = ['stimuli', 'documents', kind.key];
  // The structure of what stands at its key was checked.
  const settings = kind.read(said.get(kind.key), { path, files, problems });
  if (!settings) return null;
  const shape = kind.shape(settings, seed);
  const wrong = tooLarge(shape);
  if (wrong !== null) problems.at(path, 'too-many', wrong);
  return wrong === null ? { plan: { kind: kind.key, settings }, shape } : null;
}

/** Tokens of the longest document, of training or asked. */
export function longestOf({ train, sets }: DocumentsShape): number {
  return Math.max(train.longest, ...sets.map(({ longest }) => longest));
}

/** What is wrong with the size of documents, in one sentence with the mend; null where nothing is. */
function tooLarge({ vocabulary, columns, train, sets }: DocumentsShape): string | null {
  const tokens = sets.reduce((sum, set) => sum + set.tokens, train.tokens);
  const most = Math.floor(MOST_TOKENS / Math.max(1, columns.length / 8));
  if (tokens > most)
    return `The documents have ${tokens} tokens together, more than ${most}. Ask for fewer or shorter ones.`;
  const words = columns.reduce((count, { values }) => Math.max(count, values.length), vocabulary.length);
  return words > MOST_WORDS
    ? `There are ${words} different tokens, or facts about them, more than ${MOST_WORDS}. Ask for fewer.`
    : null;
}
