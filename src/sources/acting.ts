import type { Stream } from '../core/stream';
import type { Reinforcement } from '../experiment/experiment';
import type { Documents } from '../stimuli/documents/corpus';
import type { Environment } from '../stimuli/documents/environment';
import { type Acted, softmaxOf } from '../training/graph/actor-critic';
import type { Sequences } from '../training/graph/batch';
import type { GraphForward } from '../training/graph/forward';
import { walked } from './reached';
import { someOf } from './some-documents';

/** How far advantages look ahead: 1 to the end of the episode, 0 to the next value. */
const LAMBDA = 0.95;

/** An episode, or the beginning of one as though something else had been sought. */
interface Episode {
  /** What is sought where: the tokens before the first step. */
  readonly header: readonly number[];
  /** Of each step what was shown, and the action's token. */
  readonly shown: readonly (readonly number[])[];
  readonly actions: readonly number[];
  /** The discounted reward that came of it. */
  readonly returns: readonly number[];
  /** NaN in hindsight, until the network says what it would have expected. */
  readonly advantages: readonly number[];
}

/** What comes of acting once in each of some documents. */
interface Experience {
  /** What was shown and done, in pieces that are as long as is remembered. */
  readonly sequences: Sequences;
  readonly acted: Acted;
  /** Episodes that got to what they sought. */
  readonly reached: number;
}

/**
 * Lets a network act by chance in the worlds of documents, each action with the probability that it has among actions.
 *
 * @param forward of a program with a value after its tokens
 * @param train training documents
 * @param documents places of those in which it acts
 */
export function experienceOf(
  forward: Pick<GraphForward, 'logits'>,
  world: Environment,
  train: Documents,
  documents: Uint32Array,
  settings: Reinforcement,
  random: Stream,
): Experience {
  const { actions, header } = world;
  const own = someOf(train, documents);
  const values = Array.from(documents, (): number[] => []);
  const ofThese: Environment = {
    ...world,
    begin: (i) => world.begin(documents[i], settings.most),
  };
  const walks = walked(forward, ofThese, own, own, {
    choose: (logits, i) => {
      values[i].push(logits[logits.length - 1]);
      return drawn(softmaxOf(Array.from(actions, (token) => logits[token])), random);
    },
    inPieces: true,
  });
  const episodes = walks.map(({ actions: done, shown, isReached }, i): Episode => ({
    header: [...own.tokens.subarray(own.starts[i], own.starts[i] + header)],
    ...{ shown, actions: done.map((action) => actions[action]) },
    ...estimated(values[i], isReached ? 1 : 0, settings.discount),
  }));
  const relabelled = settings.hindsight
    ? episodes.flatMap((episode, i) =>
        inHindsight(episode, walks[i].places, (place) => world.seeking(documents[i], place), settings),
      )
    : [];
  const { mean, deviation } = spreadOf(episodes.flatMap(({ advantages }) => advantages));
  const standardised = episodes.map((episode) => ({
    ...episode,
    advantages: episode.advantages.map((one) => (one - mean) / deviation),
  }));
  const made = inPieces([...standardised, ...relabelled], world, settings);
  if (relabelled.length > 0) judge(forward, made, deviation);
  return { ...made, reached: walks.reduce((sum, { isReached }) => sum + (isReached ? 1 : 0), 0) };
}

/** @returns the place of one of some probabilities, with that probability */
function drawn(probabilities: readonly number[], random: Stream): number {
  let left = random.uniform();
  for (const [at, one] of probabilities.entries()) {
    left -= one;
    if (left < 0) return at;
  }
  return probabilities.length - 1;
}

/** Generalised advantage estimation; what values are to say is the advantage above what they said. @param reward at the end */
function estimated(
  values: readonly number[],
  reward: number,
  discount: number,
): Pick<Episode, 'returns' | 'advantages'> {
  const advantages = values.map(() => 0);
  let [next, later] = [0, 0];
  for (let step = values.length - 1; step >= 0; step--) {
    const gained = step === values.length - 1 ? reward : 0;
    later = gained + discount * next - values[step] + discount * LAMBDA * later;
    advantages[step] = later;
    next = values[step];
  }
  return { returns: advantages.map((advantage, step) => advantage + values[step]), advantages };
}

/** Added to the standard deviation of advantages: where next to nothing is rewarded, next to nothing is learned. */
const LEAST_DEVIATION = 1e-3;

/** By these advantages are centred and scaled, all of a step together: while rewards are rare, they would else drown in what is learned of what is shown. */
function spreadOf(advantages: readonly number[]): { mean: number; deviation: number } {
  const mean = advantages.reduce((sum, one) => sum + one, 0) / advantages.length;
  const square = advantages.reduce((sum, one) => sum + (one - mean) ** 2, 0) / advantages.length;
  return { mean, deviation: Math.sqrt(square) + LEAST_DEVIATION };
}

/**
 * Fills in the advantages of hindsight: how much more came of an action than the network says, in deviations of the others; 0 where it was less (self-imitation; Oh et al. 2018, arXiv 1806.05635), as what was done
 * there was done for something else.
 */
function judge(
  forward: Pick<GraphForward, 'logits'>,
  { sequences, acted: { returns, advantages } }: Omit<Experience, 'reached'>,
  deviation: number,
): void {
  const at = Uint32Array.from(advantages.keys()).filter((place) => Number.isNaN(advantages[place]));
  const { cols, data } = forward.logits(sequences, at);
  at.forEach((place, row) => {
    advantages[place] = Math.max(0, returns[place] - data[row * cols + cols - 1]) / deviation;
  });
}

/** Beginnings of an episode up to the first time that it came by something, as though that had been sought. @param seeking what lies at a place, as the token that seeks it */
function inHindsight(
  { header: [sought, ...header], shown, actions }: Pick<Episode, 'header' | 'shown' | 'actions'>,
  places: readonly number[],
  seeking: (place: number) => number | null,
  { discount }: Pick<Reinforcement, 'discount'>,
): Episode[] {
  const met = new Set([sought]);
  return places.slice(1).flatMap((place, before): Episode[] => {
    const goal = seeking(place);
    if (goal === null || met.has(goal)) return [];
    met.add(goal);
    const steps = before + 1;
    return [
      {
        ...{ header: [goal, ...header], shown: shown.slice(0, steps), actions: actions.slice(0, steps) },
        returns: Array.from({ length: steps }, (_, step) => discount ** (steps - 1 - step)),
        advantages: Array<number>(steps).fill(NaN),
      },
    ];
  });
}

/** Episodes as documents, in pieces of as many steps as are remembered. */
function inPieces(
  episodes: readonly Episode[],
  { actions: all, remembered }: Environment,
  { entropy, reconstruction }: Reinforcement,
): Omit<Experience, 'reached'> {
  const tokens: number[] = [];
  const counts: number[] = [];
  const isAction: number[] = [];
  const returns: number[] = [];
  const advantages: number[] = [];
  const starts = [0];
  const add = (token: number, counted: boolean, action?: { of: number; better: number }): void => {
    tokens.push(token);
    counts.push(counted ? 1 : 0);
    isAction.push(action ? 1 : 0);
    returns.push(action?.of ?? 0);
    advantages.push(action?.better ?? 0);
  };
  for (const episode of episodes)
    for (const [step, action] of episode.actions.entries()) {
      if (step % remembered === 0) {
        if (tokens.length > 0) starts.push(tokens.length);
        for (const token of episode.header) add(token, false);
      }
      for (const token of episode.shown[step]) add(token, reconstruction > 0);
      add(action, true, { of: episode.returns[step], better: episode.advantages[step] });
    }
  starts.push(tokens.length);
  return {
    sequences: {
      ...{ tokens: Uint16Array.from(tokens), counts: Uint8Array.from(counts) },
      starts: Uint32Array.from(starts),
    },
    acted: {
      ...{ actions: all, isAction: Uint8Array.from(isAction), entropy, reconstruction },
      ...{ returns: Float64Array.from(returns), advantages: Float64Array.from(advantages) },
    },
  };
}
