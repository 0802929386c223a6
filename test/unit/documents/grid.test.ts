import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridSpec } from '../../../src/experiment/documents-file';
import type { Documents, EvaluationSet } from '../../../src/stimuli/documents/corpus';
import { bytesOf, expectAsForetold } from './as-foretold';
import { columnOf, countedOf, draw, read, setOf, textsOf } from './reading';

const small = { mazes: 4, objects: 5, latent: 2, moves: 20, questions: 20, cells: 1 } as const;
const { corpus } = draw({ grid: small });
const sets = new Map(corpus.sets.map((set) => [set.name, set]));
const MOVES = ['↑', '↗', '→', '↘', '↓', '↙', '←', '↖'];
const STEPS = [[0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1]]; // prettier-ignore

/** What all training documents together show of a maze: signs by x and y, put together from the views alone. */
function seenIn(maze: string): Map<string, string> {
  const [x, y, roles, mazes] = ['x', 'y', 'role', 'maze'].map((name) => columnOf(corpus.train, name));
  const seen = new Map<string, string>();
  for (const [d, text] of textsOf(corpus, corpus.train).entries()) {
    if (mazes[d][0] !== maze) continue;
    for (let t = 2; t < text.length; t += 26) {
      expect(roles[d].slice(t, t + 26)).toEqual([...Array<string>(24).fill('view'), 'end', 'move']);
      for (let at = 0; at < 25; at++) {
        const place = `${Number(x[d][t]) + (at % 5) - 2} ${Number(y[d][t]) + Math.floor(at / 5) - 2}`;
        expect(seen.get(place) ?? text[t + at]).toBe(text[t + at]);
        seen.set(place, text[t + at]);
      }
    }
  }
  return seen;
}

/** Moves of the shortest way to an object from everywhere, by going over all places until nothing changes. */
function relaxed(seen: ReadonlyMap<string, string>, object: string): Map<string, number> {
  const far = new Map(
    [...seen].filter(([, sign]) => sign !== '#').map(([at, sign]) => [at, sign === object ? 0 : Infinity]),
  );
  for (let changed = true; changed;) {
    changed = false;
    for (const [at, moves] of far)
      for (const next of aroundOf(at)) {
        const over = (far.get(next) ?? Infinity) + 1;
        if (over < moves && over < (far.get(at) ?? 0)) {
          far.set(at, over);
          changed = true;
        }
      }
  }
  return far;
}

function aroundOf(at: string): string[] {
  const [x, y] = at.split(' ').map(Number);
  return STEPS.map(([right, down]) => `${x + right} ${y + down}`);
}

const mazes = new Map(['m0', 'm1', 'm2', 'm3'].map((maze) => [maze, seenIn(maze)]));

describe('grid', () => {
  it('are as foretold, whatever the settings', () => {
    const settings = fc.record({
      mazes: fc.integer({ min: 1, max: 4 }),
      rooms: fc.integer({ min: 2, max: 3 }),
      objects: fc.integer({ min: 2, max: 10 }),
      latent: fc.integer({ min: 1, max: 4 }),
      view: fc.constantFrom(3 as const, 5 as const, 7 as const),
      cells: fc.integer({ min: 1, max: 2 }),
      moves: fc.integer({ min: 1, max: 8 }),
      heldOut: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      questions: fc.integer({ min: 1, max: 20 }),
    });
    let drawn = 0;
    fc.assert(
      fc.property(settings, fc.nat(), (grid, seed) => {
        if (!read({ grid }).plan) return;
        expectAsForetold(draw({ grid }, seed));
        drawn++;
      }),
      { numRuns: 12 },
    );
    expect(drawn).toBeGreaterThan(5);
  });

  it('show mazes that agree from everywhere, with every object once, and all floor can be reached', () => {
    for (const seen of mazes.values()) {
      const objects = [...seen.values()].filter((sign) => sign >= 'a' && sign <= 'z').sort();
      expect(objects).toEqual(['a', 'b', 'c', 'd', 'e']);
      // 36 places of rooms, and at least 3 doors.
      const floor = [...seen.values()].filter((sign) => sign !== '#').length;
      expect(floor).toBeGreaterThanOrEqual(39);
      expect([...relaxed(seen, 'a').values()].every(Number.isFinite)).toBe(true);
    }
  });

  it('go the shortest way to what is sought, and say how far it is and where', () => {
    const all = [corpus.train, ...corpus.sets.map(({ documents }) => documents)];
    for (const documents of all) {
      const column = Object.fromEntries(
        ['goal', 'maze', 'x', 'y', 'distance', 'way', 'inView'].map((name) => [
          name,
          columnOf(documents, name),
        ]),
      );
      for (const [d, text] of textsOf(corpus, documents).entries()) {
        const [goal, maze] = [column.goal[d][0], column.maze[d][0]];
        expect(text.slice(0, 2)).toEqual([`find_${goal}`, maze]);
        const far = relaxed(mazes.get(maze) ?? new Map<string, string>(), goal);
        const ends = text.flatMap((_, t) => (t > 2 && (t - 2) % 26 === 25 ? [t] : []));
        const distances = ends.map((t) => far.get(`${column.x[d][t]} ${column.y[d][t]}`));
        expect(distances).toEqual(ends.map((_, i) => ends.length - i));
        expect(ends.map((t) => Number(column.distance[d][t]))).toEqual(distances);
        for (const t of ends) {
          const move = MOVES.indexOf(text[t]);
          const next = aroundOf(`${column.x[d][t]} ${column.y[d][t]}`)[move];
          expect(far.get(next)).toBe((far.get(`${column.x[d][t]} ${column.y[d][t]}`) ?? 0) - 1);
          expect(column.inView[d][t]).toBe(text.slice(t - 25, t).includes(goal) ? 'yes' : 'no');
        }
      }
    }
  });

  it('never seek latent objects in training, nor begin where is begun that is asked', () => {
    const pairs = (name: string, of: string[]): Set<string> => {
      const documents = name === 'train' ? corpus.train : setOf(corpus, name);
      const columns = of.map((each) => columnOf(documents, each));
      return new Set(columns[0].map((_, d) => columns.map((column) => column[d][2]).join(' ')));
    };
    const sought = pairs('train', ['maze', 'goal']);
    const starts = pairs('train', ['maze', 'place']);
    expect(sought.size).toBe(4 * 3);
    for (const name of sets.keys()) {
      const isLatent = name.endsWith('latent');
      expect([...pairs(name, ['maze', 'goal'])].every((pair) => sought.has(pair) !== isLatent)).toBe(true);
      expect([...pairs(name, ['maze', 'place'])].some((pair) => starts.has(pair))).toBe(false);
    }
    // The same way is asked of once.
    const ways = [...sets.keys()].flatMap((name) => [...pairs(name, ['maze', 'goal', 'place'])]);
    expect(new Set(ways).size).toBe(ways.length);
    expect(ways.length).toBe(80);
  });

  it('count every token in training, and of questions the first move, or all moves', () => {
    const lengths = textsOf(corpus, corpus.train).map(({ length }) => length);
    expect(countedOf(corpus.train)).toEqual(lengths.map((length) => [...Array(length).keys()].slice(1)));
    expect(new Set(countedOf(setOf(corpus, 'move to latent')).map(String))).toEqual(new Set(['27']));
    expect(countedOf(setOf(corpus, 'reach latent')).every((at) => at[0] === 27)).toBe(true);
  });

  it('can be walked: the shortest way arrives, standing still does not, and what is seen is as in documents', () => {
    const set = sets.get('reach trained') as EvaluationSet;
    const { environment } = set;
    if (!environment) throw new Error('There is no environment.');
    expect([...environment.actions].map((token) => corpus.vocabulary[token])).toEqual(MOVES);
    for (const [d, text] of textsOf(corpus, set.documents).entries()) {
      const walk = environment.begin(d);
      for (let t = 27; t < text.length; t += 26) {
        const next = walk.act(MOVES.indexOf(text[t]));
        const shown =
          typeof next === 'string' ? next : next.map((token) => corpus.vocabulary[token]).join('');
        expect(shown).toBe(t + 1 < text.length ? text.slice(t + 1, t + 26).join('') : 'reached');
      }
      const moves = (text.length - 2) / 26;
      const lost = environment.begin(d);
      // There and back again: never nearer than one move.
      const ends = Array.from({ length: 2 * moves }, (_, at) =>
        lost.act(MOVES.indexOf(text[27]) ^ (at % 2 ? 4 : 0)),
      );
      if (moves > 1)
        expect(ends.map((end) => end === 'late')).toEqual(ends.map((_, at) => at === 2 * moves - 1));
    }
  });

  it('have the floors of who walks at random, as walking shows', () => {
    for (const name of ['reach trained', 'reach latent']) {
      const { environment, floors, documents } = sets.get(name) as EvaluationSet;
      if (!environment) throw new Error('There is no environment.');
      const walks = 40;
      let reached = 0;
      let state = 1;
      const count = documents.starts.length - 1;
      for (let at = 0; at < walks * count; at++) {
        const walk = environment.begin(at % count);
        let end: unknown = [];
        // Park and Miller's generator.
        while (typeof end !== 'string') end = walk.act(((state = (state * 48271) % 2147483647) >> 8) % 8);
        if (end === 'reached') reached++;
      }
      const share = reached / (walks * count);
      expect(Math.abs(share - floors[0].score)).toBeLessThan(4 * Math.sqrt(0.25 / (walks * count)));
      expect(floors[1].score).toBeGreaterThan(floors[0].score);
    }
  });

  it('are brought by an oracle that pass nearest by the start, of those that then show what is sought', () => {
    const walks = (documents: Documents) => {
      const [x, y, goals] = ['x', 'y', 'goal'].map((name) => columnOf(documents, name));
      return textsOf(corpus, documents).map((text, d) => ({
        goal: goals[d][0],
        maze: text[1],
        places: text.flatMap((_, t) => (t % 26 === 2 ? [`${x[d][t]} ${y[d][t]}`] : [])),
        views: text.flatMap((_, t) => (t % 26 === 2 ? [text.slice(t, t + 25)] : [])),
      }));
    };
    const trained = walks(corpus.train);
    for (const [set, some] of [
      [null, 40],
      ['reach latent', 20],
      ['move to trained', 20],
    ] as const)
      for (const [d, { goal, maze, places }] of walks(set ? setOf(corpus, set) : corpus.train)
        .slice(0, some)
        .entries()) {
        const far = relaxed(new Map(mazes.get(maze)).set(places[0], 'start'), 'start');
        const aside = trained.map((other, at) => {
          if (other.maze !== maze || (set === null && at === d)) return Infinity;
          const seen = other.views.map((view) => view.includes(goal)).lastIndexOf(true);
          return Math.min(...other.places.slice(0, seen + 1).map((place) => far.get(place) ?? Infinity));
        });
        const nearest = Math.min(...aside);
        expect(nearest).toBeLessThan(Infinity);
        expect([...corpus.relevant(set, d)]).toEqual(
          aside.flatMap((moves, at) => (moves === nearest ? [at] : [])),
        );
      }
  });

  it('say of places how far they are apart: as many moves as the shortest way takes', () => {
    const seen = seenIn('m1');
    const objects = [...seen.values()].filter((sign) => sign !== '#' && sign !== '.');
    expect(new Set(objects).size).toBe(small.objects);
    const nameOf = (at: string): string => {
      const [x, y] = at.split(' ').map(Number);
      return `p${y * 9 + x}`;
    };
    for (const object of objects) {
      const far = [...relaxed(seen, object)].sort(([, a], [, b]) => a - b);
      const moves = corpus.geodesics!(
        'm1',
        far.map(([at]) => nameOf(at)),
      );
      // Pairs of the first, which is where the object lies, with all others.
      expect([...moves.subarray(0, far.length - 1)]).toEqual(far.slice(1).map(([, one]) => one));
    }
  });

  it('have the same bytes for the same seed, and others for another', () => {
    const bytes = bytesOf(corpus);
    expect(bytes).toBe('d13e7ee21ff303bc9481eccef2953329bc8366d9dc729140b1449a06642bdebe');
    expect(bytesOf(draw({ grid: small }, 1).corpus)).not.toBe(bytes);
  });

  it('that cannot be are refused, each in a sentence with the mend', () => {
    const said = (grid: GridSpec): string => read({ grid }).messages.join('|');
    expect(said({ latent: 8 })).toBe(
      "Of 8 objects 8 are never sought, which leaves none to be sought in training. Lower 'latent'.",
    );
    expect(said({ mazes: 1, latent: 1, heldOut: 0.01 })).toMatch(
      /^In one maze 1 start is kept .* Raise 'heldOut' or 'mazes'\.$/,
    );
    expect(said({ mazes: 1000 })).toMatch(
      /^1000 mazes of 2 × 2 rooms have 168000 ways to 6 objects, more than/,
    );
    expect(said({ mazes: 30, rooms: 4, cells: 1 })).toMatch(/tokens together, more than/);
  });
});
