import type { Matrix } from '../../core/matrix';
import { documentOf } from '../../stimuli/documents/corpus';
import type { Parameters } from '../engine';
import { countedReadings, microBatches, type MicroBatch, type Sequences } from './batch';
import { BoundProgram } from './bound-program';
import type { ValueMemory } from './memory';
import type { Program } from './program';

/** What is asked of a site: where it is, and what its gradients are copied to. */
interface Wanted {
  readonly value: ValueMemory;
  readonly found: Matrix<Float32Array>;
}

/** Runs a program with given parameters forwards and backwards, to read the gradient of the loss at its sites. */
export class GraphGradients {
  readonly #bound: BoundProgram;

  constructor(
    private readonly program: Program,
    parameters: Parameters,
  ) {
    this.#bound = new BoundProgram(program, parameters, true);
  }

  /**
   * The gradient of each document's own loss: of the sum of the cross-entropies, in nats, of its tokens that count.
   *
   * @returns of each site at.length × units: with regard to its units at the positions of the tokens at these places of `tokens`; 0 where no token that counts comes after
   */
  at(sequences: Sequences, sites: readonly string[], at: ArrayLike<number>): Matrix<Float32Array>[] {
    const asked = new Map<number, { readonly place: number; readonly index: number }[]>();
    for (let index = 0; index < at.length; index++) {
      const document = documentOf(sequences.starts, at[index]);
      const known = asked.get(document);
      if (known) known.push({ place: at[index], index });
      else asked.set(document, [{ place: at[index], index }]);
    }
    const wanted = new Map<string, Wanted>();
    const all = sites.map((name) => {
      const site = this.program.sites.find((one) => one.name === name);
      if (!site) throw new Error(`The network has no site ${name}.`);
      const { value, units: cols } = site;
      const found = { rows: at.length, cols, data: new Float32Array(at.length * cols) };
      wanted.set(value, { value: this.#bound.memory.values.get(value)!, found });
      return found;
    });
    const readings = countedReadings(sequences, asked.keys());
    for (const batch of microBatches(sequences, readings, this.#bound.memory.octets)) {
      const places = placesIn(batch, sequences, asked);
      this.#bound.run(batch);
      this.#bound.predict(batch, sequences.tokens, 1);
      this.#bound.backward(batch, (o) => this.#copy(o, wanted, batch, places));
    }
    return all;
  }

  /** Copies what is whole before an operation goes back: the gradient of what it gave, or, where that has gone through an activation function, of what it takes. */
  #copy(
    o: number,
    wanted: ReadonlyMap<string, Wanted>,
    batch: MicroBatch,
    { rows, selected }: PlacesInBatch,
  ): void {
    const operation = this.program.operations[o];
    const copy = ({ value, found }: Wanted, address: number): void => {
      for (const [index, row] of value.selected ? selected : rows)
        this.#bound.copyRow(address, row, value, found.data, index * value.units);
    };
    const given = wanted.get(operation.to);
    if (given && !given.value.slopes) copy(given, given.value.delta);
    const taken = operation.kind === 'linear' ? wanted.get(operation.from) : undefined;
    const sent = taken?.value.slopes ? this.#bound.operations[o].sent : undefined;
    if (taken && sent) copy(taken, sent(batch));
  }

  /** Gives the memory back; this must not be used any more. */
  release(): void {
    this.#bound.release();
  }
}

/** Rows of a batch by the index of what is asked for: of all positions, and of those that are selected. */
interface PlacesInBatch {
  readonly rows: ReadonlyMap<number, number>;
  readonly selected: ReadonlyMap<number, number>;
}

function placesIn(
  batch: MicroBatch,
  { starts }: Sequences,
  asked: ReadonlyMap<number, readonly { readonly place: number; readonly index: number }[]>,
): PlacesInBatch {
  const [rows, selected] = [new Map<number, number>(), new Map<number, number>()];
  const predicted = new Map<number, number>();
  // Of each document the last position that is read, and its row.
  const ends = new Map<number, { readonly place: number; readonly row: number }>();
  batch.indices.forEach((index, i) => {
    predicted.set(index - 1, i);
    ends.set(documentOf(starts, index), { place: index - 1, row: batch.rows[i] });
  });
  for (const [document, end] of ends)
    for (const { place, index } of asked.get(document) ?? []) {
      if (place > end.place) continue;
      rows.set(index, end.row - (end.place - place) * 8);
      const at = predicted.get(place);
      if (at !== undefined) selected.set(index, at);
    }
  return { rows, selected };
}
