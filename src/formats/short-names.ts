/** More names than these are not tried in every way. */
const MANY = 200;

/**
 * Names for places with little room: what they have in common is cut, what tells them apart stays. Names that differ are never made
 * equal: where nothing else helps, a number tells them apart.
 *
 * @param names of one figure (or one axis of it)
 * @param letters that there is room for
 * @returns one for each, in their order, with at most so many letters where that is possible
 */
export function shortNames(names: readonly string[], letters: number): string[] {
  const known = [...new Set(names)];
  if (known.every((name) => name.length <= letters)) return [...names];
  const room = Math.max(3, Math.floor(letters));
  const short = numbered(known, alike(known, room) ?? oneByOne(known, room), room);
  const of = new Map(known.map((name, at) => [name, short[at] ?? name]));
  return names.map((name) => of.get(name) ?? name);
}

/** Names that have the same parts but for some: of the common ones as many go as must. Null where the names are not alike. */
function alike(names: readonly string[], room: number): string[] | null {
  const table = names.map(partsOf);
  const count = table[0]?.length ?? 0;
  if (names.length < 2 || names.length > MANY || table.some((parts) => parts.length !== count)) return null;
  const columns = Array.from({ length: count }, (_, at) => table.map((parts) => parts[at] ?? ''));
  const same = columns.map((column) => column.every((part) => part === column[0]));
  const steps = stepsOf(same, columns);
  if (steps.length === 0 && same.filter((one) => !one).length < 2) return null;
  const dropped = new Set<number>();
  const made = (parts: readonly (readonly string[])[]): string[] =>
    names.map((_, name) =>
      parts
        .map((column, at) => (!dropped.has(at) ? (column[name] ?? '') : dropped.has(at - 1) ? '' : '…'))
        .join(''),
    );
  for (const step of steps) {
    if (fits(made(columns), room)) break;
    for (const at of step) dropped.add(at);
  }
  // What differs is cut only when all else is gone.
  const longest = Math.max(
    ...columns
      .filter((_, at) => same[at] === false)
      .flat()
      .map(({ length }) => length),
  );
  let best = made(columns);
  for (let each = Math.min(longest, room); each > 1 && !fits(best, room); each--)
    best = made(columns.map((column, at) => (same[at] === true ? column : oneByOne(column, each))));
  return best;
}

/**
 * Which common parts may go, one word and what joins it to the next at a time: those of the longest stretch first, in it those
 * furthest from what differs.
 */
function stepsOf(same: readonly boolean[], columns: readonly (readonly string[])[]): number[][] {
  const runs: number[][] = [];
  same.forEach((common, at) => {
    if (!common) return;
    if (same[at - 1] === true) runs.at(-1)?.push(at);
    else runs.push([at]);
  });
  const textOf = (run: readonly number[]): string => run.map((at) => columns[at]?.[0] ?? '').join('');
  const isWord = (at: number): boolean => at % 2 === 0 && textOf([at]) !== '';
  return runs
    .sort((a, b) => textOf(b).length - textOf(a).length)
    .flatMap((run) => {
      // What ends the names goes from their end.
      const ends = run.at(-1) === same.length - 1 && run[0] !== 0;
      const words = run.filter(isWord);
      return ends
        ? words.reverse().map((at) => [at, at - 1].filter((part) => run.includes(part)))
        : words.map((at) => [at, at + 1].filter((part) => run.includes(part)));
    });
}

/** Words and what stands between them, by turns. */
function partsOf(name: string): string[] {
  return name.split(/([\s·,;:=/|_()[\]-]+)/u);
}

function fits(names: readonly string[], room: number): boolean {
  return names.every((name) => name.length <= room);
}

/** Each without its middle; those that this makes equal are cut together, as far as they are alike. */
function oneByOne(names: readonly string[], room: number): string[] {
  const cut = names.map((name) => withoutMiddle(name, room));
  const groups = new Map<string, Set<string>>();
  names.forEach((name, at) => {
    const short = cut[at] ?? '';
    groups.set(short, (groups.get(short) ?? new Set()).add(name));
  });
  const apart = new Map<string, string>();
  for (const group of groups.values()) {
    if (group.size < 2) continue;
    const own = [...group];
    const short = alike(own, room) ?? fromDifference(own, room);
    own.forEach((name, at) => apart.set(name, short[at] ?? name));
  }
  return names.map((name, at) => apart.get(name) ?? cut[at] ?? name);
}

/** Words with a common beginning: a little of it, and the rest. */
function fromDifference(words: readonly string[], room: number): string[] {
  const [first = ''] = words;
  let common = 0;
  while (common < first.length && words.every((word) => word[common] === first[common])) common++;
  const head = Math.max(0, Math.min(common, Math.floor(room / 3)));
  return words.map((word) => {
    const rest = word.slice(common);
    return `${word.slice(0, head)}…${withoutEnd(rest, Math.max(1, room - head - 1))}`;
  });
}

function withoutEnd(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}

function withoutMiddle(text: string, room: number): string {
  if (text.length <= room) return text;
  const head = Math.ceil((room - 1) / 2);
  const tail = room - 1 - head;
  return `${text.slice(0, head)}…${tail === 0 ? '' : text.slice(-tail)}`;
}

/** Names that are still equal get numbers in their order. */
function numbered(names: readonly string[], short: readonly string[], room: number): string[] {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  for (const text of short) counts.set(text, (counts.get(text) ?? 0) + 1);
  return short.map((text, at) => {
    if (counts.get(text) === 1) return text;
    for (let number = 1; ; number++) {
      const tail = `…${number}`;
      const made = `${(names[at] ?? '').slice(0, Math.max(0, room - tail.length))}${tail}`;
      if (used.has(made) || counts.has(made)) continue;
      used.add(made);
      return made;
    }
  });
}
