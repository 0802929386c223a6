import type {
  AttentionDetail,
  AttentionWish,
  DocumentsDetail,
  DocumentsWish,
  SaidDocument,
} from '../protocol/documents';
import { exp } from '../core/elementary';
import type { Replicate } from '../core/replicate';
import type { Corpus } from '../stimuli/documents/corpus';
import { documentsOf } from '../stimuli/observations';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';
import { rightOf } from './asked-answers';
import { askedOf } from './seen-documents';
import type { TransformerNetwork } from './transformer-network';

/** Of training documents so many are asked, the first: they are all alike. */
const MOST_ASKED = 1024;

/**
 * What a network says of documents of a set, token by token.
 *
 * @throws RangeError where there is no such set
 */
export function saidDocuments(
  forward: Pick<GraphForward, 'answers' | 'logits'>,
  network: TransformerNetwork,
  corpus: Corpus,
  { set, shown, after, most }: DocumentsWish,
): Omit<DocumentsDetail, keyof Replicate | 'step' | 'set'> {
  const all = documentsOf(corpus);
  const own = all[set] as (typeof all)[number] | undefined;
  if (!own) throw new RangeError(`There is no evaluation set ${set}.`);
  const { options, environment } = set > 0 ? corpus.sets[set - 1] : {};
  const seen = askedOf(network, corpus, set).sequences;
  const asked = Math.min(seen.starts.length - 1, MOST_ASKED);
  const places = Array.from({ length: asked }, (_, document) => document);
  const { right } = rightOf(forward, {
    sequences: someOf(seen, places),
    documents: own,
    ...(environment ? { environment } : {}),
    ...(options ? { options: options.slice(0, asked) } : {}),
  });
  const matching = places.filter(
    (document) => shown === 'all' || (right[document] === 1) === (shown === 'right'),
  );
  const chosen = matching.slice(after, after + most);
  const ownLength = (document: number): number => own.starts[document + 1] - own.starts[document];
  return {
    asked,
    right: right.reduce((sum, one) => sum + one, 0),
    matching: matching.length,
    by: options ? 'choosing' : environment ? 'moving' : 'saying',
    ...{ layers: network.shape.layers, heads: network.shape.heads },
    documents: tokenByToken(forward, someOf(seen, chosen), corpus.vocabulary).map((document, i) => ({
      ...document,
      document: chosen[i],
      brought: document.tokens.length - ownLength(chosen[i]),
      isRight: right[chosen[i]] === 1,
    })),
  };
}

/**
 * Where a head of attention looks in a document, as the network sees it.
 *
 * @throws RangeError where there is no such set, document, layer or head
 */
export function attentionIn(
  forward: Pick<GraphForward, 'attention'>,
  network: TransformerNetwork,
  corpus: Corpus,
  { set, document, layer, head }: AttentionWish,
): AttentionDetail {
  if (set > corpus.sets.length) throw new RangeError(`There is no evaluation set ${set}.`);
  const { sequences } = askedOf(network, corpus, set);
  if (document >= sequences.starts.length - 1) throw new RangeError(`There is no document ${document}.`);
  const heads = forward.attention(sequences, document, layer);
  const map = heads[head] as Float32Array | undefined;
  if (!map) throw new RangeError(`There is no head ${head + 1}.`);
  const { starts, tokens } = sequences;
  return {
    tokens: Array.from(
      tokens.subarray(starts[document], starts[document + 1]),
      (token) => corpus.vocabulary[token],
    ),
    map,
  };
}

function tokenByToken(
  forward: Pick<GraphForward, 'answers'>,
  sequences: Sequences,
  vocabulary: readonly string[],
): Omit<SaidDocument, 'document' | 'brought' | 'isRight'>[] {
  const { tokens, starts, counts } = sequences;
  // Every token but the first of a document.
  const every = new Uint8Array(tokens.length).fill(1);
  for (const start of starts.subarray(0, -1)) every[start] = 0;
  const { at, said, sure, logProbability } = forward.answers({ tokens, starts, counts: every });
  const answerOf = new Map(Array.from(at, (place, i) => [place, i]));
  return Array.from(starts.subarray(0, -1), (start, document) => {
    const own = Array.from({ length: starts[document + 1] - start }, (_, i) => start + i);
    const each = <T>(of: (answer: number) => T): (T | null)[] =>
      own.map((place) => {
        const answer = answerOf.get(place);
        return answer === undefined ? null : of(answer);
      });
    return {
      tokens: own.map((place) => vocabulary[tokens[place]]),
      counts: own.map((place) => counts[place] === 1),
      said: each((answer) => vocabulary[said[answer]]),
      sure: each((answer) => exp(sure[answer])),
      probability: each((answer) => exp(logProbability[answer])),
    };
  });
}

/** Some documents of sequences, in this order. */
function someOf({ tokens, starts, counts }: Sequences, documents: readonly number[]): Sequences {
  const lengths = documents.map((document) => starts[document + 1] - starts[document]);
  const ends = Uint32Array.from([0, ...lengths]);
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  const some = {
    tokens: new Uint16Array(ends[lengths.length]),
    counts: new Uint8Array(ends[lengths.length]),
  };
  for (const [i, document] of documents.entries()) {
    some.tokens.set(tokens.subarray(starts[document], starts[document + 1]), ends[i]);
    some.counts.set(counts.subarray(starts[document], starts[document + 1]), ends[i]);
  }
  return { ...some, starts: ends };
}
