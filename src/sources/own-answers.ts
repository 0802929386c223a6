import type { Stream } from '../core/stream';
import { quote } from '../experiment/names';
import type { Corpus } from '../stimuli/documents/corpus';
import { withBrought } from '../stimuli/documents/retrieval';
import { StimuliError } from '../stimuli/stimuli-error';
import type { GraphForward } from '../training/graph/forward';
import type { TransformerNetwork } from './transformer-network';

/**
 * A corpus some of whose training documents a network answers itself: it is shown each after all that an oracle brings for it, in random order, and the likeliest tokens that it says take the place of those that count.
 * Each token of several is said after those that the corpus has before it.
 *
 * @param documents places of those that it answers
 * @throws StimuliError where it cannot read one with what is brought
 */
export function withOwnAnswers(
  corpus: Corpus,
  documents: Uint32Array,
  forward: Pick<GraphForward, 'answers'>,
  { name, shape }: Pick<TransformerNetwork, 'name' | 'shape'>,
  random: Stream,
): Corpus {
  const { train } = corpus;
  const context = Array.from(documents, (document) => {
    const relevant = corpus.relevant(null, document);
    return Uint32Array.from(random.permutation(relevant.length), (at) => relevant[at]);
  });
  const { sequences, before } = withBrought(train, train, documents, context);
  const { starts } = sequences;
  const longest = documents.reduce((most, _, at) => Math.max(most, starts[at + 1] - starts[at]), 0);
  if (longest > shape.length) {
    const message = `Network ${quote(name)} is to answer documents of ${longest} tokens itself, with what is brought for them, and reads ${shape.length} at most. Write a formula that holds for others in 'ownAnswers'.`;
    throw new StimuliError(message, ['networks', name]);
  }
  const { at, said } = forward.answers(sequences);
  const tokens = train.tokens.slice();
  let document = 0;
  for (const [i, place] of at.entries()) {
    while (place >= starts[document + 1]) document++;
    tokens[train.starts[documents[document]] + place - starts[document] - before[document]] = said[i];
  }
  return { ...corpus, train: { ...train, tokens } };
}
