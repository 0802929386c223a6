import { expect, test } from 'vitest';
import { replicateNamed } from '../../../src/core/replicate';
import type { Matrix } from '../../../src/core/matrix';
import type { Experiment } from '../../../src/experiment/experiment';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import type { KeptFiles, Recording } from '../../../src/sources/source';
import { contextShares, trainedOn } from '../../../src/sources/seen-documents';
import { sourceOf } from '../../../src/sources/sources';
import { isTransformer, type TransformerNetwork } from '../../../src/sources/transformer-network';
import { documentsOf } from '../../../src/stimuli/observations';
import { FusedEngine } from '../../../src/training/fused/engine';
import { withSequences } from '../../../src/training/graph/sequences';
import { GraphForward } from '../../../src/training/graph/forward';
import { GraphGradients } from '../../../src/training/graph/gradients';
import { parameterPlaces } from '../../../src/training/graph/program';
import { transformer } from '../../../src/training/graph/transformer';
import { valid } from '../experiment/files';

const NETWORK = { transformer: { layers: 1, width: 16, heads: 2, mlp: 24 } };

/** A small file; what is given replaces what it says. */
function experimentOf(changes: object = {}): Experiment {
  return valid(
    JSON.stringify({
      stimuli: {
        documents: { reversals: { entities: 8, relations: 2, heldOut: 4, repeats: 3, affixes: 3 } },
      },
      network: NETWORK,
      training: { steps: 150, batchSize: 20, learningRate: 0.01, checkpoints: 3 },
      networks: { net: {} },
      seeds: 1,
      analyses: { at: 'role == relation' },
      ...changes,
    }),
  );
}

interface Made {
  readonly recording: Recording;
  readonly drawn: DrawnExperiment;
  readonly parameters: Float32Array<ArrayBuffer>;
}

async function make(experiment: Experiment): Promise<Made> {
  const drawn = new DrawnExperiment(experiment);
  let weights: Float32Array<ArrayBuffer> | undefined;
  const kept: KeptFiles = { read: () => Promise.resolve(null), write: () => Promise.resolve() };
  const { recording } = await sourceOf(experiment, { source: 'net' }).make(
    replicateNamed('net', 0),
    { engine: withSequences(FusedEngine.create()), sets: drawn.sets },
    kept,
    { checkpoint: ({ parameters }) => void (weights = parameters) },
  );
  if (!weights) throw new Error('There is no checkpoint.');
  return { recording, drawn, parameters: weights };
}

const last = ({ checkpoints }: Recording): number => checkpoints.length - 1;

/** Of one document at a time: the weights of the end, run by hand. */
function forwardOf(experiment: Experiment, { parameters }: Made): GraphForward {
  const { stimuli } = experiment;
  const { shape } = stimuli.documents ?? {};
  if (!shape) throw new Error('There are no documents.');
  const longest = Math.max(shape.train.longest, ...shape.sets.map((set) => set.longest));
  const { layers, width, heads, mlp: hidden } = NETWORK.transformer;
  const sizes = { vocabulary: shape.vocabulary.length, length: longest };
  return new GraphForward(
    transformer({ ...sizes, layers, width, heads, hidden, activation: 'gelu', tied: false }),
    parameters,
  );
}

test('states are those at the tokens, each document by itself, and the checkpoints those of the training', async () => {
  const experiment = experimentOf();
  const made = await make(experiment);
  const { recording, drawn } = made;
  expect(recording.checkpoints.map(({ step }) => step)).toEqual([0, 1, 150]);
  const { test: set, corpus } = drawn.sets;
  if (!set.tokens || !corpus) throw new Error('There are no documents.');
  const forward = forwardOf(experiment, made);
  for (const site of ['embedding', 'layer1.mlp', 'layer1.residual', 'readout']) {
    const { cols, data } = await recording.activations(site, 'test', last(recording));
    for (const [row, at] of set.tokens.at.entries()) {
      const { tokens, starts } = documentsOf(corpus)[set.tokens.of[row]];
      const document = starts.findLastIndex((start) => start <= at);
      const alone = tokens.slice(starts[document], starts[document + 1]);
      const one = {
        tokens: alone,
        starts: Uint32Array.of(0, alone.length),
        counts: new Uint8Array(alone.length),
      };
      const [state] = forward.states(one, [site], [at - starts[document]]);
      expect(data.slice(row * cols, (row + 1) * cols)).toEqual(state.data);
    }
  }
  forward.release();
});

test('gradients are those of the document of each token, and weights the rows of the token', async () => {
  const sites = ['readout.weights', 'layer1.mlp.gradient', 'embedding.weights', 'readout.gradient'];
  const changes = { training: { steps: 20, batchSize: 20, checkpoints: 2 } };
  const experiment = experimentOf({
    ...changes,
    analyses: { at: 'role == relation or role == object', sites },
  });
  const made = await make(experiment);
  const { recording, drawn } = made;
  // In the order of the network, after its layers.
  expect(recording.sites.slice(-5).map(({ name, role }) => [name, role])).toEqual([
    ['readout', 'readout'],
    ['embedding.weights', 'weights'],
    ['readout.weights', 'weights'],
    ['layer1.mlp.gradient', 'gradient'],
    ['readout.gradient', 'gradient'],
  ]);
  const { test: set, corpus } = drawn.sets;
  if (!set.tokens || !corpus) throw new Error('There are no documents.');
  const { shape } = experiment.networks[0] as TransformerNetwork;
  const program = transformer(shape);
  const gradients = new GraphGradients(program, made.parameters);
  const places = new Map(parameterPlaces(program).map((place) => [place.name, place]));
  const at = (site: string): Promise<Matrix<Float32Array>> =>
    recording.activations(site, 'test', last(recording));
  const read = await Promise.all(sites.map(at));
  let asking = 0;
  for (const [row, place] of set.tokens.at.entries()) {
    const { tokens, starts, counts } = documentsOf(corpus)[set.tokens.of[row]];
    const document = starts.findLastIndex((start) => start <= place);
    const [start, end] = starts.subarray(document, document + 2);
    const [alone, own] = [tokens, counts].map((of) => of.slice(start, end));
    const one = {
      tokens: Uint16Array.from(alone),
      counts: Uint8Array.from(own),
      starts: Uint32Array.of(0, end - start),
    };
    const [mlp, logits] = gradients.at(one, ['layer1.mlp', 'readout'], [place - start]);
    const rowOf = (table: string): Float32Array => {
      const { offset, units } = places.get(table)!;
      return made.parameters.slice(offset + tokens[place] * units, offset + (tokens[place] + 1) * units);
    };
    for (const [k, expected] of [rowOf('readout'), mlp.data, rowOf('tokens'), logits.data].entries()) {
      const { cols, data } = read[k];
      expect(data.slice(row * cols, (row + 1) * cols)).toEqual(expected);
    }
    // In the last layer of where a token that counts is said, and nowhere else.
    const asks = own[place - start + 1] === 1;
    expect(mlp.data.some((x) => x !== 0)).toBe(asks);
    if (asks) asking++;
  }
  gradients.release();
  expect(asking).toBeGreaterThan(0);
  expect(asking).toBeLessThan(set.tokens.at.length);
  const without = await make(
    experimentOf({ ...changes, analyses: { at: 'role == relation or role == object' } }),
  );
  expect(without.parameters).toEqual(made.parameters);
  expect(await at('layer1.mlp')).toEqual(
    await without.recording.activations('layer1.mlp', 'test', last(recording)),
  );
});

test('of a tied network a token has one row in both tables', async () => {
  const experiment = experimentOf({
    network: { transformer: { ...NETWORK.transformer, tied: true } },
    training: { steps: 0 },
    analyses: { at: 'role == object', sites: ['embedding.weights', 'readout.weights'] },
  });
  const { recording } = await make(experiment);
  const [one, other] = await Promise.all(
    ['embedding.weights', 'readout.weights'].map((site) => recording.activations(site, 'test', 0)),
  );
  expect(one).toEqual(other);
});

test('answers are right where all tokens that count are the likeliest, and what is trained is learned', async () => {
  const training = { steps: 600, batchSize: 20, learningRate: 0.01, checkpoints: 2 };
  const experiment = experimentOf({ training });
  const made = await make(experiment);
  const { recording, drawn } = made;
  const { corpus } = drawn.sets;
  if (!corpus) throw new Error('There are no documents.');
  const forward = forwardOf(experiment, made);
  const found = await recording.behaviour('test', last(recording));
  for (const { name, documents } of corpus.sets) {
    const { tokens, starts, counts } = documents;
    let right = 0;
    for (let document = 0; document < starts.length - 1; document++) {
      let all = true;
      for (let at = starts[document]; at < starts[document + 1]; at++) {
        if (counts[at] === 0) continue;
        const { data } = forward.logits(documents, [at]);
        all &&= data.indexOf(Math.max(...data)) === tokens[at];
      }
      if (all) right++;
    }
    expect(found?.accuracy.get(name)).toBe(right / (starts.length - 1));
  }
  forward.release();
  const before = await recording.behaviour('test', 0);
  expect(found?.loss).toBeLessThan((before?.loss ?? 0) / 2);
  expect(found?.accuracy.get('trained forward')).toBeGreaterThan(0.9);
});

test('which tokens are looked at changes no weight, and which documents are trained on does', async () => {
  const keys = (changes: object): [string, string] => {
    const source = sourceOf(experimentOf(changes), { source: 'net' });
    const replicate = replicateNamed('net', 0);
    const { info } = FusedEngine.create();
    return [JSON.stringify(source.keptKey?.(replicate, info)), JSON.stringify(source.key(replicate, info))];
  };
  const [kept, whole] = keys({});
  const [keptElsewhere, wholeElsewhere] = keys({ analyses: { at: 'role == subject' } });
  expect(keptElsewhere).toBe(kept);
  expect(wholeElsewhere).not.toBe(whole);
  for (const own of [
    { trainOn: 'kind != both' },
    { retrieval: {} },
    { network: { transformer: { width: 8 } } },
  ])
    expect(keys({ networks: { net: own } })[0]).not.toBe(kept);
  const one = await make(experimentOf());
  const other = await make(experimentOf({ analyses: { at: 'role == subject' } }));
  expect(other.parameters).toEqual(one.parameters);
  const fewer = await make(experimentOf({ networks: { net: { trainOn: 'kind != both' } } }));
  expect(fewer.parameters).not.toEqual(one.parameters);
});

test('with retrieval, states are those of the document that others stand before', async () => {
  const alone = await make(experimentOf({ networks: { net: { retrieval: { train: false, test: false } } } }));
  const brought = await make(experimentOf({ networks: { net: { retrieval: { train: false } } } }));
  // The same weights: nothing is brought in training.
  expect(brought.parameters).toEqual(alone.parameters);
  const at = async ({ recording }: Made, site: string): Promise<Float32Array> =>
    (await recording.activations(site, 'test', last(recording))).data;
  expect(await at(brought, 'layer1.residual')).not.toEqual(await at(alone, 'layer1.residual'));
  // It is the same token, at the same position.
  expect(await at(brought, 'embedding')).toEqual(await at(alone, 'embedding'));
});

test('what training took is what its documents have, position by position; retrieval adds what is read, and nothing that counts', async () => {
  const { recording, drawn } = await make(experimentOf());
  const { corpus } = drawn.sets;
  if (!corpus) throw new Error('There are no documents.');
  const { starts, counts } = corpus.train;
  let [counted, read, operations] = [0, 0, 0];
  // Queries, keys and values, what attention adds, and the MLP.
  const weights = 16 * 48 + 16 * 16 + 2 * 16 * 24;
  for (let document = 0; document < starts.length - 1; document++) {
    const own = counts.subarray(starts[document], starts[document + 1]);
    counted += own.reduce((sum, one) => sum + one, 0);
    for (let position = 0; position < own.lastIndexOf(1); position++) {
      read++;
      // With each position up to its own: the product of query and key, and the share of the value.
      operations += 2 * weights + (position + 1) * (2 * 16 + 2 * 16);
    }
  }
  operations += counted * 2 * 16 * corpus.vocabulary.length;
  const { epoch } = recording.checkpoints[last(recording)];
  expect(recording.effort?.()).toEqual({
    lossTokens: Math.round(epoch * counted),
    readTokens: Math.round(epoch * read),
    trainingOperations: Math.round(epoch * 3 * operations),
  });
  const brought = (await make(experimentOf({ networks: { net: { retrieval: {} } } }))).recording;
  const { lossTokens = 0, readTokens = 0 } = brought.effort?.() ?? {};
  expect(lossTokens).toBe(Math.round(epoch * counted));
  expect(readTokens).toBeGreaterThan(3 * epoch * read);
});

test('what is brought before a training document is drawn anew in each epoch, by the seed alone', () => {
  const experiment = experimentOf({ networks: { net: { retrieval: {}, trainOn: 'kind != both' } } });
  const { corpus } = new DrawnExperiment(experiment).sets;
  const [network] = experiment.networks as readonly TransformerNetwork[];
  if (!corpus) throw new Error('There are no documents.');
  const { sequences, documents } = trainedOn(network, corpus, 0);
  const first = sequences(0);
  expect(first.starts).toHaveLength(documents.length + 1);
  expect(sequences(1).tokens).not.toEqual(first.tokens);
  expect(sequences(0)).toEqual(first);
  expect(trainedOn(network, corpus, 1).sequences(0).tokens).not.toEqual(first.tokens);
  // What counts are the documents themselves, none of which says both directions.
  const counted = first.counts.reduce((sum, one) => sum + one, 0);
  expect(counted).toBe(documents.length * 4);
});

test('a network that is to be trained on no document is refused, with its place', async () => {
  const none = experimentOf({ networks: { net: { trainOn: 'kind == both and kind == forward' } } });
  await expect(make(none)).rejects.toMatchObject({ path: ['networks', 'net', 'trainOn'] });
});

test('what is said of documents is what the network says of each by itself, token by token', async () => {
  const experiment = experimentOf();
  const made = await make(experiment);
  const { recording, drawn } = made;
  const { corpus } = drawn.sets;
  if (!corpus || !recording.documents) throw new Error('There are no documents.');
  const wish = { set: 1, shown: 'all', after: 1, most: 2 } as const;
  const all = await recording.documents(wish, last(recording));
  const { documents, name } = corpus.sets[0];
  const count = documents.starts.length - 1;
  expect([all.asked, all.matching, all.by]).toEqual([count, count, 'saying']);
  expect(all.documents.map(({ document }) => document)).toEqual([1, 2]);
  const behaviour = await recording.behaviour('test', last(recording));
  expect(all.right / all.asked).toBe(behaviour?.accuracy.get(name));
  const forward = forwardOf(experiment, made);
  for (const said of all.documents) {
    const own = [documents.starts[said.document], documents.starts[said.document + 1]];
    expect(said.tokens).toEqual(
      Array.from(documents.tokens.subarray(...own), (token) => corpus.vocabulary[token]),
    );
    expect([said.said[0], said.sure[0], said.probability[0]]).toEqual([null, null, null]);
    for (let at = own[0] + 1; at < own[1]; at++) {
      const { data } = forward.logits(documents, [at]);
      const most = Math.max(...data);
      const sum = data.reduce((total, logit) => total + Math.exp(logit - most), 0);
      const position = at - own[0];
      expect(said.said[position]).toBe(corpus.vocabulary[data.indexOf(most)]);
      expect(said.sure[position]).toBeCloseTo(1 / sum, 5);
      expect(said.probability[position]).toBeCloseTo(Math.exp(data[documents.tokens[at]] - most) / sum, 5);
      expect(said.counts[position]).toBe(documents.counts[at] === 1);
    }
  }
  forward.release();
  const { documents: ask } = recording;
  const of = (shown: 'wrong' | 'right') =>
    ask.call(recording, { ...wish, shown, after: 0, most: 32 }, last(recording));
  const [wrong, right] = [await of('wrong'), await of('right')];
  expect([wrong.matching, right.matching]).toEqual([count - all.right, all.right]);
  expect(wrong.documents.every(({ isRight }) => !isRight)).toBe(true);
  await expect(recording.documents({ ...wish, set: 99 }, 0)).rejects.toThrow('no evaluation set 99');
});

test('where a head looks is what the engine computes, and what there is not is refused', async () => {
  const experiment = experimentOf();
  const made = await make(experiment);
  const { corpus } = made.drawn.sets;
  const { recording } = made;
  if (!corpus || !recording.attention) throw new Error('There are no documents.');
  const wish = { set: 1, document: 2, layer: 0, head: 1 };
  const { tokens, map } = await recording.attention(wish, last(recording));
  const { documents } = corpus.sets[0];
  expect(tokens).toHaveLength(documents.starts[3] - documents.starts[2]);
  const forward = forwardOf(experiment, made);
  expect(map).toEqual(forward.attention(documents, 2, 0)[1]);
  forward.release();
  for (let row = 0; row < tokens.length; row++)
    expect(
      map.slice(row * tokens.length, (row + 1) * tokens.length).reduce((sum, one) => sum + one, 0),
    ).toBeCloseTo(1, 5);
  for (const [other, why] of [
    [{ set: 99 }, 'no evaluation set 99'],
    [{ document: 999 }, 'no document 999'],
    [{ layer: 5 }, 'no attention in layer 6'],
    [{ head: 7 }, 'no head 8'],
  ] as const)
    await expect(recording.attention({ ...wish, ...other }, last(recording))).rejects.toThrow(why);
});

test('how much a network was trained on what is asked in context counts the documents that it sees, and what is brought', () => {
  const of = (entry: object): Map<string, number> => {
    const experiment = experimentOf({ networks: { net: entry } });
    const { corpus } = new DrawnExperiment(experiment).sets;
    const [net] = experiment.networks.filter(isTransformer);
    if (!corpus) throw new Error('There are no documents.');
    return contextShares(net, corpus);
  };
  const { train } = new DrawnExperiment(experimentOf()).sets.corpus ?? {};
  const kind = train?.columns.find(({ name }) => name === 'kind');
  const firsts = Array.from(train?.starts.subarray(0, -1) ?? [], (start) => kind?.values[kind.codes[start]]);
  const share = firsts.filter((one) => one === 'both').length / firsts.length;
  expect(share).toBeGreaterThan(0);
  expect([...of({})]).toEqual([['reversal in context', share]]);
  expect([...of({ trainOn: 'kind != both' })]).toEqual([['reversal in context', 0]]);
  expect(of({ trainOn: 'kind == both' }).get('reversal in context')).toBe(1);
  // Brought in tests alone: of all sets as much as documents say themselves; in training, too: as often as is recalled.
  expect(of({ retrieval: { train: false } }).get('reversal')).toBe(share);
  expect(of({ retrieval: { train: false }, trainOn: 'kind != both' }).get('reversal')).toBe(0);
  expect(of({ retrieval: { recall: 0.75 } }).get('reversal')).toBe(0.75);
});

test('answers of several tokens are right where the network says each after what it said itself', async () => {
  const hops = { communities: 3, entities: 5, relations: 3, degree: 3, inside: 2, composed: 1, heldOut: 10 };
  const experiment = experimentOf({
    stimuli: { documents: { hops } },
    training: { steps: 300, batchSize: 20, learningRate: 0.01, checkpoints: 2 },
    analyses: { at: 'role == second' },
  });
  const made = await make(experiment);
  const { corpus } = made.drawn.sets;
  if (!corpus) throw new Error('There are no documents.');
  const forward = forwardOf(experiment, made);
  const found = await made.recording.behaviour('test', last(made.recording));
  for (const { name, documents } of corpus.sets.filter((set) => set.name.endsWith('by chain'))) {
    const { tokens, starts, counts } = documents;
    let right = 0;
    for (let document = 0; document < starts.length - 1; document++) {
      const own = tokens.slice(starts[document], starts[document + 1]);
      const truth = own.slice();
      for (let at = 1; at < own.length; at++) {
        if (counts[starts[document] + at] === 0) continue;
        const sequences = {
          tokens: own,
          starts: Uint32Array.of(0, own.length),
          counts: new Uint8Array(own.length),
        };
        const { data } = forward.logits(sequences, [at]);
        own[at] = data.indexOf(Math.max(...data));
      }
      if (own.every((token, at) => token === truth[at])) right++;
    }
    expect(found?.accuracy.get(name)).toBe(right / (starts.length - 1));
  }
  expect(found?.accuracy.get('within by chain')).toBeGreaterThan(0);
  forward.release();
});
