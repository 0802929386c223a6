import { longestOf, type DocumentsShape, type DocumentsSize } from '../../experiment/documents';
import type { Documents, EvaluationSet } from './corpus';

/** Names such as r0, r1 … */
export function numbered(letter: string, count: number, end = ''): string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i}${end}`);
}

/** Columns that all documents have. */
export const OWN_COLUMNS: readonly string[] = ['token', 'position', 'set'];

/** Adds the columns that all documents have: the token, its position in its document, and the set of the document. */
export function withPlaces(shape: DocumentsShape): DocumentsShape {
  const { vocabulary, sets } = shape;
  const places = [
    { name: 'token', values: ['none', ...vocabulary] },
    { name: 'position', values: ['none', ...Array(longestOf(shape)).keys()].map(String) },
    { name: 'set', values: ['none', 'train', ...sets.map(({ name }) => name)] },
  ];
  return { ...shape, columns: [...places, ...shape.columns] };
}

/** Writes documents token by token, into arrays of the size that was foretold. */
export class DocumentsWriter {
  private readonly tokens: Uint16Array;
  private readonly counts: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly codes: readonly Uint16Array[];
  private at = 0;
  private document = 0;

  private readonly set: number;

  /** @param set the name of an evaluation set; null: what is trained */
  constructor(
    private readonly shape: DocumentsShape,
    set: string | null,
  ) {
    const at = shape.sets.findIndex(({ name }) => name === set);
    const size: DocumentsSize = set === null ? shape.train : shape.sets[at];
    this.set = at + 2;
    this.tokens = new Uint16Array(size.tokens);
    this.counts = new Uint8Array(size.tokens);
    this.starts = new Uint32Array(size.documents + 1);
    this.codes = shape.columns.map(() => new Uint16Array(size.tokens));
  }

  /**
   * The next token of the document.
   *
   * @param counts whether predicting it counts; the first of a document never does
   * @param codes of each of the columns that not all documents have
   */
  token(token: number, counts: boolean, codes: readonly number[]): void {
    const { at } = this;
    this.tokens[at] = token;
    this.counts[at] = counts && at > this.starts[this.document] ? 1 : 0;
    const places = [token + 1, at - this.starts[this.document] + 1, this.set];
    for (const [column, code] of places.entries()) this.codes[column][at] = code;
    for (const [column, code] of codes.entries()) this.codes[places.length + column][at] = code;
    this.at++;
  }

  /** Ends the document. @returns its place */
  end(): number {
    this.starts[++this.document] = this.at;
    return this.document - 1;
  }

  /**
   * What is asked, as it was foretold.
   *
   * @param options of each document, in forced choice
   * @throws RangeError where they are not as many as was foretold
   */
  asked(options?: readonly Uint16Array[]): EvaluationSet {
    const { name, says, floors, ceiling, context } = this.shape.sets[this.set - 2];
    const known = { name, says, floors, ...(ceiling ? { ceiling } : {}), ...(context ? { context } : {}) };
    return { ...known, documents: this.finish(), ...(options ? { options } : {}) };
  }

  /** @throws RangeError where they are not as many as was foretold */
  finish(): Documents {
    const { tokens, starts, counts, codes } = this;
    if (this.at !== tokens.length || this.document !== starts.length - 1)
      throw new RangeError(
        `${this.document} documents of ${this.at} tokens were written in place of ${starts.length - 1} of ${tokens.length}.`,
      );
    const columns = this.shape.columns.map((column, c) => ({ ...column, codes: codes[c] }));
    return { tokens, starts, counts, columns };
  }
}
