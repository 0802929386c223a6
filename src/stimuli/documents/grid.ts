import { Recent } from '../../core/recent';
import {
  type AskedShape,
  type ColumnShape,
  type DocumentsReader,
  type DocumentsShape,
  longestOf,
} from '../../experiment/documents';
import type { GridSpec } from '../../experiment/documents-file';
import type { DrawnCorpus } from './corpus';
import {
  drawWorld,
  floorsOf,
  newStartsOf,
  placesOf,
  type GridSettings,
  type GridWorld,
  type Way,
} from './grid-world';
import { environmentOf } from './grid-environment';
import { GridWords } from './grid-words';
import { bestMove, distancesTo, floorOf, isInView, MOVES, sideOf } from './maze';
import { DocumentsWriter, numbered, withPlaces } from './writer';

/** Shortest ways through mazes, and what is sought there. */
export const grid: DocumentsReader<GridSettings, GridSpec> = {
  key: 'grid',
  read: (spec, { path, problems }) => {
    const { mazes = 16, rooms = 2, objects = 8, latent = 2, view = 5, cells = 3, moves = 6 } = spec;
    const { heldOut = 0.25, questions = 64 } = spec;
    const settings = { mazes, rooms, objects, latent, view, cells, moves, heldOut, questions };
    const refuse = (key: keyof GridSettings, code: string, message: string): null => {
      problems.at([...path, key], code, message);
      return null;
    };
    if (latent >= objects) {
      const message = `Of ${objects} objects ${latent} are never sought, which leaves none to be sought in training. Lower 'latent'.`;
      return refuse('latent', 'too-many', message);
    }
    if (mazes * Math.min(latent, objects - latent) * newStartsOf(settings) < 2) {
      const message = `In one maze ${newStartsOf(settings)} start is kept from training, too few to ask for two ways. Raise 'heldOut' or 'mazes'.`;
      return refuse('heldOut', 'too-few', message);
    }
    const ways = mazes * (objects - latent) * (floorOf(rooms) - objects);
    if (ways > MOST_WAYS) {
      const message = `${mazes} mazes of ${rooms} × ${rooms} rooms have ${ways} ways to ${objects - latent} objects, more than ${MOST_WAYS}. Lower 'mazes', 'rooms' or 'objects'.`;
      return refuse('mazes', 'too-many', message);
    }
    return settings;
  },
  shape,
};

/** Of so many the lengths and floors are known in a moment. */
const MOST_WAYS = 2 ** 15;

const ROLES = ['none', 'goal', 'maze', 'view', 'end', 'move'] as const;
const [, GOAL, MAZE, VIEW, END, MOVE] = ROLES.keys();
const SOUGHT = ['none', 'trained', 'latent'] as const;
const STARTS = ['none', 'trained', 'heldOut'] as const;
const WAYS = ['none', ...MOVES.map(({ name }) => name), 'here'];
const IN_VIEW = ['none', 'no', 'yes'] as const;

/** What is asked, by name. The first sort of question says a move, the second is gone to its end. */
const ASKED = [
  {
    name: 'move to trained',
    says: 'The first move to goals of training, from starts that are not.',
    sought: 'trained',
    by: 'move',
  },
  {
    name: 'move to latent',
    says: 'The first move to objects that were never sought in the maze.',
    sought: 'latent',
    by: 'move',
  },
  {
    name: 'reach trained',
    says: 'To get to goals of training by its own moves, from starts that are not, within twice the shortest way.',
    sought: 'trained',
    by: 'reach',
  },
  {
    name: 'reach latent',
    says: 'To get to objects that were never sought in the maze by its own moves, within twice the shortest way.',
    sought: 'latent',
    by: 'reach',
  },
] as const;

/** Files are read at every key, and what is said of their grid stays the same. */
const shapes = new Recent<DocumentsShape>(8);

function shape(settings: GridSettings, seed: number): DocumentsShape {
  return shapes.get(JSON.stringify({ settings, seed }), () => foretold(settings, drawWorld(settings, seed)));
}

/** Lengths of ways depend on the mazes, which are small: they are drawn. */
function foretold(settings: GridSettings, world: GridWorld): DocumentsShape {
  const { mazes, rooms } = settings;
  const words = new GridWords(settings);
  const side = sideOf(rooms);
  const column = (name: string, values: readonly string[]): ColumnShape => ({
    name,
    values: ['none', ...values],
  });
  const coordinates = [...Array(side).keys()].map(String);
  const farthest = Math.max(
    ...world.mazes.flatMap(({ to }) =>
      to.map((moves) => moves.reduce((most, one) => Math.max(most, one), 0)),
    ),
  );
  const size = (ways: readonly Way[]): DocumentsShape['train'] => {
    const lengths = ways.map(({ maze, goal, start }) =>
      words.lengthOf(Math.min(settings.moves, world.mazes[maze].to[goal][start])),
    );
    return {
      documents: ways.length,
      tokens: lengths.reduce((sum, length) => sum + length, 0),
      longest: lengths.reduce((most, length) => Math.max(most, length), 0),
    };
  };
  return withPlaces({
    vocabulary: words.vocabulary,
    columns: [
      { name: 'role', values: ROLES },
      column('goal', words.objects),
      column('maze', numbered('m', mazes)),
      { name: 'sought', values: SOUGHT },
      { name: 'start', values: STARTS },
      column('place', numbered('p', side * side)),
      column('x', coordinates),
      column('y', coordinates),
      column('room', numbered('r', rooms * rooms)),
      column('distance', [...Array(farthest + 1).keys()].map(String)),
      { name: 'way', values: WAYS },
      { name: 'inView', values: IN_VIEW },
      { name: 'wayToLatent', values: WAYS },
      { name: 'latentInView', values: IN_VIEW },
      { name: 'wayToOther', values: WAYS },
      { name: 'otherInView', values: IN_VIEW },
    ],
    train: size(world.train),
    world: { step: words.viewLength + 1, remembered: settings.moves },
    sets: ASKED.map(({ name, says, sought, by }): AskedShape => {
      const ways = world.asked[sought][by];
      const { blind, seeing } = by === 'move' ? { blind: 0, seeing: 0 } : floorsOf(world, ways, settings);
      const floors =
        by === 'move'
          ? [{ name: 'that it is a move', score: 1 / MOVES.length }]
          : [
              { name: 'nothing, and walked at random', score: blind },
              { name: 'the way where the goal is in view, and walked at random until then', score: seeing },
            ];
      return { name, says, ...size(ways), floors };
    }),
  });
}

export function drawGrid(settings: GridSettings, seed: number, shape: DocumentsShape): DrawnCorpus {
  const world = drawWorld(settings, seed);
  const words = new GridWords(settings);
  const train = new DocumentsWriter(shape, null);
  for (const way of world.train) write(settings, world, words, train, way, 'all');
  // No more than there are positions for.
  const remembered = Math.min(settings.moves, words.movesOf(longestOf(shape)));
  const sets = ASKED.map(({ name, sought, by }) => {
    const to = new DocumentsWriter(shape, name);
    const ways = world.asked[sought][by];
    for (const way of ways) write(settings, world, words, to, way, by === 'move' ? 'first' : 'moves');
    return {
      ...to.asked(),
      ...(by === 'move' ? {} : { environment: environmentOf(world, words, ways, remembered) }),
    };
  });
  const waysOf = (set: string | null): readonly Way[] => {
    const asked = ASKED.find(({ name }) => name === set);
    return asked ? world.asked[asked.sought][asked.by] : world.train;
  };
  return {
    train: train.finish(),
    sets,
    world: (set) => environmentOf(world, words, waysOf(set), remembered),
    geodesics: (name, places) => {
      const maze = world.mazes[numbered('m', settings.mazes).indexOf(name)];
      const names = numbered('p', maze.side ** 2);
      const at = places.map((place) => names.indexOf(place));
      return Float64Array.from(
        at.flatMap((place, i) => {
          const distances = distancesTo(maze, place);
          return at.slice(i + 1).map((other) => distances[other]);
        }),
      );
    },
    relevant: nearestShowing(settings, world, waysOf),
  };
}

/**
 * Which ways show how to get to what another seeks: of those of its maze that come within sight of it in their document those that, before they do, come nearest to where the other begins, in moves.
 * The nearer, the more of their moves lead there.
 */
function nearestShowing(
  { moves, view }: GridSettings,
  world: GridWorld,
  waysOf: (set: string | null) => readonly Way[],
): DrawnCorpus['relevant'] {
  const byMaze = world.mazes.map((): { at: number; places: number[]; lastSeen: number[] }[] => []);
  for (const [at, way] of world.train.entries()) {
    const maze = world.mazes[way.maze];
    const places = placesOf(world, way, moves);
    const lastSeen = maze.objects.map((object) =>
      places.findLastIndex((place) => isInView(maze, place, object, view)),
    );
    byMaze[way.maze].push({ at, places, lastSeen });
  }
  const find = (set: string | null, document: number): Uint32Array => {
    const { maze, goal, start } = waysOf(set)[document];
    const aside = distancesTo(world.mazes[maze], start);
    let nearest = Infinity;
    let found: number[] = [];
    for (const { at, places, lastSeen } of byMaze[maze]) {
      if (set === null && at === document) continue;
      const before = places.slice(0, lastSeen[goal] + 1);
      const moved = Math.min(...before.map((place) => aside[place]));
      if (moved < nearest) [nearest, found] = [moved, []];
      if (before.length > 0 && moved === nearest) found.push(at);
    }
    return Uint32Array.from(found);
  };
  // Asked for in every epoch.
  const known = new Map<string, Uint32Array>();
  return (set, document) => {
    const key = JSON.stringify([set, document]);
    let found = known.get(key);
    if (!found) known.set(key, (found = find(set, document)));
    return found;
  };
}

/** A document: who seeks what where, and then in turn what is seen and the move that is made. @param counts which tokens count */
function write(
  { rooms, view, moves }: GridSettings,
  world: GridWorld,
  words: GridWords,
  to: DocumentsWriter,
  way: Way,
  counts: 'all' | 'first' | 'moves',
): void {
  const { maze: m, goal } = way;
  const maze = world.mazes[m];
  const [latent] = maze.latent;
  const other = maze.goals[(maze.goals.indexOf(goal) + 1) % maze.goals.length];
  const of = [
    goal + 1,
    m + 1,
    maze.latent.includes(goal) ? 2 : 1,
    maze.newStarts.includes(way.start) ? 2 : 1,
  ];
  to.token(words.goal(goal), false, [GOAL, ...of]);
  to.token(words.maze(m), counts === 'all', [MAZE, ...of]);
  for (const [step, place] of placesOf(world, way, moves).entries()) {
    const [y, x] = [Math.floor(place / maze.side), place % maze.side];
    const isDoor = x % 4 === 0 || y % 4 === 0;
    const towards = (object: number): [way: number, inView: number] => {
      const move = bestMove(maze, maze.to[object], place);
      return [
        move < 0 ? WAYS.length - 1 : move + 1,
        isInView(maze, place, maze.objects[object], view) ? 2 : 1,
      ];
    };
    const here = [
      ...of,
      place + 1,
      x + 1,
      y + 1,
      isDoor ? 0 : Math.floor(y / 4) * rooms + Math.floor(x / 4) + 1,
      maze.to[goal][place] + 1,
      ...towards(goal),
      ...towards(latent),
      ...towards(other),
    ];
    const seen = words.view(maze, place);
    for (const [at, token] of seen.entries())
      to.token(token, counts === 'all', [at < seen.length - 1 ? VIEW : END, ...here]);
    const isCounted = counts !== 'first' || step === 0;
    to.token(words.move(bestMove(maze, maze.to[goal], place)), isCounted, [MOVE, ...here]);
  }
  to.end();
}
