import type { Corpus, Documents } from './corpus';
import { OWN_COLUMNS } from './writer';

/**
 * A corpus as lines of JSON, those of training first, in the form that documents of a `file` are read in (`formats/token-lines`): other programs train on the same, and so does an experiment that brings
 * them along.
 */
export function* corpusLines({ vocabulary, train, sets }: Corpus): Generator<string> {
  const named = (tokens: ArrayLike<number>): string[] => Array.from(tokens, (token) => vocabulary[token]);
  yield* linesOf(train, named, () => ({}));
  for (const { name, documents, options } of sets)
    yield* linesOf(documents, named, (at) => ({
      set: name,
      ...(options ? { options: named(options[at]) } : {}),
    }));
}

function* linesOf(
  { tokens, starts, counts, columns }: Documents,
  named: (tokens: ArrayLike<number>) => string[],
  more: (document: number) => object,
): Generator<string> {
  const own = columns.filter(({ name }) => !OWN_COLUMNS.includes(name));
  for (let document = 0; document < starts.length - 1; document++) {
    const [start, end] = [starts[document], starts[document + 1]];
    const valuesOf = ({ values, codes }: (typeof own)[number]): string | string[] => {
      const each = Array.from(codes.subarray(start, end), (code) => values[code]);
      return each.every((value) => value === each[0]) ? each[0] : each;
    };
    yield `${JSON.stringify({
      tokens: named(tokens.subarray(start, end)),
      ...more(document),
      counts: [...counts.subarray(start, end)],
      columns: Object.fromEntries(own.map((column) => [column.name, valuesOf(column)])),
    })}\n`;
  }
}
