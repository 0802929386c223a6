import { expect, test } from 'vitest';
import { DocumentsStepper } from '../../../src/sources/documents-stepper';
import { trainedOn } from '../../../src/sources/seen-documents';
import type { TransformerNetwork } from '../../../src/sources/transformer-network';
import { drawDocuments } from '../../../src/stimuli/documents/kinds';
import type { Sequences } from '../../../src/training/graph/batch';
import type { FullEngine } from '../../../src/training/graph/sequences';
import type { GraphStepper } from '../../../src/training/graph/stepper';
import { columnOf, textsOf } from '../documents/reading';
import { errors, valid } from '../experiment/files';

const STAYS = "kind != 'episode' and kind != 'syllogisms'";

function fileOf(second: object): string {
  return JSON.stringify({
    stimuli: { documents: { episodes: { entities: 30, facts: 4, rounds: 3, syllogisms: 2, episodes: 40 } } },
    network: { transformer: { layers: 1, width: 8, heads: 2, mlp: 8 } },
    training: {
      batchSize: 16,
      phases: [
        { steps: 2, trainOn: 'kind == episode' },
        { steps: 3, ...second },
      ],
    },
    networks: { net: {} },
    seeds: 1,
    analyses: { at: 'part == asked and role == relation' },
  });
}

/** What a sentence says that is asked after others, by these. */
function toldAnswer(text: readonly string[]): string {
  const sentences = Array.from({ length: text.length / 3 }, (_, at) => text.slice(3 * at, 3 * at + 3));
  const [from, by] = sentences[sentences.length - 1];
  const before = sentences.slice(0, -1);
  const found = before.find(([s, r, o]) =>
    by.endsWith('_inverse') ? o === from && `${r}_inverse` === by : s === from,
  );
  return found?.[0] === from ? found[2] : (found?.[0] ?? text[0]);
}

test('phases are trained on their own documents, and on what the network says of some after what was told', () => {
  const experiment = valid(fileOf({ trainOn: STAYS, ownAnswers: 'kind == inverse', resetOptimizer: true }));
  const [network] = experiment.networks as TransformerNetwork[];
  const { plan } = experiment.stimuli.documents ?? {};
  if (!plan) throw new Error('There are no documents.');
  const corpus = drawDocuments(plan, 0);
  const kinds = columnOf(corpus.train, 'kind').map(([kind]) => kind);
  const steps: { sequences: Sequences; documents: Uint32Array }[] = [];
  const asked: string[][] = [];
  const graph = {
    step: (update: { sequences: Sequences; documents: Uint32Array }) => {
      steps.push(update);
      return { loss: 1, counted: 1, right: 0 };
    },
    parameters: () => new Float32Array(1),
  };
  // It reads what stands in its context.
  const reader = {
    answers: (sequences: Sequences) => {
      const texts = textsOf(corpus, { ...sequences, columns: [] });
      asked.push(...texts);
      const at = Uint32Array.from(sequences.counts.keys()).filter((place) => sequences.counts[place] === 1);
      expect(at.length).toBe(texts.length);
      return { at, said: Uint16Array.from(texts, (text) => corpus.vocabulary.indexOf(toldAnswer(text))) };
    },
    release: () => undefined,
  };
  const engine = { reader: () => reader } as unknown as FullEngine['sequences'];
  const all = trainedOn(network, corpus, 0);
  const stepper = new DocumentsStepper(engine, graph as unknown as GraphStepper, network, corpus, all, 0);
  const update = { step: 0, learningRate: 1, weights: [] };

  const episodes = stepper.begin(0) ?? 0;
  expect(episodes).toBe(kinds.filter((kind) => kind === 'episode').length);
  stepper.step({ ...update, rows: Uint32Array.from({ length: episodes }, (_, row) => row) });
  expect([...steps[0].documents].map((document) => kinds[document])).toEqual(Array(episodes).fill('episode'));
  expect(steps[0].sequences.tokens).toEqual(corpus.train.tokens);

  const rest = stepper.begin(1) ?? 0;
  expect(rest).toBe(
    kinds.length - kinds.filter((kind) => kind === 'episode' || kind === 'syllogisms').length,
  );
  stepper.step({ ...update, rows: Uint32Array.from({ length: rest }, (_, row) => row) });
  expect(new Set([...steps[1].documents].map((document) => kinds[document]))).toEqual(
    new Set(['fact', 'inverse', 'premise', 'conclusion']),
  );
  // Each inverse was asked after the four facts of its round, and who answers by these says what the corpus has.
  expect(asked).toHaveLength(12);
  expect(asked.every((text) => text.length === 15)).toBe(true);
  expect(steps[1].sequences.tokens).toEqual(corpus.train.tokens);
  reader.answers = (sequences) => ({
    at: Uint32Array.from(sequences.counts.keys()).filter((place) => sequences.counts[place] === 1),
    said: new Uint16Array(12).fill(7),
  });
  stepper.begin(1);
  stepper.step({ ...update, rows: Uint32Array.of(0) });
  const { tokens } = steps[2].sequences;
  const changed = textsOf(corpus, { ...corpus.train, tokens }).map((text) => text[2]);
  const before = textsOf(corpus, corpus.train).map((text) => text[2]);
  expect(changed).toEqual(before.map((word, at) => (kinds[at] === 'inverse' ? corpus.vocabulary[7] : word)));
});

test('formulas of phases are checked at their place', () => {
  const messages = (text: string): string[] => errors(text).map(({ message }) => message);
  expect(messages(fileOf({ trainOn: 'nothing == 1' }))[0]).toMatch(/^Unknown feature “?'?nothing/);
  const stack = JSON.stringify({
    stimuli: { features: { a: { values: ['no', 'yes'] } } },
    tasks: { t: 'a' },
    networks: { net: { training: { phases: [{ steps: 1, trainOn: 'a' }] } } },
  });
  expect(messages(stack)).toContain(
    "'trainOn' is of networks that are trained on documents, but network 'net' is shown stimuli with input units. Remove it.",
  );
});
