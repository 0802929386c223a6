import type { GridSettings } from './grid-world';
import { type Maze, MOVES, viewFrom } from './maze';
import { numbered } from './writer';

/** Signs of what is seen: a wall, floor, and then the objects. */
const SIGNS = '#.abcdefghijklmnopqrstuvwx';

/** The tokens of a gridworld: what is sought, the mazes, the moves, and pieces of rows of what is seen. */
export class GridWords {
  /** Of each object its letter. */
  readonly objects: readonly string[];
  /** Places of each piece of a row of the view. */
  private readonly pieces: readonly number[];
  private readonly firstMaze: number;
  readonly firstMove: number;
  /** Of each length of a piece the first token. */
  private readonly firstPiece: ReadonlyMap<number, number>;
  readonly vocabulary: readonly string[];

  constructor(private readonly settings: GridSettings) {
    const { objects, mazes, view, cells } = settings;
    const signs = SIGNS.slice(0, 2 + objects);
    this.objects = [...signs.slice(2)];
    this.pieces = Array.from({ length: Math.ceil(view / cells) }, (_, at) =>
      Math.min(cells, view - at * cells),
    );
    this.firstMaze = objects;
    this.firstMove = objects + mazes;
    const vocabulary = [
      ...this.objects.map((object) => `find_${object}`),
      ...numbered('m', mazes),
      ...MOVES.map(({ sign }) => sign),
    ];
    const firstPiece = new Map<number, number>();
    for (const length of new Set(this.pieces)) {
      firstPiece.set(length, vocabulary.length);
      let pieces = [''];
      for (let at = 0; at < length; at++)
        pieces = pieces.flatMap((piece) => [...signs].map((sign) => piece + sign));
      vocabulary.push(...pieces);
    }
    this.firstPiece = firstPiece;
    this.vocabulary = vocabulary;
  }

  /** Tokens of a view. */
  get viewLength(): number {
    return this.settings.view * this.pieces.length;
  }

  /** Moves of a document of so many tokens. */
  movesOf(tokens: number): number {
    return (tokens - 2) / (this.viewLength + 1);
  }

  /** Tokens of a document of so many moves. */
  lengthOf(moves: number): number {
    return 2 + moves * (this.viewLength + 1);
  }

  goal(object: number): number {
    return object;
  }

  maze(maze: number): number {
    return this.firstMaze + maze;
  }

  move(move: number): number {
    return this.firstMove + move;
  }

  /** A maze from above in signs, row by row. */
  map({ side, free, objects }: Maze): string[] {
    return this.#inSigns(
      Array.from(free, (isFree, place) => (isFree ? 2 + objects.indexOf(place) : 0)),
      side,
    );
  }

  /** What is seen from a place in signs, row by row. */
  seen(maze: Maze, place: number): string[] {
    const { view } = this.settings;
    return this.#inSigns(viewFrom(maze, place, view), view);
  }

  #inSigns(seen: readonly number[], width: number): string[] {
    return Array.from({ length: seen.length / width }, (_, row) =>
      seen
        .slice(row * width, (row + 1) * width)
        .map((one) => SIGNS[one])
        .join(''),
    );
  }

  /** What is seen from a place, row by row. */
  view(maze: Maze, place: number): number[] {
    const { view, objects } = this.settings;
    const seen = viewFrom(maze, place, view);
    let at = 0;
    return Array.from({ length: view }).flatMap(() =>
      this.pieces.map((length) => {
        let piece = 0;
        for (const end = at + length; at < end; at++) piece = piece * (2 + objects) + seen[at];
        return (this.firstPiece.get(length) ?? 0) + piece;
      }),
    );
  }
}
