import type { DocumentsReader } from '../../experiment/documents';
import type { Corpus } from './corpus';

/** A kind of documents: how the file says them, and how they are drawn. */
export interface DocumentsKind<S extends object = object, F = unknown> extends DocumentsReader<S, F> {
  /** The same settings and seed give the same bytes; what is drawn has the sizes, words and columns of `shape`. */
  draw(settings: S, seed: number): Corpus;
}
