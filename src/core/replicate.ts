/** One recording that is made: of a source, at a point of the experiment's sweep, from a seed. */
export interface Replicate {
  /** Name of the source: of a network. */
  readonly source: string;
  /** Place in the sweep, from 0; 0 in an experiment that sweeps nothing. */
  readonly point: number;
  readonly seed: number;
}

/** The replicate of a source from a seed, in an experiment that sweeps nothing: at its only point. */
export function replicateNamed(source: string, seed: number): Replicate {
  return { source, point: 0, seed };
}

/** What maps and jobs know a replicate by. */
export function replicateKey({ source, point, seed }: Replicate): string {
  return JSON.stringify([source, point, seed]);
}

/** The point as keys have it: only where there is a sweep, so that what is kept of experiments without one stays. */
export function pointInKey({ point }: Replicate): { readonly point?: number } {
  return point === 0 ? {} : { point };
}
