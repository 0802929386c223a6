import type { Workspace } from '../../numerics/kernels/workspace';
import { padded } from '../fused/layer-memory';
import { reserveParameters, type ParameterMemory } from './parameter-memory';
import { valueUnits, type Program } from './program';

/** Bytes of a float32, and of an octet. */
const FLOAT = 4;
export const OCTET = 32;

/** Octets of rows that pass at once, where documents are shorter: what is kept of them stays in the second-level cache. */
const MICRO_BATCH = 32;

/** A value of the program: batch octets, and the gradient of the loss likewise. */
export interface ValueMemory {
  readonly units: number;
  readonly paddedUnits: number;
  readonly quads: number;
  /** Whether it has a row for each selected one, and not for each position. */
  readonly selected: boolean;
  readonly y: number;
  readonly delta: number;
  /** Derivative of the activation function; 0 where there is none. Whoever reads the value multiplies its delta by it. */
  readonly slopes: number;
  /** Unit octets: the delta once more; 0 where there are no slopes. */
  readonly turnedDelta: number;
}

/** Everything of a program that lies in a workspace, by address. */
export interface GraphMemory extends ParameterMemory {
  readonly values: ReadonlyMap<string, ValueMemory>;
  /** Most octets of rows of a micro-batch, and as many rows. */
  readonly octets: number;
  readonly rows: number;
  /** Of a micro-batch: tokens of rows, and the rows that are selected. */
  readonly tokens: number;
  readonly selected: number;
  /** As many as the widest value has units. */
  readonly zeros: number;
  /** Room for one value as unit quads, and for one delta as unit octets. */
  readonly turned: number;
  readonly turnedDelta: number;
}

/** Reserves the memory of a program; `training`: gradients and moments, too. */
export function reserveGraph(workspace: Workspace, program: Program, training: boolean): GraphMemory {
  return {
    ...reserveParameters(workspace, program, training),
    ...reserveRows(workspace, program, training),
  };
}

/** Bytes of probabilities of one layer of attention: groups of a micro-batch have together no more positions than it has octets. */
export function attentionBytes(heads: number, octets: number, length: number): number {
  return heads * octets * length * OCTET;
}

/** Bytes that training takes beside the parameters, whatever the batch: of a micro-batch what all operations give, and where they attend to. */
export function workingBytes(program: Program): number {
  let bytes = 0;
  const counting = {
    reserve: (more: number): number => {
      bytes += more;
      return 0;
    },
  };
  const { octets } = reserveRows(counting, program, true);
  for (const operation of program.operations)
    if (operation.kind === 'attention') bytes += attentionBytes(operation.heads, octets, program.length);
  return bytes;
}

function reserveRows(
  workspace: Pick<Workspace, 'reserve'>,
  program: Program,
  training: boolean,
): Omit<GraphMemory, keyof ParameterMemory> {
  const floats = (count: number): number => workspace.reserve(count * FLOAT);
  const trained = (count: number): number => (training ? floats(count) : 0);
  const octets = Math.max(MICRO_BATCH, program.length);
  const rows = octets * 8;
  const units = valueUnits(program);
  const widest = padded(Math.max(...units.values()));
  return {
    values: reserveValues(program, units, rows, floats, trained),
    octets,
    rows,
    tokens: floats(rows),
    selected: floats(rows),
    zeros: floats(widest),
    turned: trained(rows * widest),
    turnedDelta: trained(rows * widest),
  };
}

/**
 * @param floats reserves so many numbers, `trained` those that only training needs
 */
function reserveValues(
  program: Program,
  units: ReadonlyMap<string, number>,
  rows: number,
  floats: (count: number) => number,
  trained: (count: number) => number,
): Map<string, ValueMemory> {
  // The stream, what is added to it and their sum have one gradient: whatever reads the stream adds to it (operations.ts).
  const shared = new Map<string, string>();
  const active = new Set<string>();
  const selected = new Set<string>();
  for (const operation of program.operations) {
    if (operation.kind === 'add') {
      const stream = shared.get(operation.stream) ?? operation.stream;
      for (const name of [operation.stream, operation.update, operation.to]) shared.set(name, stream);
    }
    if (operation.kind === 'linear' && operation.activation) active.add(operation.to);
    if (operation.kind === 'select' || ('from' in operation && selected.has(operation.from)))
      selected.add(operation.to);
  }
  const deltas = new Map<string, number>();
  const deltaOf = (name: string, count: number): number => {
    const owner = shared.get(name) ?? name;
    if (!deltas.has(owner)) deltas.set(owner, trained(count));
    return deltas.get(owner)!;
  };
  return new Map(
    [...units].map(([name, count]) => {
      const size = rows * padded(count);
      return [
        name,
        {
          units: count,
          paddedUnits: padded(count),
          quads: Math.ceil(count / 4),
          selected: selected.has(name),
          y: floats(size),
          delta: deltaOf(name, size),
          slopes: active.has(name) ? floats(size) : 0,
          turnedDelta: active.has(name) ? trained(size) : 0,
        },
      ];
    }),
  );
}
