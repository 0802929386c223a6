import { readDocuments } from './documents';
import type { ExperimentFile } from './file';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Beside, Given, GivenFeature, StimuliKind } from './stimuli-kind';
import { tableKind } from './table';

const drawn: StimuliKind = { key: 'features', own: ['image'], read: () => null };

const ofDocuments: StimuliKind = {
  key: 'documents',
  own: [],
  read: (file, { documents: kinds, files }, problems) => {
    const { documents: spec, seed } = file.stimuli ?? {};
    const documents = spec && readDocuments(spec, kinds, { files, seed }, problems);
    if (!documents) return null;
    const features = documents.shape.columns.map(({ name, values }): [string, GivenFeature] => [
      name,
      { values: [...values], units: 0 },
    ]);
    return { features: new Map(features), documents };
  },
};

const kinds: readonly StimuliKind[] = [drawn, tableKind, ofDocuments];

/** The stimuli that the file gives, with their features; null where it has features that they are drawn from. */
export function readGiven(file: Draft<ExperimentFile>, beside: Beside, problems: Problems): Given | null {
  if (!file.stimuli) return null;
  const has = (key: string): boolean => problems.document.find(['stimuli', key]) !== undefined;
  const named = kinds.filter(({ key }) => has(key));
  const wrong = (code: string, message: string, ...at: string[]): void =>
    problems.error(code, message, problems.document.keySpan(['stimuli', ...at]));
  if (named.length > 1) {
    const all = quoteAll(named.map(({ key }) => key));
    wrong('one-of', `'stimuli' are said by ${all}, but by one alone. Remove the others.`, named[1].key);
  } else if (named.length === 0) {
    const [first, ...more] = kinds.map(({ key }) => key);
    wrong('missing-key', `The key ${quote(first)} (or ${quoteAll(more)}) is missing in 'stimuli'. Add it.`);
  }
  for (const { key, own } of kinds)
    for (const other of own)
      if (has(other) && !has(key))
        wrong(
          'unknown-key',
          `${quote(other)} is of a ${quote(key)}, which 'stimuli' have not. Remove it.`,
          other,
        );
  return named.length === 1 ? named[0].read(file, beside, problems) : null;
}
