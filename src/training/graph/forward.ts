import { log } from '../../core/elementary';
import type { Matrix } from '../../core/matrix';
import type { Parameters } from '../engine';
import { countedReadings, microBatches, readingsAt, type Sequences } from './batch';
import { BoundProgram } from './bound-program';
import type { Program } from './program';

/** What a network says where tokens count. */
interface SequenceAnswers {
  /** Places in `tokens`, upwards. */
  readonly at: Uint32Array;
  /** The most probable token; the first of equal ones. */
  readonly said: Uint16Array;
  /** Natural logarithm of its probability, … */
  readonly sure: Float32Array;
  /** … and of that of the token that is there. */
  readonly logProbability: Float32Array;
  /** The rank of that token among all: 1 where no other is as probable. */
  readonly rank: Uint16Array;
}

/** Runs a program with given parameters, to read what it says and what its sites hold. */
export class GraphForward {
  readonly #bound: BoundProgram;

  constructor(
    private readonly program: Program,
    parameters: Parameters,
  ) {
    this.#bound = new BoundProgram(program, parameters, false);
    const { labels, memory, workspace } = this.#bound;
    // No token is the right one: what softmax gives are probabilities.
    workspace.floats.fill(-1, labels / 4, labels / 4 + memory.rows);
  }

  /** Goes on with other parameters of the same program. */
  load(parameters: Parameters): void {
    this.#bound.load(parameters);
  }

  /** What is said of every token that counts, from those before it. */
  answers(sequences: Sequences): SequenceAnswers {
    const documents = sequences.starts.subarray(0, -1).keys();
    const readings = countedReadings(sequences, documents);
    const at = Uint32Array.from(readings.flatMap(({ selected }) => selected.map(({ index }) => index)));
    const said = new Uint16Array(at.length);
    const sure = new Float32Array(at.length);
    const logProbability = new Float32Array(at.length);
    const rank = new Uint16Array(at.length);
    const placeOf = new Map<number, number>();
    at.forEach((place, i) => placeOf.set(place, i));
    const { y, units } = this.#bound.logits;
    const { floats } = this.#bound.workspace;
    for (const batch of microBatches(sequences, readings, this.#bound.memory.octets)) {
      this.#bound.run(batch);
      this.#bound.softmax(batch.rows.length, 1);
      batch.indices.forEach((index, row) => {
        const first = this.#first(row);
        const logits = y / 4 + first;
        let best = 0;
        for (let token = 1; token < units; token++)
          if (floats[logits + token * 8] > floats[logits + best * 8]) best = token;
        const right = floats[logits + sequences.tokens[index] * 8];
        const behind = right - floats[logits + best * 8];
        const i = placeOf.get(index)!;
        said[i] = best;
        // Itself is one of them.
        for (let token = 0; token < units; token++) if (floats[logits + token * 8] >= right) rank[i]++;
        // The probability of the best is never small, that of the token that is there may be.
        sure[i] = log(floats[this.#bound.gradients / 4 + first + best * 8]);
        logProbability[i] = behind + sure[i];
      });
    }
    return { at, said, sure, logProbability, rank };
  }

  /** @returns at.length × units of the readout, which are the vocabulary (and a value, where there is one): the logits that predict the token at each place of `tokens`; none is a document's first */
  logits(sequences: Sequences, at: ArrayLike<number>): Matrix<Float32Array> {
    const cols = this.#bound.logits.units;
    const data = new Float32Array(at.length * cols);
    for (const batch of microBatches(sequences, readingsAt(sequences, at, 1), this.#bound.memory.octets)) {
      this.#bound.run(batch);
      batch.indices.forEach((index, row) =>
        this.#bound.copyRow(this.#bound.logits.y, row, this.#bound.logits, data, index * cols),
      );
    }
    return { rows: at.length, cols, data };
  }

  /** @returns of each site at.length × units: its units at the positions of the tokens at these places of `tokens` */
  states(sequences: Sequences, sites: readonly string[], at: ArrayLike<number>): Matrix<Float32Array>[] {
    const values = sites.map((name) => {
      const found = this.program.sites.find((site) => site.name === name);
      if (!found) throw new Error(`The network has no site ${name}.`);
      return this.#bound.memory.values.get(found.value)!;
    });
    const states = values.map(({ units }) => ({
      rows: at.length,
      cols: units,
      data: new Float32Array(at.length * units),
    }));
    for (const batch of microBatches(sequences, readingsAt(sequences, at, 0), this.#bound.memory.octets)) {
      this.#bound.run(batch);
      values.forEach((value, v) =>
        batch.indices.forEach((index, i) =>
          this.#bound.copyRow(
            ...([value.y, value.selected ? i : batch.rows[i], value] as const),
            ...([states[v].data, index * value.units] as const),
          ),
        ),
      );
    }
    return states;
  }

  /**
   * How the positions of a whole document attend to each other.
   *
   * @param layer from 0
   * @returns of each head length × length, row-major: how much the row's position attends to the column's
   * @throws RangeError where there is no such layer
   */
  attention(sequences: Sequences, document: number, layer: number): Float32Array[] {
    const start = sequences.starts[document];
    const length = sequences.starts[document + 1] - start;
    const offset = sequences.offsets?.[document] ?? 0;
    const reading = { start, offset, length, selected: [{ position: length - 1, index: 0 }] };
    const [batch] = microBatches(sequences, [reading], this.#bound.memory.octets);
    this.#bound.run(batch);
    const { floats } = this.#bound.workspace;
    const places = this.program.operations.flatMap((operation, o) =>
      operation.kind === 'attention' ? [{ heads: operation.heads, ...this.#bound.operations[o] }] : [],
    );
    const { heads = 0, probabilities } = places[layer] ?? {};
    if (!probabilities) throw new RangeError(`The network has no attention in layer ${layer + 1}.`);
    const from = probabilities(0, batch) / 4;
    return Array.from({ length: heads }, (_, head) => {
      const map = new Float32Array(length ** 2);
      for (let row = 0; row < length; row++)
        for (let column = 0; column <= row; column++)
          map[row * length + column] = floats[from + ((head * length + row) * length + column) * 8];
      return map;
    });
  }

  /** Numbers from the beginning of the logits, or of their probabilities, to the first of a selected row; the others follow by eights. */
  #first(row: number): number {
    return (row >> 3) * this.#bound.logits.paddedUnits * 8 + (row & 7);
  }

  /** Gives the memory back; this must not be used any more. */
  release(): void {
    this.#bound.release();
  }
}
