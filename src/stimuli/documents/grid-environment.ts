import type { Environment } from './environment';
import type { GridWords } from './grid-words';
import { movesAllowed, placesOf, type GridWorld, type Way } from './grid-world';
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
    scene: (document) => {
      const way = ways[document];
      const maze = world.mazes[way.maze];
      const to = maze.to[way.goal];
      const goal = maze.objects[way.goal];
      return {
        map: words.map(maze),
        goal,
        shortest: [...placesOf(world, way, Infinity), goal],
        most: movesAllowed(world, way),
        seen: (place) => words.seen(maze, place),
        best: (place) => [...MOVES.keys()].filter((move) => to[moved(maze, place, move)] < to[place]),
      };
    },
    seeking: (document, place) => {
      const object = world.mazes[ways[document].maze].objects.indexOf(place);
      return object < 0 ? null : words.goal(object);
    },
    begin: (document, most = movesAllowed(world, ways[document])) => {
      const way = ways[document];
      const maze = world.mazes[way.maze];
      const goal = maze.objects[way.goal];
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
