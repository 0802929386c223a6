import { isSame, type Replicate } from '../core/replicate';
import type { Preview } from '../run/jobs';
import type { Checkpoint } from '../training/engine';
import { log, reason } from './log';

/** A newer checkpoint is worth another look when training is this many times as far. */
const worthAfter = 6;

/**
 * Pictures of each network before any of its replicates is finished, from the newest checkpoint at hand. The first comes from where it
 * trains; newer ones are made one at a time. A network that has a finished replicate needs none.
 */
export class Previews {
  readonly #networks = new Map<string, Training>();
  #busy = false;
  #ended = false;

  /** @param make analyses a replicate by its checkpoints. @param made is called after each */
  constructor(
    private readonly make: (replicate: Replicate, checkpoints: readonly Checkpoint[]) => Promise<Preview>,
    private readonly made: () => void,
  ) {}

  get any(): boolean {
    return [...this.#networks.values()].some(({ preview }) => preview);
  }

  find(replicate: Replicate): Preview | undefined {
    const training = this.#networks.get(replicate.source);
    return training && isOf(training, replicate) ? training.preview : undefined;
  }

  /** The checkpoints that the preview is of. */
  checkpoints({ source }: Replicate, { checkpoint }: Preview): Checkpoint[] {
    return (this.#networks.get(source)?.checkpoints ?? []).filter(({ step }) => step <= checkpoint.step);
  }

  reached(replicate: Replicate, checkpoint: Checkpoint): void {
    if (this.#ended) return;
    const known = this.#networks.get(replicate.source);
    if (known?.replicate === null) return;
    if (known && isOf(known, replicate) && checkpoint.step > (known.checkpoints.at(-1)?.step ?? -1))
      known.checkpoints.push(checkpoint);
    // The first of a replicate, or the first after its thread died.
    else this.#networks.set(replicate.source, { replicate, checkpoints: [checkpoint], seen: 0 });
    void this.#next();
  }

  /** The first preview of a replicate, made where it trains. */
  arrived(replicate: Replicate, preview: Preview): void {
    const training = this.#networks.get(replicate.source);
    if (this.#ended || !training || !isOf(training, replicate)) return;
    training.preview = preview;
    training.seen = Math.max(training.seen, preview.checkpoint.step);
    this.made();
  }

  /** A replicate of the network is finished. */
  finished({ source }: Replicate): void {
    this.#networks.set(source, { replicate: null, checkpoints: [], seen: 0 });
  }

  end(): void {
    this.#ended = true;
    this.#networks.clear();
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    const training = [...this.#networks.values()]
      .filter(({ checkpoints, seen }) => seen > 0 && (checkpoints.at(-1)?.step ?? 0) > worthAfter * seen)
      .sort((a, b) => a.seen - b.seen)[0];
    if (!training?.replicate) return;
    const { replicate } = training;
    this.#busy = true;
    try {
      training.seen = training.checkpoints.at(-1)?.step ?? 0;
      const preview = await this.make(replicate, [...training.checkpoints]);
      if (!this.#ended && this.#networks.get(replicate.source) === training) {
        training.preview = preview;
        this.made();
      }
    } catch (error) {
      // Its finished replicate will say what is wrong; unless it is only the picture that fails.
      log().debug(`No preview of ${replicate.source}: ${reason(error)}`);
    } finally {
      this.#busy = false;
    }
    await this.#next();
  }
}

interface Training {
  /** Null where one of the network is finished: it needs no preview. */
  readonly replicate: Replicate | null;
  readonly checkpoints: Checkpoint[];
  /** Step of the newest checkpoint that was looked at. */
  seen: number;
  preview?: Preview;
}

function isOf({ replicate: own }: Training, replicate: Replicate): boolean {
  return own !== null && isSame(own, replicate);
}
