import { stream } from '../core/stream';
import { truths } from '../experiment/evaluate';
import type { Expression } from '../experiment/expression';
import { quote } from '../experiment/names';
import { type Corpus, documentOf, type EvaluationSet } from '../stimuli/documents/corpus';
import { withNone, withRetrieved } from '../stimuli/documents/retrieval';
import { columnsOfTokens, documentsOf } from '../stimuli/observations';
import { StimuliError } from '../stimuli/stimuli-error';
import { countedReadings, type Sequences } from '../training/graph/batch';
import type { Effort } from './source';
import { formulasOf, type TransformerNetwork } from './transformer-network';

/** What a network is trained on: documents of some sequences, by their place there. */
export interface TrainedOn {
  /** In an epoch, from 0. */
  readonly sequences: (epoch: number) => Sequences;
  readonly documents: Uint32Array;
}

/** Documents as a network sees them that is asked about them. */
interface SeenDocuments {
  readonly sequences: Sequences;
  /** Where a token of the corpus stands in them. */
  readonly place: (at: number) => number;
}

/**
 * The training documents of a network, with what is brought before each: another draw in each epoch.
 *
 * @throws StimuliError where it sees none
 */
export function trainedOn(
  network: Pick<TransformerNetwork, 'name' | 'retrieval' | 'trainOn'>,
  corpus: Corpus,
  seed: number,
): TrainedOn {
  const { retrieval, name } = network;
  const isSeen = documentsFor(network.trainOn, corpus);
  const documents = Uint32Array.from(isSeen.keys()).filter((document) => isSeen[document] === 1);
  if (documents.length === 0) {
    const message = `'trainOn' of network ${quote(name)} holds for the first token of no training document. Write a formula that holds for some.`;
    throw new StimuliError(message, ['networks', name, 'trainOn']);
  }
  if (!retrieval?.train) {
    const sequences = retrieval ? withNone(corpus, corpus.train, retrieval) : corpus.train;
    return { sequences: () => sequences, documents };
  }
  let newest: { epoch: number; sequences: Sequences } | undefined;
  const sequences = (epoch: number): Sequences => {
    if (newest?.epoch !== epoch) {
      const random = stream('retrieval', name, seed, epoch);
      newest = { epoch, ...withRetrieved(corpus, null, retrieval, random, { documents, isSeen }) };
    }
    return newest.sequences;
  };
  return { sequences, documents: documents.map((_, at) => at) };
}

/** What a replicate took that was trained for so many epochs. @param weights of the layers, without tables and biases */
export function effortOf(
  network: TransformerNetwork,
  corpus: Corpus,
  { seed, epochs, weights }: { readonly seed: number; readonly epochs: number; readonly weights: number },
): Effort {
  const { sequences, documents } = trainedOn(network, corpus, seed);
  const { layers, width, vocabulary } = network.shape;
  let [counted, read, pairs] = [0, 0, 0];
  for (const { length, selected } of countedReadings(sequences(0), documents)) {
    counted += selected.length;
    read += length;
    pairs += (length * (length + 1)) / 2;
  }
  const forward = 2 * weights * read + 2 * width * vocabulary * counted + layers * 2 * 2 * width * pairs;
  const [lossTokens, readTokens, trainingOperations] = [counted, read, 3 * forward].map((each) =>
    Math.round(each * epochs),
  );
  return { lossTokens, readTokens, trainingOperations };
}

/** What all checkpoints and replicates of a network share. */
const known = new WeakMap<Corpus, Map<string, SeenDocuments>>();

/** The training documents (0) or those of the nth evaluation set, with what is brought before each: the same for all replicates. */
export function askedOf(network: TransformerNetwork, corpus: Corpus, of: number): SeenDocuments {
  let made = known.get(corpus);
  if (!made) known.set(corpus, (made = new Map<string, SeenDocuments>()));
  const key = JSON.stringify([network.trainOn, network.retrieval, of]);
  const found = made.get(key) ?? seenDocuments(network, corpus, of);
  made.set(key, found);
  return found;
}

function seenDocuments(network: TransformerNetwork, corpus: Corpus, of: number): SeenDocuments {
  const documents = documentsOf(corpus)[of];
  const { retrieval } = network;
  if (!retrieval?.test)
    return {
      sequences: retrieval ? withNone(corpus, documents, retrieval) : documents,
      place: (at) => at,
    };
  const set = of === 0 ? null : corpus.sets[of - 1].name;
  const isSeen = documentsFor(network.trainOn, corpus);
  const { sequences, before } = withRetrieved(corpus, set, retrieval, stream('retrieval', of), { isSeen });
  const { starts } = documents;
  return {
    sequences,
    place: (at) => {
      const document = documentOf(starts, at);
      return sequences.starts[document] + before[document] + at - starts[document];
    },
  };
}

/** By evaluation set in which what is asked stands in the context, in its documents or by retrieval: the share of the network's training documents in which what is said stands there before. */
export function contextShares(network: TransformerNetwork, corpus: Corpus): Map<string, number> {
  const { retrieval } = network;
  const brought = retrieval?.train ? retrieval.recall : 0;
  const inPhases = formulasOf(network).map((formula) => documentsFor(formula, corpus));
  const shareOf = (context: EvaluationSet['context']): number => {
    if (!context) return brought;
    const { columns, starts } = corpus.train;
    const column = columns.find(({ name }) => name === context.column);
    const code = column?.values.indexOf(context.value);
    const seen = [...starts.subarray(0, -1).keys()].filter((document) =>
      inPhases.some((isSeen) => isSeen[document] === 1),
    );
    const inContext = seen.filter((document) => column?.codes[starts[document]] === code);
    return Math.max(brought, inContext.length / Math.max(1, seen.length));
  };
  // What a document says after another of it is what retrieval brings, too.
  const any = corpus.sets.find(({ context }) => context)?.context;
  return new Map(
    corpus.sets.flatMap(({ name, context }) =>
      context || retrieval?.test ? [[name, shareOf(context ?? any)]] : [],
    ),
  );
}

/** Of each training document: 1 where a formula holds for its first token; null holds for all. */
export function documentsFor(formula: Expression | null, { train }: Corpus): Uint8Array {
  const { starts, tokens } = train;
  if (!formula) return new Uint8Array(starts.length - 1).fill(1);
  const held = truths(formula, columnsOfTokens(train), tokens.length);
  return Uint8Array.from(starts.subarray(0, -1), (start) => held[start]);
}
