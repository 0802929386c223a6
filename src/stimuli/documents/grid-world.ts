import { stream, type Stream } from '../../core/stream';
import type { GridSpec } from '../../experiment/documents-file';
import {
  bestMove,
  distancesTo,
  drawMaze,
  floorOf,
  isInView,
  moved,
  reachedAtRandom,
  type Maze,
} from './maze';

export type GridSettings = Required<GridSpec>;

/** Mazes with what lies in them, and what is sought there in training. */
interface GridMaze extends Maze {
  /** Of each object, of each place: moves of the shortest way to it. */
  readonly to: readonly Int16Array[];
  /** Objects that are goals of training, and those that never are. */
  readonly goals: readonly number[];
  readonly latent: readonly number[];
  /** Places where trajectories of training begin, and others where those begin that are asked. */
  readonly trainedStarts: readonly number[];
  readonly newStarts: readonly number[];
}

/** A way: from a place of a maze to an object of it. */
export interface Way {
  readonly maze: number;
  readonly goal: number;
  readonly start: number;
}

export interface GridWorld {
  readonly mazes: readonly GridMaze[];
  readonly train: readonly Way[];
  /** From new starts: to goals of training and to latent ones, those asked for a move and those asked to get there. */
  readonly asked: Readonly<Record<'trained' | 'latent', Readonly<Record<'move' | 'reach', readonly Way[]>>>>;
}

/** Starts that are kept from training, of each maze. */
export function newStartsOf({ rooms, objects, heldOut }: GridSettings): number {
  return Math.max(1, Math.round(heldOut * (floorOf(rooms) - objects)));
}

/** Draws all mazes and ways. */
export function drawWorld(settings: GridSettings, seed: number): GridWorld {
  const { mazes: count, rooms, objects, latent: never } = settings;
  const random = (...purpose: (string | number)[]): Stream => stream('documents', 'grid', seed, ...purpose);
  const kept = newStartsOf(settings);
  const mazes = Array.from({ length: count }, (_, m): GridMaze => {
    const maze = drawMaze(rooms, objects, random('maze', m));
    const sought = [...random('latent', m).permutation(objects)];
    const starts = [...random('starts', m).permutation(maze.empty.length)].map((at) => maze.empty[at]);
    return {
      ...maze,
      to: maze.objects.map((place) => distancesTo(maze, place)),
      goals: sought.slice(never),
      latent: sought.slice(0, never),
      trainedStarts: starts.slice(kept),
      newStarts: starts.slice(0, kept),
    };
  });
  const ways = (goals: 'goals' | 'latent', starts: 'trainedStarts' | 'newStarts'): Way[] =>
    mazes.flatMap((maze, m) =>
      maze[goals].flatMap((goal) => maze[starts].map((start) => ({ maze: m, goal, start }))),
    );
  const asked = (goals: 'goals' | 'latent'): Record<'move' | 'reach', Way[]> => {
    const all = ways(goals, 'newStarts');
    const chosen = [...random('asked', goals).permutation(all.length)].map((at) => all[at]);
    const each = questionsOf(settings, goals);
    return { move: chosen.slice(0, each), reach: chosen.slice(each, 2 * each) };
  };
  return {
    mazes,
    train: ways('goals', 'trainedStarts'),
    asked: { trained: asked('goals'), latent: asked('latent') },
  };
}

/** How many ways each of two sets asks for that have none in common. */
function questionsOf(settings: GridSettings, goals: 'goals' | 'latent'): number {
  const { mazes, objects, latent, questions } = settings;
  const sought = goals === 'latent' ? latent : objects - latent;
  return Math.min(questions, Math.floor((mazes * sought * newStartsOf(settings)) / 2));
}

/** Places of a shortest way, from its start on, the goal not among them; so many at most. */
export function placesOf({ mazes }: GridWorld, { maze: m, goal, start }: Way, most: number): number[] {
  const maze = mazes[m];
  const places: number[] = [];
  for (let place = start; maze.to[goal][place] > 0 && places.length < most;) {
    places.push(place);
    place = moved(maze, place, bestMove(maze, maze.to[goal], place));
  }
  return places;
}

/** Moves within which a goal is to be reached: twice those of the shortest way. */
export function movesAllowed({ mazes }: GridWorld, { maze, goal, start }: Way): number {
  return 2 * mazes[maze].to[goal][start];
}

/** The shares of ways that are gone in time by who walks at random, and by who does so until the goal is in view. */
export function floorsOf(
  world: GridWorld,
  ways: readonly Way[],
  { view }: GridSettings,
): { blind: number; seeing: number } {
  const share = (reach: number): number => {
    const known = new Map<string, Float64Array[]>();
    let sum = 0;
    for (const way of ways) {
      const maze = world.mazes[way.maze];
      const key = `${way.maze} ${way.goal}`;
      let within = known.get(key);
      if (!within) {
        const goal = maze.objects[way.goal];
        const sees = (place: number): boolean => reach > 0 && isInView(maze, place, goal, reach);
        const to = maze.to[way.goal];
        within = reachedAtRandom(maze, to, 2 * to.reduce((most, moves) => Math.max(most, moves), 0), sees);
        known.set(key, within);
      }
      sum += within[movesAllowed(world, way)][way.start];
    }
    return sum / ways.length;
  };
  return { blind: share(0), seeing: share(view) };
}
