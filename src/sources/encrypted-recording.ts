import type { Label } from '../core/label';
import type { Matrix } from '../core/matrix';
import type { Replicate } from '../core/replicate';
import type { Site } from '../core/site';
import { truths } from '../experiment/evaluate';
import type { SetName, Task } from '../experiment/experiment';
import type { Expression } from '../experiment/expression';
import { columnsOf } from '../stimuli/task-label';
import {
  ciphertextBits,
  computeEncrypted,
  decrypt,
  drawKey,
  encrypt,
  type EncryptionSizes,
  encryptionStream,
  type IntegerKey,
  leafName,
  leavesOf,
} from './integer-encryption';
import type { MakeContext, Recording } from './source';

/** A circuit that is computed of encrypted bits. */
interface EncryptedCircuit {
  readonly name: string;
  readonly tasks: readonly string[];
  readonly sites: readonly Site[];
  /** By layer. */
  readonly gates: readonly (readonly Expression[])[];
  readonly answers: readonly Task[];
  readonly encrypt: EncryptionSizes;
}

/**
 * The ciphertexts of the gates, as units: each gate has as many as its ciphertext has bits, the lowest first, 0 or 1. Each stimulus has one fresh encryption of each of its bits,
 * from which all gates are computed; the key is one for the whole replicate, and no unit holds it.
 */
export class EncryptedRecording implements Recording {
  readonly checkpoints = [{ step: 0, epoch: 0 }];
  readonly #key: IntegerKey;
  readonly #fresh = new Map<SetName, ReadonlyMap<string, readonly bigint[]>>();

  constructor(
    private readonly network: EncryptedCircuit,
    readonly replicate: Replicate,
    private readonly context: MakeContext,
  ) {
    this.#key = drawKey(network.encrypt, encryptionStream('key', network.name, replicate.seed));
  }

  get sites(): readonly Site[] {
    return this.network.sites;
  }

  /** Encrypted bits are kept, an object of some 32 bytes each. */
  get bytes(): number {
    return [...this.#fresh.values()].reduce(
      (sum, leaves) => sum + [...leaves.values()].reduce((all, { length }) => all + 32 * length, 0),
      0,
    );
  }

  activations(site: string, set: SetName): Promise<Matrix<Float32Array>> {
    const at = this.sites.findIndex(({ name }) => name === site);
    if (at < 0) throw new RangeError(`There is no layer ${site}.`);
    const bits = ciphertextBits(this.network.encrypt);
    const { rows } = this.context.sets[set].inputs;
    const gates = this.formulas[at];
    const data = new Float32Array(rows * gates.length * bits);
    for (const [gate, formula] of gates.entries())
      for (let row = 0; row < rows; row++) {
        let rest = this.ciphertext(formula, set, row);
        const start = (row * gates.length + gate) * bits;
        for (let bit = 0; bit < bits; bit++, rest >>= 1n) data[start + bit] = Number(rest & 1n);
      }
    return Promise.resolve({ rows, cols: gates.length * bits, data });
  }

  /** What it answers, decrypted. */
  behaviour(set: SetName): ReturnType<Recording['behaviour']> {
    const { tasks } = this.context.sets[set];
    const outputs = this.formulas[this.formulas.length - 1];
    const accuracy = this.network.tasks.map((name, at) => {
      const { values } = tasks.find((task) => task.name === name) as Label;
      const right = values.reduce(
        (sum, value, row) =>
          sum + (decrypt(this.ciphertext(outputs[at], set, row), this.#key) === value ? 1 : 0),
        0,
      );
      return [name, right / values.length] as const;
    });
    return Promise.resolve({ loss: null, accuracy: new Map(accuracy) });
  }

  end(): Recording {
    return this;
  }

  /** By site. */
  private get formulas(): readonly (readonly Expression[])[] {
    const { gates, answers } = this.network;
    return [...gates, answers.flatMap(({ label }) => (label.kind === 'binary' ? [label.expression] : []))];
  }

  private ciphertext(formula: Expression, set: SetName, row: number): bigint {
    const fresh = this.fresh(set);
    return computeEncrypted(formula, this.#key, (leaf) => fresh.get(leafName(leaf))?.[row] ?? 0n);
  }

  /** The encryptions of what the circuit reads of each stimulus, by name. */
  private fresh(set: SetName): ReadonlyMap<string, readonly bigint[]> {
    const known = this.#fresh.get(set);
    if (known) return known;
    const { features, inputs } = this.context.sets[set];
    const columns = columnsOf(features);
    const { name, encrypt: sizes } = this.network;
    const made = new Map<string, readonly bigint[]>();
    for (const [leaf, expression] of leavesOf(this.formulas.flat())) {
      const draws = encryptionStream('bits', name, this.replicate.seed, set, leaf);
      const bits = truths(expression, columns, inputs.rows);
      made.set(
        leaf,
        Array.from(bits, (bit) => encrypt(bit, this.#key, sizes, draws)),
      );
    }
    this.#fresh.set(set, made);
    return made;
  }
}
