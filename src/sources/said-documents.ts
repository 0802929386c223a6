import {
  type AttentionDetail,
  type AttentionWish,
  documentsAsked,
  type DocumentsDetail,
  type DocumentsWish,
  type Episode,
  type SaidDocument,
} from '../protocol/documents';
import { exp } from '../core/elementary';
import type { Replicate } from '../core/replicate';
import type { Corpus } from '../stimuli/documents/corpus';
import type { Environment } from '../stimuli/documents/environment';
import { documentsOf } from '../stimuli/observations';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';
import { rightOf } from './asked-answers';
import { likeliest, walked } from './reached';
import { askedOf } from './seen-documents';
import { someOf } from './some-documents';
import type { TransformerNetwork } from './transformer-network';

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
  const asked = Math.min(seen.starts.length - 1, documentsAsked);
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
  const world = corpus.world?.(set === 0 ? null : corpus.sets[set - 1].name);
  const episodes = world && episodesOf(forward, world, chosen, someOf(seen, chosen), someOf(own, chosen));
  const ownLength = (document: number): number => own.starts[document + 1] - own.starts[document];
  return {
    asked,
    right: right.reduce((sum, one) => sum + one, 0),
    matching: matching.length,
    by: options ? 'choosing' : environment ? 'moving' : 'saying',
    ...{ layers: network.shape.layers, heads: network.shape.heads },
    ...(world ? { actions: Array.from(world.actions, (token) => corpus.vocabulary[token]) } : {}),
    documents: tokenByToken(forward, someOf(seen, chosen), corpus.vocabulary).map((document, i) => ({
      ...document,
      document: chosen[i],
      brought: document.tokens.length - ownLength(chosen[i]),
      isRight: right[chosen[i]] === 1,
      ...(episodes ? { episode: episodes[i] } : {}),
    })),
  };
}

/** How a network goes its own ways through the worlds of some documents. */
function episodesOf(
  forward: Pick<GraphForward, 'logits'>,
  world: Environment,
  chosen: readonly number[],
  sequences: Sequences,
  own: Pick<Sequences, 'starts'>,
): Episode[] {
  const ofThese: Environment = { ...world, begin: (i) => world.begin(chosen[i]) };
  const probabilities = chosen.map((): number[][] => []);
  const walks = walked(forward, ofThese, sequences, own, {
    choose: (logits, i) => {
      probabilities[i].push(probabilitiesOf(logits, world.actions));
      return likeliest(logits, world);
    },
  });
  return walks.map(({ isReached, actions, places }, i) => {
    const { seen, best, ...scene } = world.scene(chosen[i]);
    return {
      ...{ ...scene, isReached, places },
      steps: actions.map((action, step) => ({
        ...{ seen: seen(places[step]), action, best: best(places[step]) },
        probabilities: probabilities[i][step],
      })),
    };
  });
}

function probabilitiesOf(logits: Float32Array, tokens: Uint16Array): number[] {
  const most = logits.reduce((high, one) => Math.max(high, one), -Infinity);
  const sum = logits.reduce((total, one) => total + exp(one - most), 0);
  return Array.from(tokens, (token) => exp(logits[token] - most) / sum);
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
  const { at, said, sure, logProbability } = forward.answers({ ...sequences, counts: every });
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
