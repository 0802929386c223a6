import type { Documents } from '../stimuli/documents/corpus';
import type { Environment, Walk } from '../stimuli/documents/environment';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';

/** A walk as it went. */
interface Walked {
  readonly isReached: boolean;
  /** Of each step the action's place among all. */
  readonly actions: readonly number[];
  readonly places: readonly number[];
  /** Of each step what was shown before the action. */
  readonly shown: readonly (readonly number[])[];
}

/** How a network acts. */
interface Acting {
  /** The action that is done, by what predicts the next token in a document. */
  readonly choose: (logits: Float32Array, document: number) => number;
  /** Steps after which all that was before is forgotten at once, and not the oldest alone when there are more: what was shown then is documents. */
  readonly inPieces?: true;
}

/** A walk that goes on. */
interface Going {
  readonly document: number;
  readonly walk: Walk;
  readonly actions: number[];
  readonly shown: (readonly number[])[];
  /** The position of its first token. */
  readonly offset: number;
  /** What stays before it: documents that were brought, and the header of its own. */
  readonly before: Uint16Array;
  /** What was shown and done, step by step, the last without what is done next. */
  readonly steps: number[][];
}

/**
 * Lets a network act by what it says, and shows it what comes of it, until it gets there or time is over.
 *
 * @param sequences the documents as the network sees them
 * @param own the documents alone
 * @param acting does the likeliest action by default, the first of equal ones
 * @returns of each document
 */
export function walked(
  forward: Pick<GraphForward, 'logits'>,
  environment: Environment,
  sequences: Sequences,
  own: Pick<Documents, 'starts'>,
  { choose, inPieces }: Acting = { choose: (logits) => likeliest(logits, environment) },
): Walked[] {
  const { actions, header, step, remembered } = environment;
  const { tokens, starts, offsets } = sequences;
  const ended: Walked[] = [];
  let going = Array.from({ length: starts.length - 1 }, (_, document): Going => {
    const first = starts[document + 1] - (own.starts[document + 1] - own.starts[document]) + header;
    const seen = [...tokens.subarray(first, first + step - 1)];
    return {
      document,
      walk: environment.begin(document),
      actions: [],
      shown: [seen],
      offset: offsets?.[document] ?? 0,
      before: tokens.subarray(starts[document], first),
      steps: [[...seen]],
    };
  });
  while (going.length > 0) {
    const { shown, at } = showing(going, actions[0]);
    const { cols, data } = forward.logits(shown, at);
    going = going.filter((one, row) => {
      const action = choose(data.subarray(row * cols, (row + 1) * cols), one.document);
      one.actions.push(action);
      const next = one.walk.act(action);
      if (typeof next === 'string') {
        const { actions: done, shown: saw, walk } = one;
        const isReached = next === 'reached';
        ended[one.document] = { isReached, actions: done, places: walk.places, shown: saw };
        return false;
      }
      one.steps[one.steps.length - 1].push(actions[action]);
      one.steps.push([...next]);
      one.shown.push(next);
      if (one.steps.length > remembered) one.steps.splice(0, inPieces ? remembered : 1);
      return true;
    });
  }
  return ended;
}

/** The action that is said most loudly; the first of equal ones. */
export function likeliest(logits: Float32Array, { actions }: Pick<Environment, 'actions'>): number {
  let best = 0;
  for (const [action, token] of actions.entries()) if (logits[token] > logits[actions[best]]) best = action;
  return best;
}

/** What all that go on are shown, and the places of what they do next, where any token stands. */
function showing(going: readonly Going[], any: number): { shown: Sequences; at: Uint32Array } {
  const documents = going.map(({ before, steps }) => [...before, ...steps.flat(), any]);
  const starts = new Uint32Array(documents.length + 1);
  for (const [at, { length }] of documents.entries()) starts[at + 1] = starts[at] + length;
  const tokens = Uint16Array.from(documents.flat());
  return {
    shown: {
      ...{ tokens, starts, counts: new Uint8Array(tokens.length) },
      offsets: Uint32Array.from(going, ({ offset }) => offset),
    },
    at: Uint32Array.from(starts.subarray(1), (end) => end - 1),
  };
}

/** Of each document 1 where the network gets there in time. */
export function reachedBy(...asked: Parameters<typeof walked>): Uint8Array {
  return Uint8Array.from(walked(...asked), ({ isReached }) => (isReached ? 1 : 0));
}
