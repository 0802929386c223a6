import type { Workspace } from '../../numerics/kernels/workspace';
import type { Parameters } from '../engine';
import { padded } from '../fused/layer-memory';
import type { TrainedWeights } from '../fused/optimizer';
import { parameterPlaces, programParameterCount, type Program, type ProgramParameter } from './program';

/** Bytes of a float32. */
const FLOAT = 4;

/** Weights, or a table, in the layouts of the products (assembly/layout.ts). Without training its gradient and moments are 0. */
export interface WeightsMemory extends TrainedWeights {
  readonly inputs: number;
  readonly outputs: number;
  readonly outputQuads: number;
}

/** Numbers in lines, each padded. Without training only `values` is an address. */
export interface LineMemory {
  readonly values: number;
  readonly gradient: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
  /** Numbers of all lines, padding included. */
  readonly count: number;
}

/** The parameters of a program, by name. */
export interface ParameterMemory {
  readonly weights: ReadonlyMap<string, WeightsMemory>;
  readonly lines: ReadonlyMap<string, LineMemory>;
  /** Gradients of all: from where to where. */
  readonly gradients: readonly [number, number];
}

/** Reserves parameters; `training`: gradients and moments, too. */
export function reserveParameters(
  workspace: Workspace,
  program: Program,
  training: boolean,
): ParameterMemory {
  const floats = (count: number): number => workspace.reserve(count * FLOAT);
  const trained = (count: number): number => (training ? floats(count) : 0);
  const first = workspace.reserve(0);
  const gradients = program.parameters.map((parameter) => trained(sizeOf(parameter)));
  const end = workspace.reserve(0);

  const weights = new Map<string, WeightsMemory>();
  const lines = new Map<string, LineMemory>();
  program.parameters.forEach((parameter, p) => {
    const count = sizeOf(parameter);
    const moments = { gradient: gradients[p], firstMoment: trained(count), secondMoment: trained(count) };
    if (parameter.kind === 'line') lines.set(parameter.name, { values: floats(count), count, ...moments });
    else
      weights.set(parameter.name, {
        ...shapeOf(parameter),
        weights: floats(count),
        turnedWeights: floats(count),
        ...moments,
      });
  });
  return { weights, lines, gradients: [first, end] };
}

/** Inputs and outputs of weights; of a table units and rows. */
function shapeOf({
  kind,
  rows,
  units,
}: ProgramParameter): Pick<
  WeightsMemory,
  'inputs' | 'outputs' | 'inputUnits' | 'outputUnits' | 'inputQuads' | 'outputQuads' | 'outputOctets'
> {
  const [inputs, outputs] = kind === 'table' ? [units, rows] : [rows, units];
  return {
    inputs,
    outputs,
    inputUnits: padded(inputs),
    outputUnits: padded(outputs),
    inputQuads: Math.ceil(inputs / 4),
    outputQuads: Math.ceil(outputs / 4),
    outputOctets: Math.ceil(outputs / 8),
  };
}

function sizeOf({ kind, rows, units }: ProgramParameter): number {
  return (kind === 'line' ? rows : padded(rows)) * padded(units);
}

/** Writes parameters into both layouts of weights, and into lines. */
export function loadParameters(
  { floats }: Workspace,
  { weights, lines }: ParameterMemory,
  program: Program,
  parameters: Parameters,
): void {
  for (const { name, kind, rows, units, offset } of parameterPlaces(program)) {
    const memory = weights.get(name);
    for (let row = 0; row < rows; row++)
      for (let unit = 0; unit < units; unit++) {
        const value = parameters[offset + row * units + unit];
        if (memory) {
          const [i, o] = kind === 'table' ? [unit, row] : [row, unit];
          floats[quadsAt(memory, i, o)] = value;
          floats[memory.turnedWeights / FLOAT + ((i >> 2) * memory.outputUnits + o) * 4 + (i & 3)] = value;
        } else floats[lines.get(name)!.values / FLOAT + row * padded(units) + unit] = value;
      }
  }
}

/** Reads the parameters. */
export function storeParameters(
  { floats }: Workspace,
  { weights, lines }: ParameterMemory,
  program: Program,
): Parameters {
  const parameters = new Float32Array(programParameterCount(program));
  for (const { name, kind, rows, units, offset } of parameterPlaces(program)) {
    const memory = weights.get(name);
    for (let row = 0; row < rows; row++)
      for (let unit = 0; unit < units; unit++)
        parameters[offset + row * units + unit] =
          floats[
            memory
              ? kind === 'table'
                ? quadsAt(memory, unit, row)
                : quadsAt(memory, row, unit)
              : lines.get(name)!.values / FLOAT + row * padded(units) + unit
          ];
  }
  return parameters;
}

/** Index of a weight in the output quads. */
function quadsAt({ weights, inputUnits }: WeightsMemory, input: number, output: number): number {
  return weights / FLOAT + ((output >> 2) * inputUnits + input) * 4 + (output & 3);
}

/** The optimiser's state is as it was before the first step. */
export function clearMoments({ floats }: Workspace, { weights, lines }: ParameterMemory): void {
  const clear = (at: number, count: number): void => void floats.fill(0, at / FLOAT, at / FLOAT + count);
  for (const { firstMoment, secondMoment, inputUnits, outputUnits } of weights.values())
    for (const at of [firstMoment, secondMoment]) clear(at, inputUnits * outputUnits);
  for (const { firstMoment, secondMoment, count } of lines.values())
    for (const at of [firstMoment, secondMoment]) clear(at, count);
}
