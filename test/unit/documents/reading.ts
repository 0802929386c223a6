import { nothingBrought, type BroughtFiles } from '../../../src/experiment/brought';
import { Document } from '../../../src/experiment/document';
import { readDocuments, type DocumentsPlan, type DocumentsShape } from '../../../src/experiment/documents';
import type { DocumentsSpec } from '../../../src/experiment/documents-file';
import { Problems } from '../../../src/experiment/problems';
import type { Corpus, Documents } from '../../../src/stimuli/documents/corpus';
import { documentsKinds, drawDocuments } from '../../../src/stimuli/documents/kinds';

/** What the file's `stimuli.documents` come to, with the sentences of what is wrong. */
export function read(
  spec: DocumentsSpec,
  files = nothingBrought,
  seed = 0,
): {
  plan: DocumentsPlan | undefined;
  shape: DocumentsShape | undefined;
  messages: string[];
} {
  const problems = new Problems(new Document(JSON.stringify({ stimuli: { documents: spec } })));
  const found = readDocuments(spec, documentsKinds, { files, seed }, problems);
  return {
    ...found,
    plan: found?.plan,
    shape: found?.shape,
    messages: problems.sorted().map(({ message }) => message),
  };
}

export function draw(
  spec: DocumentsSpec,
  seed = 0,
  files?: BroughtFiles,
): { shape: DocumentsShape; corpus: Corpus } {
  const { plan, shape, messages } = read(spec, files, seed);
  if (!plan || !shape) throw new Error(messages.join(' '));
  return { shape, corpus: drawDocuments(plan, seed) };
}

/** The tokens of each document, by their names. */
export function textsOf({ vocabulary }: Corpus, { tokens, starts }: Documents): string[][] {
  return Array.from({ length: starts.length - 1 }, (_, d) =>
    [...tokens.subarray(starts[d], starts[d + 1])].map((token) => vocabulary[token]),
  );
}

/** The names of a column's values, of each token of each document. */
export function columnOf({ starts, columns }: Documents, name: string): string[][] {
  const column = columns.find((each) => each.name === name);
  if (!column) throw new Error(`There is no column ${name}.`);
  return Array.from({ length: starts.length - 1 }, (_, d) =>
    [...column.codes.subarray(starts[d], starts[d + 1])].map((code) => column.values[code]),
  );
}

/** Where each document counts. */
export function countedOf({ starts, counts }: Documents): number[][] {
  return Array.from({ length: starts.length - 1 }, (_, d) => {
    const own = [...counts.subarray(starts[d], starts[d + 1])];
    return own.flatMap((count, at) => (count === 1 ? [at] : []));
  });
}

export function setOf({ sets }: Corpus, name: string): Documents {
  const found = sets.find((set) => set.name === name);
  if (!found) throw new Error(`There is no set ${name}.`);
  return found.documents;
}
