import type { Matrix } from '../core/matrix';
import { type Replicate, replicateKey } from '../core/replicate';
import type { Experiment } from '../experiment/experiment';
import type { MakeContext, Recording, Source } from '../sources/source';
import { type LabelParts, noUnits, TestView } from '../measures/site-view';
import { ofRdms, sourceOf } from '../sources/sources';
import type { Checkpoint, TrainingObserver } from '../training/engine';
import { keptKey, recordingKey } from './keys';
import type { Store } from './store/store';

/** Bytes of recordings' ends that are kept in memory, and of activations while replicates are compared. */
const mostEnds = 32e6;
const mostCompared = 64e6;

/** The recordings of an experiment's replicates, as one thread needs them: from the store, or made and kept there. */
export class Recordings {
  readonly #ends = new Held<Recording>(mostEnds);
  /** Test activations of the replicates that are compared, by layer: every comparison asks for all. */
  readonly #compared = new Held<ReadonlyMap<string, Matrix<Float32Array>>>(mostCompared);
  /** By the replicate's own: digests of all that the stimuli are. */
  readonly #keys = new Map<string, string>();
  #lookedAt: { key: string; recording: Recording } | undefined;

  /**
   * @param experiment at the point whose replicates they are of
   * @param keep writes to the store; false where that refuses
   */
  constructor(
    private readonly experiment: Experiment,
    private readonly context: MakeContext,
    private readonly store: Store,
    private readonly keep: (write: () => Promise<void>) => Promise<boolean>,
  ) {}

  key(replicate: Replicate): string {
    const name = replicateKey(replicate);
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = recordingKey(this.#source(replicate), replicate, this.context.engine.info);
      this.#keys.set(name, key);
    }
    return key;
  }

  #source({ source }: Replicate): Source {
    return sourceOf(this.experiment, { source });
  }

  /** @returns also whether it was in the store */
  async make(
    replicate: Replicate,
    observer: TrainingObserver = {},
  ): Promise<{ recording: Recording; reused: boolean }> {
    const source = this.#source(replicate);
    // Whose files it is made from.
    const made = { ...replicate, source: source.madeFrom ?? replicate.source };
    const key = keptKey(this.#source(made), made, this.context.engine.info);
    let isKept = true;
    const files = {
      read: () => this.store.read(key),
      write: async (all: Parameters<Store['write']>[1]) => {
        isKept = await this.keep(() => this.store.write(key, all));
      },
    };
    const { recording, reused } = await source.make(replicate, this.context, files, observer);
    if (!isKept) this.#holdEnd(this.key(replicate), recording);
    return { recording, reused };
  }

  /** Of a replicate that is still made, from the checkpoints that it has reached. */
  soFar(replicate: Replicate, checkpoints: readonly Checkpoint[]): Recording {
    return this.#source(replicate).soFar(replicate, this.context, checkpoints);
  }

  /** As `make`; the one last looked at is kept, since one looks at many of its checkpoints. */
  async looked(replicate: Replicate): Promise<Recording> {
    const key = this.key(replicate);
    if (this.#lookedAt?.key !== key)
      this.#lookedAt = { key, recording: (await this.make(replicate)).recording };
    return this.#lookedAt.recording;
  }

  /** A recording at its end alone. */
  async end(replicate: Replicate): Promise<Recording> {
    const key = this.key(replicate);
    return this.#ends.get(key) ?? this.#holdEnd(key, (await this.make(replicate)).recording);
  }

  #holdEnd(key: string, recording: Recording): Recording {
    const end = recording.end();
    this.#ends.put(key, end, end.bytes);
    return end;
  }

  /**
   * A layer as it is compared: at the replicate's end, or at its newest checkpoint up to an epoch. The activations of all
   * its layers stay until `forgetCompared`, as far as there is room.
   */
  async compared(
    labels: Pick<LabelParts, 'analyses' | 'conditions'>,
    replicate: Replicate,
    site: string,
    epoch: number | undefined,
  ): Promise<TestView> {
    if (ofRdms(this.experiment, replicate.source)) {
      const { rdm } = await this.end(replicate);
      return new TestView(labels, noUnits, rdm?.(site, 'test'));
    }
    const key = `${this.key(replicate)} ${epoch ?? 'end'}`;
    let layers = this.#compared.get(key);
    if (!layers) {
      const recording =
        epoch === undefined ? await this.end(replicate) : (await this.make(replicate)).recording;
      const upTo = recording.checkpoints.findLastIndex((one) => epoch === undefined || one.epoch <= epoch);
      const checkpoint = Math.max(0, upTo);
      const { rows } = this.context.sets.test.inputs;
      // Layers that will not be held are made one at a time.
      if (recording.sites.reduce((sum, { units }) => sum + units * rows * 4, 0) > mostCompared)
        return new TestView(labels, await recording.activations(site, 'test', checkpoint));
      const found = new Map<string, Matrix<Float32Array>>();
      for (const { name } of recording.sites)
        found.set(name, await recording.activations(name, 'test', checkpoint));
      const bytes = [...found.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
      this.#compared.put(key, (layers = found), bytes);
    }
    const layer = layers.get(site);
    if (!layer) throw new RangeError(`${replicate.source} has no layer ${site}.`);
    return new TestView(labels, layer);
  }

  forgetCompared(): void {
    this.#compared.clear();
  }
}

/** What is asked for in turn, again and again: the first that fit the room stay. */
class Held<T> {
  readonly #all = new Map<string, T>();
  #bytes = 0;

  constructor(private readonly room: number) {}

  get(key: string): T | undefined {
    return this.#all.get(key);
  }

  put(key: string, thing: T, bytes: number): void {
    if (this.#all.has(key) || this.#bytes + bytes > this.room) return;
    this.#all.set(key, thing);
    this.#bytes += bytes;
  }

  clear(): void {
    this.#all.clear();
    this.#bytes = 0;
  }
}
