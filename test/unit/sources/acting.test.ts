import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/core/matrix';
import { replicateNamed } from '../../../src/core/replicate';
import { stream } from '../../../src/core/stream';
import { DrawnExperiment } from '../../../src/run/drawn-experiment';
import { experienceOf } from '../../../src/sources/acting';
import type { KeptFiles } from '../../../src/sources/source';
import { sourceOf } from '../../../src/sources/sources';
import { costOf } from '../../../src/training/cost';
import type { Progress } from '../../../src/training/engine';
import { FusedEngine } from '../../../src/training/fused/engine';
import type { Sequences } from '../../../src/training/graph/batch';
import { withSequences } from '../../../src/training/graph/sequences';
import { draw, textsOf } from '../documents/reading';
import { errors, valid } from '../experiment/files';

const { corpus } = draw({ grid: { mazes: 2, objects: 5, latent: 2, view: 3, moves: 3, questions: 10 } });
const world = corpus.world!(null);
const settings = { discount: 0.9, entropy: 0.01, most: 10, reconstruction: 1, hindsight: false };
/** Tokens of a step: three pieces of a view, and the move. */
const STEP = 4;

/** What the network below says of the value where so many tokens are shown. */
const valueAt = (tokens: number): number => Math.fround(1 / (1 + (tokens + 1) / STEP));

/** A network that goes anywhere, each move as probable, and says that where one is has a value that falls with each step that it remembers. */
function wandering(): { logits: (sequences: Sequences, at: ArrayLike<number>) => Matrix<Float32Array> } {
  return {
    logits: ({ starts }, at) => {
      const cols = corpus.vocabulary.length + 1;
      const data = new Float32Array(at.length * cols);
      for (let row = 0; row < at.length; row++) {
        const begin = starts.findLast((start) => start < at[row]) ?? 0;
        data[row * cols + cols - 1] = valueAt(at[row] - begin);
      }
      return { rows: at.length, cols, data };
    },
  };
}

const documents = Uint32Array.from({ length: 40 }, (_, at) => 2 * at);
const acting = (more: Partial<typeof settings>, purpose = 'acts') =>
  experienceOf(wandering(), world, corpus.train, documents, { ...settings, ...more }, stream(purpose));

/** Pieces of each episode in order: what was sought where, views and moves; where it begins in the tokens. */
function episodesOf({ sequences }: ReturnType<typeof experienceOf>) {
  const texts = textsOf(corpus, { ...sequences, columns: [] });
  return texts.map(([goal, maze, ...steps], piece) => ({
    ...{ goal, maze, start: sequences.starts[piece] },
    moves: Array.from({ length: steps.length / STEP }, (_, step) => steps[STEP * step + STEP - 1]),
    views: Array.from({ length: steps.length / STEP }, (_, step) =>
      steps.slice(STEP * step, STEP * step + 3),
    ),
  }));
}

describe('acting by chance', () => {
  it('goes through worlds as their documents begin, and shows what is seen there', () => {
    const made = acting({});
    const pieces = episodesOf(made);
    const texts = textsOf(corpus, corpus.train);
    let [piece, reached] = [0, 0];
    for (const document of documents) {
      const text = texts[document];
      expect([pieces[piece].goal, pieces[piece].maze]).toEqual(text.slice(0, 2));
      expect(pieces[piece].views[0]).toEqual(text.slice(2, 5));
      const walk = world.begin(document, settings.most);
      for (let ended: unknown; ; piece++) {
        const { moves, views, goal } = pieces[piece];
        expect(goal).toBe(text[0]);
        expect(moves.length).toBeLessThanOrEqual(world.remembered);
        for (const [step, move] of moves.entries()) {
          expect(views[step].join('')).toBe(world.scene(document).seen(walk.places.at(-1)!).join(''));
          ended = walk.act(world.actions.indexOf(corpus.vocabulary.indexOf(move)));
        }
        if (typeof ended === 'string') {
          if (ended === 'reached') reached++;
          expect(walk.places.length - 1).toBeLessThanOrEqual(settings.most);
          piece++;
          break;
        }
      }
    }
    expect(piece).toBe(pieces.length);
    expect(made.reached).toBe(reached);
    expect(reached).toBeGreaterThan(2);
    expect(reached).toBeLessThan(documents.length);
  });

  /** What advantages are before they are centred and scaled, and the places of their actions, by the formula. */
  function surprising({ sequences, acted, reached }: ReturnType<typeof acting>) {
    return episodesOf({ sequences, acted, reached }).flatMap(({ start, moves }) => {
      const at = moves.map((_, step) => start + 2 + STEP * step + 3);
      const values = moves.map((_, step) => valueAt(2 + STEP * step + 3));
      const end = acted.returns[at.at(-1)!];
      const surprises = moves.map(
        (_, step) => (step === moves.length - 1 ? end : 0.9 * values[step + 1]) - values[step],
      );
      return at.map((place, step) => {
        const sum = surprises.reduce(
          (total, one, later) => total + (later < step ? 0 : one * (0.9 * 0.95) ** (later - step)),
          0,
        );
        return { place, sum, value: values[step], end };
      });
    });
  }

  function spreadOf(numbers: readonly number[]): { mean: number; deviation: number } {
    const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    const square = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / numbers.length;
    return { mean, deviation: Math.sqrt(square) };
  }

  it('estimates advantages as sums of later surprises, discounted, centred and of deviation 1', () => {
    const made = acting({ most: 3 });
    const { acted, sequences } = made;
    const surprises = surprising(made);
    const { mean, deviation } = spreadOf(surprises.map(({ sum }) => sum));
    for (const { place, sum, value, end } of surprises) {
      // Of the last step the return is the reward itself.
      expect([0, 1]).toContain(Math.round(end * 1e9) / 1e9);
      expect(acted.advantages[place]).toBeCloseTo((sum - mean) / (deviation + 1e-3), 8);
      expect(acted.returns[place]).toBeCloseTo(sum + value, 8);
      expect(acted.isAction[place]).toBe(1);
      expect(sequences.counts[place]).toBe(1);
    }
    const actions = acting({ most: 3, reconstruction: 0 });
    expect(actions.sequences.counts).toEqual(actions.acted.isAction);
  });

  it('takes what it came by for what it had sought, in hindsight', () => {
    const own = acting({ most: 20 });
    const made = acting({ most: 20, hindsight: true });
    expect(made.reached).toBe(own.reached);
    const { isAction, advantages, returns } = made.acted;
    const pieces = episodesOf(made);
    const before = episodesOf(own);
    expect(pieces.slice(0, before.length)).toEqual(before);
    const { deviation } = spreadOf(surprising(own).map(({ sum }) => sum));
    const relabelled = pieces.slice(before.length);
    expect(relabelled.length).toBeGreaterThan(10);
    let [latent, worse] = [0, 0];
    for (const { goal, maze, start, moves, views } of relabelled) {
      const places = Array.from(isAction.keys())
        .filter((at) => isAction[at] && at > start)
        .slice(0, moves.length);
      // The piece in which it gets there is rewarded at its end, where it is shown beside it.
      if (returns[places.at(-1)!] === 1) expect(views.at(-1)!.join('')).toContain(goal.slice('find_'.length));
      for (const place of places) {
        const above = returns[place] - valueAt(place - start);
        if (above < 0) worse++;
        expect(advantages[place]).toBeCloseTo(Math.max(0, above) / (deviation + 1e-3), 8);
      }
      const sought = textsOf(corpus, corpus.train).some(([g, m]) => g === goal && m === maze);
      if (!sought) latent++;
    }
    // What was never sought is among it, and what it did worse than it thinks.
    expect(latent).toBeGreaterThan(0);
    expect(worse).toBeGreaterThan(0);
  });

  it('is the same from the same stream alone', () => {
    expect(acting({})).toEqual(acting({}));
    expect(acting({}, 'other').sequences.tokens).not.toEqual(acting({}).sequences.tokens);
  });
});

/** Of a training that is long enough to see that it learns. */
const STEPS = 220;

function fileOf(phase: object, changes: object = {}): string {
  return JSON.stringify({
    stimuli: { documents: { grid: { mazes: 1, objects: 4, latent: 1, view: 3, moves: 4, questions: 8 } } },
    network: { transformer: { layers: 1, width: 32, heads: 2, mlp: 32, initialScale: 4 } },
    training: { batchSize: 32, learningRate: 0.003, checkpoints: 2, phases: [{ steps: 1, ...phase }] },
    networks: { net: {} },
    seeds: 1,
    analyses: { at: 'role == end' },
    ...changes,
  });
}

describe('training by reinforcement', () => {
  it('learns to get to what is sought, with bits that depend on nothing else', async () => {
    const experiment = valid(fileOf({ steps: STEPS, reinforcement: { most: 20, hindsight: true } }));
    const drawn = new DrawnExperiment(experiment);
    const kept: KeptFiles = { read: () => Promise.resolve(null), write: () => Promise.resolve() };
    const shares = new Map<number, number>();
    let end = new Float32Array();
    await sourceOf(experiment, { source: 'net' }).make(
      replicateNamed('net', 0),
      { engine: withSequences(FusedEngine.create()), sets: drawn.sets },
      {
        ...kept,
        write: (files) => {
          const text = Buffer.concat([files.get('training.json')!].flat()).toString();
          const { curve } = JSON.parse(text) as { curve: Progress[] };
          for (const { step, accuracy } of curve) shares.set(step, accuracy[0]);
          return Promise.resolve();
        },
      },
      { checkpoint: ({ parameters }) => void (end = parameters) },
    );
    const mean = (from: number, to: number): number => {
      const some = [...shares].filter(([step]) => step > from && step <= to).map(([, share]) => share);
      return some.reduce((sum, one) => sum + one, 0) / some.length;
    };
    expect(mean(STEPS - 60, STEPS)).toBeGreaterThan(mean(0, 60) + 0.05);
    // Without what says the value: the network is as large as one that was trained on documents.
    expect(end.length).toBe(experiment.networks[0].parameters);
    expect(createHash('sha256').update(Buffer.from(end.buffer)).digest('hex')).toBe(
      '732493ddf60625a87634eb0c81dfcf5246172e4e8d1e5fd9d13a9bd0b1f04e02',
    );
  }, 600_000);

  it('says before what it will take: the more, the longer episodes may be', () => {
    const secondsOf = (phase: object): number => {
      const experiment = valid(fileOf({ steps: 100, ...phase }));
      return costOf(experiment, experiment.networks[0]).seconds;
    };
    const [short, long] = [10, 20].map((most) => secondsOf({ reinforcement: { most } }));
    expect(long).toBeCloseTo(2 * short, 8);
    // Documents of some five moves each are read once, and forwards and backwards.
    expect(long).toBeGreaterThan(2 * secondsOf({}));
  });

  it('is refused where a network cannot act, in a sentence', () => {
    const messages = (text: string): string[] => errors(text).map(({ message }) => message);
    expect(errors(fileOf({ reinforcement: {} }))).toEqual([]);
    const reversals = { stimuli: { documents: { reversals: {} } }, analyses: { at: 'role == relation' } };
    expect(messages(fileOf({ reinforcement: {} }, reversals))).toEqual([
      "'reinforcement' is of documents that tell of a world in which a network can act ('grid'), which those of network 'net' do not. Remove it.",
    ]);
    expect(messages(fileOf({ reinforcement: {} }, { networks: { net: { retrieval: {} } } }))).toEqual([
      "Network 'net' has documents brought before its own, which one that is trained by reinforcement cannot have. Remove its 'retrieval', or 'reinforcement'.",
    ]);
    expect(messages(fileOf({ reinforcement: {}, ownAnswers: 'sought == latent' }))).toEqual([
      "A phase is trained by reinforcement or on what the network answers itself, not by both. Remove 'ownAnswers' or 'reinforcement'.",
    ]);
    expect(messages(fileOf({ reinforcement: { discount: 1.5 } }))[0]).toContain('discount');
  });
});
