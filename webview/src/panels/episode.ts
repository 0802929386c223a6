import type { DocumentsDetail, Episode, SaidDocument } from '../../../src/protocol/documents';
import type { Cell } from '../cell';
import { pictureChart } from '../charts/picture-chart';
import type { Axis, LegendGroup, Mark, Picture, Plot } from '../charts/picture';
import type { FigureContent } from '../figure-content';
import { percent, plural, shown } from '../number';
import type { Option } from '../panel';

/** On a shortest way, and not. */
const RIGHT = { classes: 0 } as const;
const WRONG = { classes: 1 } as const;

/** The steps of a way, and where it ends. */
export function stepsOf({ steps, isReached }: Episode, actions: readonly string[]): Option<number>[] {
  return steps.map(({ action, best }, step) => {
    const says = `${step + 1} of ${steps.length}: ${actions[action] ?? ''}${best.includes(action) ? '' : ' ✗'}`;
    const ends = step === steps.length - 1 ? (isReached ? ', there' : ', time is over') : '';
    return { value: step, label: says + ends };
  });
}

/** How a network goes its own way through a maze, and what it is shown and says at one step of it. @param pick chooses a step */
export function episodeFigure(
  { document, tokens, brought, episode }: SaidDocument & { readonly episode: Episode },
  at: number,
  { actions = [] }: Pick<DocumentsDetail, 'actions'>,
  { whose, set, pick }: { whose: string; set: string; pick: (step: number) => void },
): FigureContent {
  const [sought, where] = tokens.slice(brought);
  const { steps, shortest, isReached, most, map } = episode;
  const now = steps[at];
  const name = `document ${document} of “${set}”`;
  const wrong = steps.filter(({ action, best }) => !best.includes(action)).length;
  const end = isReached
    ? `It gets there in ${plural(steps.length, 'move')}`
    : `It does not get there in ${plural(steps.length, 'move')}, which is all it has`;
  const onMoves = now?.probabilities.reduce((sum, one) => sum + one, 0) ?? 0;
  return {
    chart: pictureChart(() =>
      picture(episode, at, actions, { head: `${where ?? ''}: ${sought ?? ''}`, pick }),
    ),
    of: `${whose}-${set}-${document}`,
    description: `A maze of ${map.length} by ${map.length} places, and the way of the network: ${end.toLowerCase()}; the shortest way takes ${shortest.length - 1}.`,
    caption:
      `${whose}; ${name}: “${sought ?? ''}” in ${where ?? ''}. ${end}; the shortest way takes ${shortest.length - 1}, and it has ${most}. ${wrong === 0 ? 'None of its moves leads' : `${wrong} of its moves ${wrong === 1 ? 'leads' : 'lead'}`} off the shortest ways. ` +
      'Left: the maze from above; letters: objects; grey square: what is seen. The network goes by its likeliest moves. ' +
      `Beside it: what it is shown at step ${at + 1}, in the signs of its tokens, and the probability of each move there (in all ${percent(onMoves)}; the rest is of tokens that are no moves); ring: the move that it goes. A click on a step goes to it.`,
    table: {
      columns: [
        'step',
        'x',
        'y',
        'sees',
        'goes',
        'shortest',
        'right',
        ...actions.map((one) => `says ${one}`),
      ],
      rows: steps.map((step, i): Cell[] => [
        ...[i + 1, ...placeOf(episode, episode.places[i] ?? 0), step.seen.join(' ')],
        ...[actions[step.action] ?? '', step.best.map((one) => actions[one] ?? '').join(' ')],
        step.best.includes(step.action) ? 'yes' : 'no',
        ...step.probabilities,
      ]),
    },
  };
}

function placeOf({ map }: Episode, place: number): [x: number, y: number] {
  const side = map[0]?.length ?? 1;
  return [place % side, Math.floor(place / side)];
}

function picture(
  episode: Episode,
  at: number,
  actions: readonly string[],
  { head, pick }: { head: string; pick: (step: number) => void },
): Picture {
  return {
    panels: [
      { title: head, plots: [mapOf(episode, at, actions, pick)] },
      {
        title: `Step ${at + 1}: what it sees and says`,
        plots: [viewOf(episode, at), movesOf(episode, at, actions)],
      },
    ],
    panelWidth: { least: 225, most: 330 },
    legend: [LEGEND],
    enter: 'to this step',
  };
}

const LEGEND: LegendGroup = {
  entries: [
    { name: 'on a shortest way', colour: RIGHT, shape: 'disc' },
    { name: 'off it', colour: WRONG, shape: 'x' },
    { name: 'a shortest way', colour: 'muted', dash: [4, 3] },
  ],
};

/** An axis of places, each about its number. */
function places(count: number, downwards = false): Axis {
  const range = [-0.5, count - 0.5] as const;
  return { title: '', range: downwards ? [range[1], range[0]] : range, bare: true, ticks: [] };
}

function mapOf(episode: Episode, at: number, actions: readonly string[], pick: (step: number) => void): Plot {
  const { map, goal, shortest, places: went, steps } = episode;
  const [columns, rows] = [map[0]?.length ?? 0, map.length];
  const ways = steps.map((_, step) => placeOf(episode, went[step] ?? 0));
  const isRight = steps.map(({ action, best }) => best.includes(action));
  const [x, y] = ways[at] ?? [0, 0];
  const reach = (steps[at]?.seen.length ?? 1) / 2;
  const marks: Mark[] = [
    {
      ...{ kind: 'boxes', colour: 'muted', opacity: 0.25 },
      boxes: [{ x: [x - reach, x + reach], y: [y - reach, y + reach] }],
    },
    { kind: 'boxes', boxes: wallsOf(map), colour: 'muted', opacity: 1 },
    way(episode, shortest, { name: 'a shortest way', colour: 'muted', width: 2, dash: [4, 3] }),
    way(episode, went, { name: 'the way of the network', colour: RIGHT, width: 1.5 }),
    ...[true, false].map((right): Mark => {
      const those = [...steps.keys()].filter((step) => isRight[step] === right);
      return {
        ...{
          kind: 'points',
          colour: right ? RIGHT : WRONG,
          shape: right ? 'disc' : 'x',
          radius: right ? 4 : 5,
        },
        rim: true,
        x: those.map((step) => ways[step]?.[0] ?? 0),
        y: those.map((step) => ways[step]?.[1] ?? 0),
        ...{ selected: { points: those.indexOf(at) < 0 ? [] : [those.indexOf(at)], by: 'ring' } },
        says: (point: number) => stepText(episode, those[point] ?? 0, actions),
        pick: (point: number) => pick(those[point] ?? 0),
      };
    }),
    objectsOf(episode, goal),
  ];
  const axes = { x: places(columns), y: places(rows, true), equal: true };
  return { ...axes, height: 0, square: true, plain: true, marks };
}

function way(
  episode: Episode,
  through: readonly number[],
  look: { name: string; colour: 'muted' | typeof RIGHT; width: number; dash?: readonly number[] },
): Mark {
  const points = through.map((place) => {
    const [x, y] = placeOf(episode, place);
    return { x, y };
  });
  return { kind: 'line', ...look, points };
}

/** Stretches of wall, row by row. */
function wallsOf(map: readonly string[]): { x: [number, number]; y: [number, number] }[] {
  return map.flatMap((row, y) =>
    [...row.matchAll(/#+/g)].map(({ 0: { length }, index }) => ({
      x: [index - 0.5, index + length - 0.5] as [number, number],
      // A little into the next row: no seam is to be seen.
      y: [y - 0.5, Math.min(map.length - 0.5, y + 0.52)] as [number, number],
    })),
  );
}

function objectsOf(episode: Episode, goal: number): Mark {
  const objects = episode.map.flatMap((row, y) =>
    [...row].flatMap((sign, x) =>
      /[a-z]/.test(sign) ? [{ sign, x, y, isGoal: y * row.length + x === goal }] : [],
    ),
  );
  return {
    kind: 'words',
    x: objects.map(({ x }) => x),
    y: objects.map(({ y }) => y),
    words: objects.map(({ sign }) => sign),
    framed: (at) => objects[at]?.isGoal === true,
    says: (at) => [
      `Object ${objects[at]?.sign ?? ''}${objects[at]?.isGoal === true ? ', which is sought' : ''}`,
    ],
  };
}

function stepText(episode: Episode, step: number, actions: readonly string[]): string[] {
  const { action = 0, best = [], probabilities = [] } = episode.steps[step] ?? {};
  const ways = best.map((one) => actions[one] ?? '').join(' or ');
  return [
    `Step ${step + 1}: goes ${actions[action] ?? ''} (probability ${shown(probabilities[action] ?? null, true)})`,
    best.includes(action) ? 'On a shortest way' : `The shortest way: ${ways}`,
  ];
}

function viewOf({ steps }: Episode, at: number): Plot {
  const seen = steps[at]?.seen ?? [];
  const signs = seen.flatMap((row, y) => [...row].map((sign, x) => ({ sign, x, y })));
  const middle = (seen.length - 1) / 2;
  return {
    ...{ x: places(seen.length), y: places(seen.length, true), height: 84, equal: true, plain: true },
    marks: [
      {
        kind: 'words',
        x: signs.map(({ x }) => x),
        y: signs.map(({ y }) => y),
        words: signs.map(({ sign }) => sign),
        framed: (one) => signs[one]?.x === middle && signs[one].y === middle,
      },
    ],
  };
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, name: String(at) }));

function movesOf({ steps }: Episode, at: number, actions: readonly string[]): Plot {
  const { probabilities = [], best = [], action = 0 } = steps[at] ?? {};
  const bars = (isBest: boolean): Mark => {
    const moves = [...actions.keys()].filter((move) => best.includes(move) === isBest);
    return {
      ...{ kind: 'boxes', colour: isBest ? RIGHT : WRONG, opacity: 0.85 },
      boxes: moves.map((move) => ({ x: [move - 0.35, move + 0.35], y: [0, probabilities[move] ?? 0] })),
      says: (box: number) => {
        const move = moves[box] ?? 0;
        const does = move === action ? ', which it goes' : '';
        return [`${actions[move] ?? ''}${does}: probability ${shown(probabilities[move] ?? 0, true)}`];
      },
    };
  };
  const shape = (moves: readonly number[], isBest: boolean): Mark => ({
    ...{ kind: 'points', x: moves, y: moves.map(() => 1.06), radius: 4 },
    ...{ colour: isBest ? RIGHT : WRONG, shape: isBest ? 'disc' : 'x' },
    ...{ selected: { points: moves.includes(action) ? [moves.indexOf(action)] : [], by: 'ring' } },
    says: (point: number) => [
      `${actions[moves[point] ?? 0] ?? ''}: ${isBest ? 'on a shortest way' : 'off the shortest ways, and what it goes'}`,
    ],
  });
  return {
    x: {
      ...{ title: 'Probability by move', range: [-0.5, actions.length - 0.5] },
      names: actions.map((name, move) => ({ at: move, name })),
    },
    y: { title: '', range: [0, 1.14], ticks: QUARTERS },
    height: 126,
    marks: [bars(true), bars(false), shape(best, true), shape(best.includes(action) ? [] : [action], false)],
  };
}
