import { expect, test } from 'vitest';
import { checkExperiment } from '../../../src/run/check';
import { errors, file, pointed, valid } from './files';

const DOCUMENTS = { documents: { reversals: { entities: 10, relations: 2, heldOut: 4 } } };

/** A file of documents; what is given replaces what it says. */
function documents(changes: object = {}): string {
  const whole = { stimuli: DOCUMENTS, networks: { baseline: {} }, ...changes };
  return JSON.stringify(whole, null, 1);
}

/** What is wrong, and where. */
function wrong(text: string): [at: string, message: string][] {
  return errors(text).map((problem) => [pointed(text, problem), problem.message]);
}

test('a network of documents is a transformer of its vocabulary, with no tasks and columns without input units', () => {
  const { stimuli, networks, tasks } = valid(documents());
  const { shape } = stimuli.documents ?? {};
  expect(tasks).toEqual([]);
  expect(stimuli.inputUnits).toBe(shape?.vocabulary.length);
  expect(stimuli.features.map(({ name }) => name)).toEqual(shape?.columns.map(({ name }) => name));
  expect(stimuli.features.every(({ inputRange: [first, end] }) => first === end)).toBe(true);
  const [{ kind, sites, ofDocuments, training }] = networks;
  expect([kind, ofDocuments]).toEqual(['transformer', true]);
  expect(sites.at(-1)).toEqual({ name: 'readout', role: 'readout', units: stimuli.inputUnits });
  expect(sites.at(-2)).toEqual({ name: 'layer2.residual', role: 'hidden', units: 64 });
  expect(training.stepsPerEpoch).toBe(Math.ceil((shape?.train.documents ?? 0) / 128));
  expect(checkExperiment(documents()).problems).toEqual([]);
});

test('its parameters are those of its layers', () => {
  const network = { transformer: { layers: 3, width: 16, heads: 2, mlp: 40 } };
  const { networks, stimuli } = valid(documents({ networks: { one: { network } } }));
  const { shape } = stimuli.documents ?? {};
  const words = shape?.vocabulary.length ?? 0;
  const longest = Math.max(shape?.train.longest ?? 0, ...(shape?.sets ?? []).map((set) => set.longest));
  const attention = 16 * 48 + 48 + 16 * 16 + 16;
  const mlp = 16 * 40 + 40 + 40 * 16 + 16;
  const norms = 2 * 2 * 16;
  const whole = 2 * words * 16 + longest * 16 + 3 * (attention + mlp + norms) + 2 * 16;
  expect(networks[0].parameters).toBe(whole);
});

test.each([
  ['"hidden"', documents({ networks: { one: { network: { hidden: [4] } } } }), "Write a 'transformer'"],
  ['"transformer"', file({ networks: { one: { network: { transformer: {} } } } }), "'stimuli.documents'"],
  [
    '"tasks"',
    documents({ tasks: { t: 'kind == both' }, networks: { one: { tasks: ['t'] } } }),
    "Remove 'tasks'",
  ],
  ['"trainOn"', file({ networks: { one: { trainOn: 'e' } } }), "'trainOn' is of networks"],
  ['"at"', file({ analyses: { at: 'e' } }), "'stimuli' have no 'documents'"],
  ['30', documents({ network: { transformer: { width: 30 } } }), "multiple of 'heads'"],
  [
    '"none.jsonl"',
    documents({
      stimuli: { documents: { file: { path: 'none.jsonl' } } },
      ...{ tasks: { t: 'kind == both' }, networks: { one: { trainOn: 'kind == both' } } },
      analyses: { at: 'role == x' },
    }),
    'none.jsonl is not read here',
  ],
  ['nothing', documents({ analyses: { at: 'nothing == 3' } }), 'nothing'],
  ['nothing', documents({ networks: { one: { trainOn: 'nothing == 3' } } }), 'nothing'],
])('what does not go together is told once, at %s', (at, text, mend) => {
  const found = wrong(text);
  expect(found).toHaveLength(1);
  expect(found[0][0]).toBe(at);
  expect(found[0][1]).toContain(mend);
});

test('what would not fit in memory is told before anything is allocated', () => {
  const transformer = { layers: 12, width: 256, heads: 64 };
  const networks = { one: { retrieval: { distractors: 64 } } };
  const [[, message]] = wrong(documents({ network: { transformer }, networks }));
  expect(message).toMatch(/where they attend to: .* GB.*Lower 'transformer', or ask for shorter documents/);
});

test('settings of training that are not of documents are warned of, where they stand, once', () => {
  const networks = { one: {}, other: {}, own: { training: { dropout: 0.1 } } };
  const text = documents({ training: { dropout: 0.5, steps: 5, batchSize: 8 }, networks });
  const said = checkExperiment(text).problems.map((one) => [one.severity, pointed(text, one), one.message]);
  const message = "'dropout' has no effect on networks that are trained on documents. Remove it.";
  expect(said).toEqual([
    ['warning', '"dropout"', message],
    ['warning', '"dropout"', message],
  ]);
  expect(checkExperiment(documents({ training: { dropout: 0, steps: 5, batchSize: 8 } })).problems).toEqual(
    [],
  );
});
