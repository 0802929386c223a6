import type { Preview, ReplicateName } from '../run/jobs';
import type { Checkpoint } from '../training/engine';
import { log, reason } from './log';

/** A newer checkpoint is worth another look when training is this many times as far. */
const worthAfter = 6;

/**
 * Pictures of each network before any of its replicates is finished, from the newest checkpoint at hand. The first comes from where it
 * trains; newer ones are made one at a time. A network that has a finished replicate needs none.
 */
export class Previews {
  readonly #networks: (Training | undefined)[] = [];
  #busy = false;
  #ended = false;

  /** @param make analyses a replicate by its checkpoints. @param made is called after each */
  constructor(
    private readonly make: (name: ReplicateName, checkpoints: readonly Checkpoint[]) => Promise<Preview>,
    private readonly made: () => void,
  ) {}

  get any(): boolean {
    return this.#networks.some((network) => network?.preview);
  }

  find({ network, seed }: ReplicateName): Preview | undefined {
    const training = this.#networks[network];
    return training?.name.seed === seed ? training.preview : undefined;
  }

  /** The checkpoints that the preview is of. */
  checkpoints({ network }: ReplicateName, { checkpoint }: Preview): Checkpoint[] {
    return (this.#networks[network]?.checkpoints ?? []).filter(({ step }) => step <= checkpoint.step);
  }

  reached(name: ReplicateName, checkpoint: Checkpoint): void {
    if (this.#ended) return;
    const known = this.#networks[name.network];
    if (known?.finished === true) return;
    if (known?.name.seed === name.seed && checkpoint.step > (known.checkpoints.at(-1)?.step ?? -1))
      known.checkpoints.push(checkpoint);
    // The first of a replicate, or the first after its thread died.
    else this.#networks[name.network] = { name, checkpoints: [checkpoint], seen: 0, finished: false };
    void this.#next();
  }

  /** The first preview of a replicate, made where it trains. */
  arrived({ network, seed }: ReplicateName, preview: Preview): void {
    const training = this.#networks[network];
    if (this.#ended || training?.name.seed !== seed || training.finished) return;
    training.preview = preview;
    training.seen = Math.max(training.seen, preview.checkpoint.step);
    this.made();
  }

  /** A replicate of the network is finished. */
  finished(network: number): void {
    const name = { network, seed: -1 };
    this.#networks[network] = { name, checkpoints: [], seen: 0, finished: true };
  }

  end(): void {
    this.#ended = true;
    this.#networks.length = 0;
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    const training = this.#networks
      .filter((one) => one !== undefined)
      .filter(({ checkpoints, seen }) => seen > 0 && (checkpoints.at(-1)?.step ?? 0) > worthAfter * seen)
      .sort((a, b) => a.seen - b.seen)[0];
    if (!training) return;
    this.#busy = true;
    try {
      training.seen = training.checkpoints.at(-1)?.step ?? 0;
      const preview = await this.make(training.name, [...training.checkpoints]);
      if (!this.#ended && this.#networks[training.name.network] === training) {
        training.preview = preview;
        this.made();
      }
    } catch (error) {
      // Its finished replicate will say what is wrong; unless it is only the picture that fails.
      log().debug(`No preview of network ${training.name.network}: ${reason(error)}`);
    } finally {
      this.#busy = false;
    }
    await this.#next();
  }
}

interface Training {
  readonly name: ReplicateName;
  readonly checkpoints: Checkpoint[];
  /** Step of the newest checkpoint that was looked at. */
  seen: number;
  readonly finished: boolean;
  preview?: Preview;
}
