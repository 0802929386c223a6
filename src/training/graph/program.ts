/**
 * What a network of sequences computes: operations on named values, in the order of the forward pass. Values are matrices of rows ×
 * units; a row is one position of one document, after `select` one whose next token counts. There is no general differentiation: each
 * operation has its forward and backward pass by hand (operations.ts), and a value is the input of one operation, but for the stream
 * that `add` goes on with.
 */
export interface Program {
  readonly parameters: readonly ProgramParameter[];
  readonly operations: readonly Operation[];
  readonly sites: readonly Site[];
  /** Tokens that there are. */
  readonly vocabulary: number;
  /** Positions that there are: tokens of the longest document. */
  readonly length: number;
}

/** Weights (inputs × outputs, or a table of rows × units) or numbers in one line (1 × units), row-major. */
export interface ProgramParameter {
  readonly name: string;
  /** `table`: a row for each token, kept as weights from units to tokens, so that it can be the readout, too. */
  readonly kind: 'weights' | 'table' | 'line';
  readonly rows: number;
  readonly units: number;
  readonly initial: { readonly deviation: number } | { readonly value: number };
}

/** Names are of values, but for those of parameters: `table`, `positions`, `gain`, `bias`, `weights`. */
export type Operation =
  | { readonly kind: 'embed'; readonly table: string; readonly positions: string; readonly to: string }
  | {
      readonly kind: 'layerNorm';
      readonly from: string;
      readonly gain: string;
      readonly bias: string;
      readonly to: string;
    }
  | {
      readonly kind: 'linear';
      readonly from: string;
      readonly weights: string;
      /** Absent: none. */
      readonly bias?: string;
      /** Absent: none. */
      readonly activation?: 'relu' | 'gelu';
      readonly to: string;
    }
  /** From queries, keys and values of all heads, one after the other, to what the heads read. */
  | { readonly kind: 'attention'; readonly from: string; readonly heads: number; readonly to: string }
  /** The stream goes on, with the update added. */
  | { readonly kind: 'add'; readonly stream: string; readonly update: string; readonly to: string }
  /** The rows that count. */
  | { readonly kind: 'select'; readonly from: string; readonly to: string };

/** A value that is recorded. */
export interface Site {
  readonly name: string;
  readonly value: string;
  readonly units: number;
  /** The parameter with a row for each token that it is read from, or that reads it out. */
  readonly table?: string;
}

/** Where each parameter begins in the array of all of them. */
export function parameterPlaces(program: Program): (ProgramParameter & { readonly offset: number })[] {
  let offset = 0;
  return program.parameters.map((parameter) => {
    const place = { ...parameter, offset };
    offset += parameter.rows * parameter.units;
    return place;
  });
}

export function programParameterCount(program: Program): number {
  return program.parameters.reduce((sum, { rows, units }) => sum + rows * units, 0);
}

/** Units of every value. */
export function valueUnits(program: Program): Map<string, number> {
  const parameter = (name: string): ProgramParameter => {
    const found = program.parameters.find((each) => each.name === name);
    if (!found) throw new Error(`The program has no parameter ${name}.`);
    return found;
  };
  const units = new Map<string, number>();
  const of = (name: string): number => {
    const found = units.get(name);
    if (found === undefined) throw new Error(`The program uses ${name} before it is computed.`);
    return found;
  };
  for (const operation of program.operations) units.set(operation.to, unitsOf(operation, of, parameter));
  return units;
}

function unitsOf(
  operation: Operation,
  of: (name: string) => number,
  parameter: (name: string) => ProgramParameter,
): number {
  switch (operation.kind) {
    case 'embed':
      return parameter(operation.table).units;
    case 'layerNorm':
    case 'select':
      return of(operation.from);
    case 'linear': {
      const { kind, rows, units } = parameter(operation.weights);
      return kind === 'table' ? rows : units;
    }
    case 'attention':
      return of(operation.from) / 3;
    case 'add':
      return of(operation.stream);
  }
}
