import { expect, test } from 'vitest';
import { readExperiment } from '../../../src/sources/read-experiment';
import { drawStimuli, type StimulusSets } from '../../../src/stimuli/draw-stimuli';
import { documentsOf, placesInDocuments } from '../../../src/stimuli/observations';
import type { StimulusSet } from '../../../src/stimuli/stimulus-set';

const REVERSALS = { entities: 12, relations: 3, heldOut: 9, affixes: 5 };

function drawn(analyses: object, stimuli: object = {}): StimulusSets {
  const { experiment, problems } = readExperiment(
    JSON.stringify({
      stimuli: { documents: { reversals: REVERSALS }, ...stimuli },
      networks: { baseline: {} },
      tasks: { answered: 'seen == heldOut and role == relation' },
      analyses,
    }),
  );
  if (!experiment) throw new Error(JSON.stringify(problems));
  return drawStimuli(experiment);
}

function corpusOf({ corpus }: StimulusSets): NonNullable<StimulusSets['corpus']> {
  if (!corpus) throw new Error('There are no documents.');
  return corpus;
}

/** Of each stimulus: the documents that it is in, its place there, and its document. */
function placesOf(sets: StimulusSets, { tokens }: StimulusSet) {
  if (!tokens) throw new Error('These are no tokens.');
  const all = documentsOf(corpusOf(sets));
  return Array.from(tokens.at, (at, row) => {
    const of = tokens.of[row];
    return { of, at, documents: all[of], document: all[of].starts.findLastIndex((start) => start <= at) };
  });
}

function label({ features, tasks }: StimulusSet, name: string) {
  const found = [...features, ...tasks].find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

test('tokens are those of the formula, with what their documents say of them', () => {
  const sets = drawn({ at: 'role == relation' });
  for (const set of [sets.fit, sets.test, sets.train]) {
    expect(set.inputs.rows).toBeGreaterThan(10);
    const role = label(set, 'role');
    expect(new Set(role.values)).toEqual(new Set([role.classes.indexOf('relation')]));
    // Only values that occur are those of a label.
    const all = [sets.train, sets.fit, sets.test].flatMap((one) => [...label(one, 'token').values]);
    expect(label(set, 'token').classes).toHaveLength(new Set(all).size);
    for (const [row, { at, documents }] of placesOf(sets, set).entries()) {
      const { cols, data } = set.inputs;
      const shown = data.subarray(row * cols, (row + 1) * cols);
      expect([shown.indexOf(1), shown.reduce((a, b) => a + b)]).toEqual([documents.tokens[at], 1]);
      for (const { name, codes, values } of documents.columns) {
        const { classes, values: found } = label(set, name);
        expect(classes[found[row]]).toBe(values[codes[at]]);
      }
      const seen = label(set, 'seen');
      expect(label(set, 'answered').values[row]).toBe(seen.classes[seen.values[row]] === 'heldOut' ? 1 : 0);
    }
  }
});

test('no document is in two sets, and each evaluation set is in both', () => {
  const sets = drawn({ at: 'role == relation' });
  const of = (set: StimulusSet): string[] => [
    ...new Set(placesOf(sets, set).map((one) => `${one.of} ${one.document}`)),
  ];
  const [fit, test] = [of(sets.fit), of(sets.test)];
  expect(fit.filter((one) => test.includes(one))).toEqual([]);
  for (const all of [fit, test])
    expect(new Set(all.map((one) => one.split(' ')[0]))).toEqual(new Set(['1', '2', '3', '4', '5']));
  const documents = corpusOf(sets).sets.map((one) => one.documents.starts.length - 1);
  expect(fit.length + test.length).toBe(documents.reduce((a, b) => a + b));
});

test('a token is found again where it stands in its document', () => {
  const sets = drawn({ at: 'role == relation and set == train' });
  for (const set of [sets.fit, sets.test, drawn({}).test]) {
    if (!set.tokens) throw new Error('These are no tokens.');
    const found = placesInDocuments(corpusOf(sets), set.tokens);
    expect(found.sets).toEqual(['training documents', ...corpusOf(sets).sets.map(({ name }) => name)]);
    for (const [row, { of, at, documents, document }] of placesOf(sets, set).entries()) {
      expect([found.of[row], found.documents[row]]).toEqual([of, document]);
      expect(documents.starts[document] + found.positions[row]).toBe(at);
    }
  }
});

test('training documents are among those that are measured where the formula asks for their set', () => {
  const asked = drawn({ at: 'role == relation and set == train' });
  expect(new Set(placesOf(asked, asked.test).map(({ of }) => of))).toEqual(new Set([0]));
  const others = drawn({ at: 'role == relation' });
  expect(placesOf(others, others.test).map(({ of }) => of)).not.toContain(0);
});

test('by default a stimulus is the token from which the next one is asked', () => {
  const sets = drawn({});
  for (const { documents, at } of placesOf(sets, sets.test)) expect(documents.counts[at + 1]).toBe(1);
  const { sets: asked } = corpusOf(sets);
  const counted = asked.reduce((sum, { documents }) => sum + documents.counts.reduce((a, b) => a + b, 0), 0);
  expect(sets.fit.inputs.rows + sets.test.inputs.rows).toBe(counted);
});

test('sets are no larger than the file says, and the same draw again', () => {
  const sets = drawn({ at: 'role == subject' }, { fit: 7, test: 11, train: 5 });
  expect([sets.train, sets.fit, sets.test].map(({ inputs }) => inputs.rows)).toEqual([5, 7, 11]);
  const again = drawn({ at: 'role == subject' }, { fit: 7, test: 11, train: 5 });
  expect(again.test).toEqual(sets.test);
  expect(drawn({ at: 'role == subject' }, { seed: 1 }).test).not.toEqual(
    drawn({ at: 'role == subject' }).test,
  );
});

test('a formula that holds for too few tokens is refused, with its place', () => {
  expect(() => drawn({ at: 'role == subject and role == relation' })).toThrow(
    expect.objectContaining({ name: 'StimuliError', path: ['analyses', 'at'] }),
  );
});
