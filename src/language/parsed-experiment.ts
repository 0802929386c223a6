import { Document } from '../experiment/document';
import type { Reading } from '../experiment/read';
import { readExperiment } from '../sources/read-experiment';
import { outlineOf, type Outline } from './outline';

/** One version of an experiment document, read. */
export interface ParsedExperiment {
  readonly text: string;
  readonly tree: Document;
  readonly reading: Reading;
  readonly outline: Outline;
}

export function parseExperiment(text: string): ParsedExperiment {
  const tree = new Document(text);
  return { text, tree, reading: readExperiment(text), outline: outlineOf(tree) };
}
