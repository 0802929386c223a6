import type { Environment } from './environment';
import type { GridWords } from './grid-words';
import { movesAllowed, type GridWorld, type Way } from './grid-world';
import { moved, MOVES } from './maze';

/** Ways that are gone by one's own moves. */
export function environmentOf(
  world: GridWorld,
  words: GridWords,
  ways: readonly Way[],
  remembered: number,
): Environment {
  const step = words.viewLength + 1;
  return {
    actions: Uint16Array.from(MOVES, (_, move) => words.move(move)),
    header: 2,
    step,
    remembered,
    begin: (document) => {
      const way = ways[document];
      const maze = world.mazes[way.maze];
      const goal = maze.objects[way.goal];
      const most = movesAllowed(world, way);
      const places = [way.start];
      return {
        places,
        act: (move) => {
          const place = moved(maze, places[places.length - 1], move);
          places.push(place);
          if (place === goal) return 'reached';
          return places.length > most ? 'late' : words.view(maze, place);
        },
      };
    },
  };
}
