import type { BroughtFiles } from '../experiment/brought';
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
  /** What it brings along; absent where it is read by itself. */
  readonly files?: BroughtFiles;
}

/** @param files what it brings along; nothing by default */
export function parseExperiment(text: string, files?: BroughtFiles): ParsedExperiment {
  const tree = new Document(text);
  const reading = readExperiment(text, undefined, { files });
  return { text, tree, reading, outline: outlineOf(tree, reading.tableFeatures), files };
}
