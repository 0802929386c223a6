import type { Sequences } from '../../src/training/graph/batch';
import { parameterPlaces, type Operation, type Program } from '../../src/training/graph/program';

type Rows = number[][];

/** A unit of a value at a position, and what is added to it. */
interface Nudge {
  readonly value: string;
  readonly position: number;
  readonly unit: number;
  readonly by: number;
}

/**
 * A program as one would write it on a blackboard: float64, one document and one position at a time, forwards only; its gradient is that
 * of finite differences. What the graph engine is tested against.
 */
export class PlainProgram {
  readonly #program: Program;
  readonly #places: ReturnType<typeof parameterPlaces>;

  constructor(program: Program) {
    this.#program = program;
    this.#places = parameterPlaces(program);
  }

  /** Every value at every position of a document, and the logits of every position. @param offset the position of its first token */
  values(
    parameters: ArrayLike<number>,
    tokens: ArrayLike<number>,
    offset = 0,
    nudge?: Nudge,
  ): Map<string, Rows> {
    const values = new Map<string, Rows>();
    for (const operation of this.#program.operations) {
      const rows = this.#compute(operation, parameters, tokens, offset, (name) => values.get(name)!);
      if (nudge?.value === operation.to) rows[nudge.position][nudge.unit] += nudge.by;
      values.set(operation.to, rows);
    }
    return values;
  }

  /** Mean cross-entropy of the tokens that count. */
  loss(
    parameters: ArrayLike<number>,
    sequences: Sequences,
    documents: Iterable<number>,
    nudge?: Nudge,
  ): number {
    let sum = 0;
    let counted = 0;
    for (const document of documents) {
      const [start, end] = sequences.starts.subarray(document, document + 2);
      const tokens = sequences.tokens.subarray(start, end);
      const logits = this.values(parameters, tokens, sequences.offsets?.[document], nudge).get(
        this.#program.operations.at(-1)!.to,
      )!;
      for (let at = start + 1; at < end; at++) {
        if (!sequences.counts[at]) continue;
        const row = logits[at - start - 1];
        sum += Math.log(row.reduce((total, x) => total + Math.exp(x), 0)) - row[sequences.tokens[at]];
        counted++;
      }
    }
    return sum / counted;
  }

  /** The slope of the loss along one parameter, by central difference. */
  slope(
    parameters: ArrayLike<number>,
    i: number,
    sequences: Sequences,
    documents: readonly number[],
  ): number {
    const values = Float64Array.from(parameters);
    const step = 1e-5;
    values[i] = parameters[i] + step;
    const above = this.loss(values, sequences, documents);
    values[i] = parameters[i] - step;
    return (above - this.loss(values, sequences, documents)) / (2 * step);
  }

  /** The slope of a document's summed loss along a unit of a value at a position, by central difference; 0 where none of its tokens counts. */
  slopeAt(
    parameters: ArrayLike<number>,
    nudge: Omit<Nudge, 'by'>,
    sequences: Sequences,
    document: number,
  ): number {
    const [start, end] = sequences.starts.subarray(document, document + 2);
    const counted = sequences.counts.subarray(start, end).reduce((sum, one) => sum + one, 0);
    if (counted === 0) return 0;
    const at = (by: number): number => this.loss(parameters, sequences, [document], { ...nudge, by });
    return (counted * (at(1e-5) - at(-1e-5))) / 2e-5;
  }

  #compute(
    operation: Operation,
    parameters: ArrayLike<number>,
    tokens: ArrayLike<number>,
    offset: number,
    of: (name: string) => Rows,
  ): Rows {
    const parameter = (name: string): ((row: number, unit: number) => number) => {
      const { offset, units } = this.#places.find((each) => each.name === name)!;
      return (row, unit) => parameters[offset + row * units + unit];
    };
    const shape = (name: string): { kind: string; rows: number; units: number } =>
      this.#places.find((each) => each.name === name)!;
    switch (operation.kind) {
      case 'embed': {
        const [table, positions] = [parameter(operation.table), parameter(operation.positions)];
        return Array.from(tokens, (token, position) =>
          range(shape(operation.table).units).map(
            (unit) => table(token, unit) + positions(offset + position, unit),
          ),
        );
      }
      case 'layerNorm': {
        const [gain, bias] = [parameter(operation.gain), parameter(operation.bias)];
        return of(operation.from).map((row) => {
          const mean = average(row);
          const deviation = Math.sqrt(average(row.map((x) => (x - mean) ** 2)) + 1e-5);
          return row.map((x, unit) => ((x - mean) / deviation) * gain(0, unit) + bias(0, unit));
        });
      }
      case 'linear': {
        const w = parameter(operation.weights);
        const { kind, rows, units } = shape(operation.weights);
        const bias = operation.bias === undefined ? () => 0 : parameter(operation.bias);
        const table = kind === 'table';
        return of(operation.from).map((row) =>
          range(table ? rows : units).map((output) => {
            const z = row.reduce(
              (sum, x, input) => sum + x * (table ? w(output, input) : w(input, output)),
              bias(0, output),
            );
            if (operation.activation === 'relu') return Math.max(z, 0);
            return operation.activation === 'gelu' ? z * normal(z) : z;
          }),
        );
      }
      case 'attention':
        return attention(of(operation.from), operation.heads).result;
      case 'add': {
        const update = of(operation.update);
        return of(operation.stream).map((row, i) => row.map((x, unit) => x + update[i][unit]));
      }
      case 'select':
        return of(operation.from);
    }
  }
}

/** Causal attention from rows of queries, keys and values; and the probabilities, [head][row][column]. */
export function attention(qkv: Rows, heads: number): { result: Rows; probabilities: Rows[] } {
  const width = qkv[0].length / 3;
  const headUnits = width / heads;
  const probabilities = range(heads).map((head) =>
    qkv.map((row, t) => {
      const scores = qkv.slice(0, t + 1).map((other) => {
        const dot = range(headUnits).reduce((sum, d) => {
          const unit = head * headUnits + d;
          return sum + row[unit] * other[width + unit];
        }, 0);
        return Math.exp(dot / Math.sqrt(headUnits));
      });
      const total = scores.reduce((sum, x) => sum + x, 0);
      return scores.map((x) => x / total);
    }),
  );
  const result = qkv.map((_, t) =>
    range(width).map((unit) =>
      probabilities[Math.floor(unit / headUnits)][t].reduce(
        (sum, p, s) => sum + p * qkv[s][2 * width + unit],
        0,
      ),
    ),
  );
  return { result, probabilities };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const average = (row: readonly number[]): number => row.reduce((sum, x) => sum + x, 0) / row.length;

/** The normal distribution function by Simpson's rule from 0, to 1e−8 for |x| ≤ 6. */
function normal(x: number): number {
  const steps = 60;
  const h = x / steps;
  const density = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * density(i * h);
  return 0.5 + (sum * h) / 3;
}
