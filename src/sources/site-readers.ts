import type { Matrix } from '../core/matrix';
import type { Site, SiteRole } from '../core/site';
import type { Parameters } from '../training/engine';
import type { Sequences } from '../training/graph/batch';
import { parameterPlaces, type Program } from '../training/graph/program';
import type { FullEngine } from '../training/graph/sequences';

/** What some sites of a transformer are read by. */
interface SiteReader {
  /** As the program calls them, … */
  readonly names: readonly string[];
  /** … and their places among the sites. */
  readonly places: readonly number[];
  readonly open: (engine: FullEngine['sequences'], parameters: Parameters) => Opened;
}

interface Opened {
  /** @returns of each site at.length × units, of the tokens at these places of `tokens` */
  read(sequences: Sequences, names: readonly string[], at: Uint32Array): Matrix<Float32Array>[];
  release?(): void;
}

/** By role: what comes after the dot in the names of sites that are asked for, and what they are read by. Activations have no name of their own. */
const roles: readonly {
  readonly has: readonly SiteRole[];
  readonly open: (program: Program) => SiteReader['open'];
}[] = [
  {
    has: ['hidden', 'readout'],
    open: (program) => (engine, parameters) => {
      const forward = engine.reader(program, parameters);
      return { read: (...of) => forward.states(...of), release: () => forward.release() };
    },
  },
  {
    has: ['gradient'],
    open: (program) => (engine, parameters) => {
      const gradients = engine.gradients(program, parameters);
      return { read: (...of) => gradients.at(...of), release: () => gradients.release() };
    },
  },
  {
    has: ['weights'],
    open: (program) => (_, parameters) => ({
      read: ({ tokens }, names, at) => names.map((name) => rowsOf(program, parameters, name, tokens, at)),
    }),
  },
];

/** The readers of sites: one pass gives all that are of one. */
export function readersOf(program: Program, sites: readonly Site[]): SiteReader[] {
  return roles.flatMap(({ has, open }) => {
    const places = [...sites.keys()].filter((at) => has.includes(sites[at].role));
    const names = places.map((at) => withoutRole(sites[at]));
    return places.length > 0 ? [{ names, places, open: open(program) }] : [];
  });
}

/** Of `layer1.residual.gradient` the `layer1.residual`. */
function withoutRole({ name, role }: Site): string {
  return name.endsWith(`.${role}`) ? name.slice(0, -role.length - 1) : name;
}

/** Of each token its row in the table of a site. */
function rowsOf(
  program: Program,
  parameters: Parameters,
  site: string,
  tokens: Uint16Array,
  at: Uint32Array,
): Matrix<Float32Array> {
  const { table } = program.sites.find(({ name }) => name === site) ?? {};
  const found = parameterPlaces(program).find(({ name }) => name === table);
  if (!found) throw new RangeError(`There are no weights of ${site}.`);
  const { offset, units } = found;
  const data = new Float32Array(at.length * units);
  at.forEach((place, row) => {
    const from = offset + tokens[place] * units;
    data.set(parameters.subarray(from, from + units), row * units);
  });
  return { rows: at.length, cols: units, data };
}
