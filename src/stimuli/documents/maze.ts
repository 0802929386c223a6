import type { Stream } from '../../core/stream';

/** Rooms of 3 × 3 floor side by side, walls between them, and doors in these; objects lie on the floor of rooms, and do not stand in the way. */
export interface Maze {
  /** Places of a row, and rows. A place is its row times this, plus its column. */
  readonly side: number;
  /** Of each place: 1 where one may stand. */
  readonly free: Uint8Array;
  /** Of each place, of each move, where it leads: walls let nobody through. */
  readonly after: Uint16Array;
  /** Of each object its place. */
  readonly objects: readonly number[];
  /** Floor of rooms without an object, upwards. */
  readonly empty: readonly number[];
}

/** Places of a side of a room. */
const ROOM = 3;

/** The moves, clockwise from north; of several that lead as far the first is the best. */
export const MOVES = [
  { name: 'north', sign: '↑', right: 0, down: -1 },
  { name: 'northeast', sign: '↗', right: 1, down: -1 },
  { name: 'east', sign: '→', right: 1, down: 0 },
  { name: 'southeast', sign: '↘', right: 1, down: 1 },
  { name: 'south', sign: '↓', right: 0, down: 1 },
  { name: 'southwest', sign: '↙', right: -1, down: 1 },
  { name: 'west', sign: '←', right: -1, down: 0 },
  { name: 'northwest', sign: '↖', right: -1, down: -1 },
] as const;

/** Places of floor that rooms have. */
export function floorOf(rooms: number): number {
  return (rooms * ROOM) ** 2;
}

/** Places of a side of a maze. */
export function sideOf(rooms: number): number {
  return rooms * (ROOM + 1) + 1;
}

/**
 * A maze all of whose rooms can be reached: each room has a door to one that is beside it, and where that is not enough there are more, as in Chan et al. (2022).
 *
 * @param rooms of a side, at least 2
 * @param objects no more than floor
 */
export function drawMaze(rooms: number, objects: number, random: Stream): Maze {
  const side = sideOf(rooms);
  const free = new Uint8Array(side * side);
  const floor: number[] = [];
  for (let place = 0; place < free.length; place++) {
    const [row, column] = [Math.floor(place / side), place % side];
    if (row % (ROOM + 1) === 0 || column % (ROOM + 1) === 0) continue;
    free[place] = 1;
    floor.push(place);
  }
  for (const [a, b] of doorsOf(rooms, random)) free[doorway(a, b, rooms, random.below(ROOM))] = 1;
  const chosen = [...random.permutation(floor.length).subarray(0, objects)].map((at) => floor[at]);
  const empty = floor.filter((place) => !chosen.includes(place));
  return { side, free, after: afterMoves(side, free), objects: chosen, empty };
}

function afterMoves(side: number, free: Uint8Array): Uint16Array {
  const after = new Uint16Array(free.length * MOVES.length);
  for (let place = 0; place < free.length; place++) {
    if (!free[place]) continue;
    for (const [move, { right, down }] of MOVES.entries()) {
      const to = place + down * side + right;
      after[place * MOVES.length + move] = free[to] ? to : place;
    }
  }
  return after;
}

/** Pairs of rooms, the lower first, between which there is a door. */
function doorsOf(rooms: number, random: Stream): [number, number][] {
  const count = rooms * rooms;
  const walls: [number, number][] = [];
  for (let room = 0; room < count; room++) {
    if (room % rooms < rooms - 1) walls.push([room, room + 1]);
    if (room < count - rooms) walls.push([room, room + rooms]);
  }
  const doors = new Set<number>();
  // Of each room one that is reached from all that it is joined with.
  const joined = Array.from({ length: count }, (_, room) => room);
  const open = (wall: number): void => {
    doors.add(wall);
    const [to, from] = walls[wall].map((room) => joined[room]);
    for (let room = 0; room < count; room++) if (joined[room] === from) joined[room] = to;
  };
  for (let room = 0; room < count; room++) {
    const own = [...walls.keys()].filter((wall) => walls[wall].includes(room));
    open(own[random.below(own.length)]);
  }
  for (const wall of random.permutation(walls.length)) {
    const [a, b] = walls[wall];
    if (joined[a] !== joined[b]) open(wall);
  }
  return [...doors].sort((a, b) => a - b).map((wall) => walls[wall]);
}

/** The place of a door in the wall between two rooms. @param along how far along the wall */
function doorway(a: number, b: number, rooms: number, along: number): number {
  const corner = (room: number): [row: number, column: number] => [
    Math.floor(room / rooms) * (ROOM + 1),
    (room % rooms) * (ROOM + 1),
  ];
  const [row, column] = corner(b);
  const isBeside = corner(a)[0] === row;
  return isBeside ? (row + 1 + along) * sideOf(rooms) + column : row * sideOf(rooms) + column + 1 + along;
}

/** Where a move leads from a place where one may stand. */
export function moved({ after }: Maze, place: number, move: number): number {
  return after[place * MOVES.length + move];
}

/** Of each place how many moves the shortest way from it to another takes (breadth-first search); -1 of walls. */
export function distancesTo({ free, after }: Maze, goal: number): Int16Array {
  const distances = new Int16Array(free.length).fill(-1);
  distances[goal] = 0;
  const reached = [goal];
  for (const place of reached)
    for (let move = 0; move < MOVES.length; move++) {
      const to = after[place * MOVES.length + move];
      if (distances[to] >= 0) continue;
      distances[to] = distances[place] + 1;
      reached.push(to);
    }
  return distances;
}

/** The first move of a shortest way; -1 at its end. @param distances to where it leads */
export function bestMove(maze: Maze, distances: Int16Array, place: number): number {
  for (let move = 0; move < MOVES.length; move++)
    if (distances[moved(maze, place, move)] < distances[place]) return move;
  return -1;
}

/** Whether one place is in the view from another. @param view places of its side */
export function isInView({ side }: Maze, from: number, place: number, view: number): boolean {
  const down = Math.floor(place / side) - Math.floor(from / side);
  const right = (place % side) - (from % side);
  return Math.max(Math.abs(down), Math.abs(right)) <= view >> 1;
}

/** What is seen from a place, row by row: 0 wall, or what is beyond the maze; 1 floor; 2 and more: an object. @param view places of its side */
export function viewFrom({ side, free, objects }: Maze, place: number, view: number): number[] {
  const [row, column] = [Math.floor(place / side), place % side];
  const reach = view >> 1;
  return Array.from({ length: view * view }, (_, at) => {
    const y = row + Math.floor(at / view) - reach;
    const x = column + (at % view) - reach;
    const seen = y * side + x;
    if (x < 0 || y < 0 || x >= side || y >= side || !free[seen]) return 0;
    // 1, floor, where there is none.
    return 2 + objects.indexOf(seen);
  });
}

/**
 * The probability of each place that who walks at random from it, each move as likely, is at the goal within so many moves.
 *
 * @param distances to the goal
 * @param most moves
 * @param sees from which places the shortest way is gone
 * @returns of each number of moves, from 0 to the most, of each place
 */
export function reachedAtRandom(
  { after }: Maze,
  distances: Int16Array,
  most: number,
  sees: (place: number) => boolean,
): Float64Array[] {
  const goal = distances.indexOf(0);
  const sighted = Uint8Array.from(distances, (distance, place) => (distance > 0 && sees(place) ? 1 : 0));
  const within = [new Float64Array(distances.length)];
  within[0][goal] = 1;
  for (let moves = 1; moves <= most; moves++) {
    const before = within[moves - 1];
    const now = new Float64Array(distances.length);
    now[goal] = 1;
    for (let place = 0; place < now.length; place++) {
      if (distances[place] <= 0) continue;
      if (sighted[place]) now[place] = distances[place] <= moves ? 1 : 0;
      else {
        let sum = 0;
        for (let move = 0; move < MOVES.length; move++) sum += before[after[place * MOVES.length + move]];
        now[place] = sum / MOVES.length;
      }
    }
    within.push(now);
  }
  return within;
}
