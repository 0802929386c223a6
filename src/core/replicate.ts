/** One recording that is made: of a source, at a point of the experiment's sweep, from a seed. */
export interface Replicate {
  /** Name of the source: of a network. */
  readonly source: string;
  /** Place in the sweep, from 0; 0 in an experiment that sweeps nothing. */
  readonly point: number;
  readonly seed: number;
}

/** What replicates are of: a source at a point, the first where none is named. */
export type SourceAt = Pick<Replicate, 'source'> & Partial<Pick<Replicate, 'point'>>;

/** The replicate of a source from a seed, in an experiment that sweeps nothing: at its only point. */
export function replicateNamed(source: string, seed: number): Replicate {
  return { source, point: 0, seed };
}

export function isSame(a: Replicate, b: Replicate): boolean {
  return a.source === b.source && a.point === b.point && a.seed === b.seed;
}

/** What maps and jobs know a replicate by. */
export function replicateKey({ source, point, seed }: Replicate): string {
  return JSON.stringify([source, point, seed]);
}

/** A replicate as results and messages name it: `SOURCE/SEED`, and at later points of a sweep `SOURCE/POINT:SEED`. */
export function replicateLabel({ source, point, seed }: Replicate): string {
  return `${source}/${point === 0 ? '' : `${point}:`}${seed}`;
}

/** The replicate of a label; a source's own name may hold slashes and colons. */
export function labelledReplicate(label: string): Replicate {
  const at = label.lastIndexOf('/');
  const [seed, point = '0'] = label
    .slice(at + 1)
    .split(':')
    .reverse();
  return { source: label.slice(0, at), point: Number(point), seed: Number(seed) };
}

/** The point as keys and files have it: only where it is not the first, so that they are the same as before there were sweeps. */
export function keptPoint({ point }: Replicate): { point?: number } {
  return point === 0 ? {} : { point };
}

/** The replicate of a source as files list it, by point and seed. */
export function keptReplicate(
  source: string,
  { point = 0, seed }: { point?: number; seed: number },
): Replicate {
  return { source, point, seed };
}
