import type { Workspace } from '../../numerics/kernels/workspace';
import type { MicroBatch } from './batch';
import { attentionBytes, OCTET, type GraphMemory, type ValueMemory } from './memory';
import type { LineMemory, WeightsMemory } from './parameter-memory';
import type { Operation, Program } from './program';

/** An operation in its workspace. */
export interface BoundOperation {
  forward(batch: MicroBatch): void;
  /** From the gradient of what it gave to that of what it took; gradients of parameters are added. */
  backward(batch: MicroBatch): void;
  /** What is left to do for the gradients of parameters after the last backward pass of a step. */
  finish?(): void;
  /** Of a layer, to be called before `backward`: the address of the gradient of what it took as it was given, after its activation function. */
  readonly sent?: (batch: MicroBatch) => number;
  /** Of attention: where the probabilities of a group are, after the forward pass. */
  readonly probabilities?: (group: number, batch: MicroBatch) => number;
}

/** What is added to the variance of layer normalisation, as in PyTorch. */
const EPSILON = 1e-5;

/** Everything that operations share. */
interface Place {
  readonly workspace: Workspace;
  readonly memory: GraphMemory;
  readonly program: Program;
}

/**
 * Reserves what operations need of their own, and binds them to their memory: to be called before the workspace is committed.
 *
 * @param training whether there will be backward passes
 */
export function bindOperations(
  workspace: Workspace,
  memory: GraphMemory,
  program: Program,
  training: boolean,
): BoundOperation[] {
  const place = { workspace, memory, program };
  // One for all layers of attention: gradients of probabilities of one head.
  const scratch = training ? workspace.reserve(program.length ** 2 * OCTET) : 0;
  return program.operations.map((operation) => bind(place, operation, training, scratch));
}

function bind(place: Place, operation: Operation, training: boolean, scratch: number): BoundOperation {
  switch (operation.kind) {
    case 'embed':
      return embed(place, operation);
    case 'layerNorm':
      return layerNorm(place, operation, training);
    case 'linear':
      return linear(place, operation);
    case 'attention':
      return attention(place, operation, scratch);
    case 'add':
      return add(place, operation);
    case 'select':
      return select(place, operation);
  }
}

function named<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (!found) throw new Error(`The program has no ${name}.`);
  return found;
}

/** Octets of a value's rows, and its rows that count: all but the padding of the last octet of selected ones. */
type Extent = (batch: MicroBatch) => { readonly octets: number; readonly rows: number };

/** Selected values, and what is computed from them, have a row for each selected one. */
function extent(value: ValueMemory): Extent {
  return value.selected
    ? ({ rows }) => ({ octets: Math.ceil(rows.length / 8), rows: rows.length })
    : ({ octets }) => ({ octets, rows: octets * 8 });
}

function embed({ workspace, memory }: Place, operation: Operation & { kind: 'embed' }): BoundOperation {
  const table: WeightsMemory = named(memory.weights, operation.table);
  const positions: LineMemory = named(memory.lines, operation.positions);
  const { y, delta, paddedUnits, quads } = named(memory.values, operation.to);
  const after = (offset: number): number => offset * paddedUnits * 4;
  return {
    forward({ groups }) {
      for (const { first, length, offset } of groups)
        workspace.kernels.embed(
          memory.tokens + first * OCTET,
          table.turnedWeights,
          table.outputUnits,
          positions.values + after(offset),
          y + first * paddedUnits * OCTET,
          paddedUnits,
          quads,
          length,
        );
    },
    backward({ groups }) {
      for (const { first, length, offset } of groups)
        workspace.kernels.embedBackward(
          memory.tokens + first * OCTET,
          delta + first * paddedUnits * OCTET,
          paddedUnits,
          quads,
          length,
          table.gradient,
          positions.gradient + after(offset),
        );
    },
  };
}

function layerNorm(
  place: Place,
  operation: Operation & { kind: 'layerNorm' },
  training: boolean,
): BoundOperation {
  const { workspace, memory, program } = place;
  const from: ValueMemory = named(memory.values, operation.from);
  const to = named(memory.values, operation.to);
  const gain = named(memory.lines, operation.gain);
  const bias = named(memory.lines, operation.bias);
  const statistics = workspace.reserve(2 * memory.octets * OCTET);
  // Gradients of gain and bias, an octet each (assembly/layer-norm.ts).
  const laneBytes = from.paddedUnits * OCTET;
  const [gainLanes, biasLanes] = training
    ? [laneBytes, laneBytes].map((bytes) => workspace.reserve(bytes))
    : [0, 0];
  const size = extent(from);
  // The stream goes on, and its gradient has been there before.
  const stream = program.operations.some((each) => each.kind === 'add' && each.stream === operation.from);
  return {
    forward(batch) {
      workspace.kernels.layerNorm(
        from.y,
        gain.values,
        bias.values,
        to.y,
        statistics,
        from.units,
        from.paddedUnits,
        size(batch).octets,
        EPSILON,
      );
    },
    backward(batch) {
      workspace.kernels.layerNormBackward(
        from.y,
        gain.values,
        statistics,
        to.delta,
        from.delta,
        gainLanes,
        biasLanes,
        from.units,
        from.paddedUnits,
        size(batch).octets,
        stream,
      );
    },
    finish() {
      for (const [lanes, { gradient }] of [[gainLanes, gain] as const, [biasLanes, bias] as const]) {
        workspace.kernels.sumLanes(lanes, gradient, from.paddedUnits);
        workspace.floats.fill(0, lanes / 4, (lanes + laneBytes) / 4);
      }
    },
  };
}

function linear(place: Place, operation: Operation & { kind: 'linear' }): BoundOperation {
  const { workspace, memory } = place;
  const from: ValueMemory = named(memory.values, operation.from);
  const to = named(memory.values, operation.to);
  const w: WeightsMemory = named(memory.weights, operation.weights);
  const bias = operation.bias === undefined ? undefined : named(memory.lines, operation.bias);
  const size = extent(from);
  return {
    forward(batch) {
      const { kernels } = workspace;
      const { octets } = size(batch);
      const biases = bias?.values ?? memory.zeros;
      kernels.forward(
        from.y,
        w.weights,
        biases,
        to.y,
        w.inputs,
        w.inputUnits,
        w.outputUnits,
        octets,
        w.outputQuads,
      );
      const registers = octets * to.paddedUnits * 2;
      if (operation.activation === 'relu') kernels.activateRectified(to.y, to.slopes, registers, 0);
      if (operation.activation === 'gelu') kernels.activateGelu(to.y, to.slopes, registers);
    },
    sent(batch) {
      turnBack(workspace, memory, w, to, memory.turned, size(batch).octets);
      return memory.turned;
    },
    backward(batch) {
      const { kernels } = workspace;
      const { octets, rows } = size(batch);
      kernels.octetsToQuads(from.y, from.paddedUnits, memory.turned, memory.rows, octets, from.quads);
      // Of an active layer the delta has been turned where it was multiplied by its slopes.
      const turned = to.turnedDelta || memory.turnedDelta;
      if (!to.turnedDelta)
        kernels.octetsToOctets(to.delta, to.paddedUnits, turned, memory.rows, octets, to.quads);
      kernels.gradient(
        memory.turned,
        turned,
        w.gradient,
        rows,
        memory.rows,
        w.inputQuads,
        w.outputOctets,
        true,
      );
      if (bias) kernels.biasGradient(turned, bias.gradient, rows, memory.rows, w.outputOctets, true);
      linearDelta(workspace, memory, w, to, from, octets);
    },
  };
}

/** The gradient of what the layer took; `from`'s activation function is gone through at once. */
function linearDelta(
  workspace: Workspace,
  memory: GraphMemory,
  w: WeightsMemory,
  to: ValueMemory,
  from: ValueMemory,
  octets: number,
): void {
  if (from.slopes)
    workspace.kernels.backward(
      to.delta,
      w.turnedWeights,
      from.slopes,
      from.delta,
      from.turnedDelta,
      w.outputs,
      w.outputUnits,
      w.inputUnits,
      octets,
      w.inputQuads,
      memory.rows,
    );
  else turnBack(workspace, memory, w, to, from.delta, octets);
}

/** The gradient of a layer's output times its weights. @param address where it is put, in octets of rows */
function turnBack(
  { kernels }: Workspace,
  { zeros }: GraphMemory,
  w: WeightsMemory,
  { delta }: ValueMemory,
  address: number,
  octets: number,
): void {
  kernels.forward(
    ...([delta, w.turnedWeights, zeros, address, w.outputs, w.outputUnits] as const),
    ...([w.inputUnits, octets, w.inputQuads] as const),
  );
}

function attention(
  { workspace, memory, program }: Place,
  operation: Operation & { kind: 'attention' },
  scratch: number,
): BoundOperation {
  const from: ValueMemory = named(memory.values, operation.from);
  const to = named(memory.values, operation.to);
  const { heads } = operation;
  const headUnits = to.units / heads;
  const scale = 1 / Math.sqrt(headUnits);
  const all = workspace.reserve(attentionBytes(heads, memory.octets, program.length));
  const probabilities = (group: number, { groups }: MicroBatch): number =>
    all + groups.slice(0, group).reduce((sum, { length }) => sum + heads * length ** 2 * OCTET, 0);
  return {
    probabilities,
    forward(batch) {
      batch.groups.forEach(({ first, length }, group) =>
        workspace.kernels.attention(
          from.y + first * from.paddedUnits * OCTET,
          from.paddedUnits,
          probabilities(group, batch),
          to.y + first * to.paddedUnits * OCTET,
          to.paddedUnits,
          length,
          heads,
          headUnits,
          scale,
        ),
      );
    },
    backward(batch) {
      batch.groups.forEach(({ first, length }, group) =>
        workspace.kernels.attentionBackward(
          from.y + first * from.paddedUnits * OCTET,
          from.paddedUnits,
          probabilities(group, batch),
          to.delta + first * to.paddedUnits * OCTET,
          to.paddedUnits,
          scratch,
          from.delta + first * from.paddedUnits * OCTET,
          length,
          heads,
          headUnits,
          scale,
        ),
      );
    },
  };
}

function add({ workspace, memory }: Place, operation: Operation & { kind: 'add' }): BoundOperation {
  const stream: ValueMemory = named(memory.values, operation.stream);
  const update = named(memory.values, operation.update);
  const to = named(memory.values, operation.to);
  return {
    forward({ octets }) {
      workspace.kernels.addVectors(stream.y, update.y, to.y, octets * to.paddedUnits * 2);
    },
    // All three have one gradient (memory.ts).
    backward() {},
  };
}

function select({ workspace, memory }: Place, operation: Operation & { kind: 'select' }): BoundOperation {
  const from: ValueMemory = named(memory.values, operation.from);
  const to = named(memory.values, operation.to);
  return {
    forward({ rows }) {
      workspace.kernels.selectRows(from.y, from.paddedUnits, memory.selected, rows.length, to.y);
    },
    backward({ rows, octets }) {
      const begin = from.delta / 4;
      workspace.floats.fill(0, begin, begin + octets * from.paddedUnits * 8);
      workspace.kernels.returnRows(to.delta, from.paddedUnits, memory.selected, rows.length, from.delta);
    },
  };
}
