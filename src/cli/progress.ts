import { type Replicate, replicateKey, replicateLabel } from '../core/replicate';
import { computedBy } from '../formats/computed-by';
import { visible } from '../formats/visible';
import type { RunEvent } from '../run/session';
import { cutColumns } from './text';

/** Where the progress goes. */
interface ProgressTarget {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Whether a terminal is there that can rewrite a line, and the user wants it to.
 *
 * @param environment a `TERM` of `dumb` knows no escape codes; any `NO_COLOR` asks for plain text (https://no-color.org)
 */
export function rewrites(
  { isTTY }: ProgressTarget,
  { TERM, NO_COLOR }: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTTY === true && TERM !== 'dumb' && (NO_COLOR ?? '') === '';
}

/** Shows how far a run is: in one line that is rewritten, or in a line per replicate. */
export class ProgressLine {
  readonly #started = performance.now();
  readonly #shares = new Map<string, number>();
  #planned = 0;
  #finished = 0;
  #current = '';
  #drawn = 0;

  constructor(
    private readonly target: ProgressTarget,
    private readonly rewritten: boolean,
  ) {}

  on(event: RunEvent): void {
    switch (event.kind) {
      case 'prepared':
        this.#planned = event.replicates.length;
        this.line(computedBy(event.prepared.lanes));
        break;
      case 'started':
      case 'checkpoint':
      case 'preview':
        break;
      case 'training': {
        const { step, totalSteps, loss, epoch } = event.progress;
        this.#shares.set(replicateKey(event), step / Math.max(1, totalSteps));
        this.#current = `${nameOf(event)}: epoch ${epoch.toFixed(0)}, loss ${loss.toPrecision(3)}`;
        break;
      }
      case 'analysing':
        this.#shares.set(replicateKey(event), 1);
        this.#current = `${nameOf(event)}: analysing`;
        break;
      case 'replicate': {
        this.#shares.set(replicateKey(event), 1);
        this.#finished++;
        const { status, reason } = event.results;
        if (status === 'failed')
          this.line(`${nameOf(event)} failed: ${visible(reason ?? 'no reason given')}`);
        else if (!this.rewritten)
          this.line(
            `${nameOf(event)} ${event.reused ? 'taken from the store' : 'done'} (${this.#finished} of ${this.#planned}, ${this.seconds()} s)`,
          );
        break;
      }
      case 'comparing':
        this.#current = `comparing layers: ${event.done} of ${event.of}`;
        if (!this.rewritten) this.line(`${this.#current} (${this.seconds()} s)`);
        break;
    }
    this.draw(event.kind !== 'training' && event.kind !== 'comparing');
  }

  /** Ends the line that is rewritten. */
  end(): void {
    if (this.rewritten) this.target.write('\r\u001b[K');
  }

  private draw(now: boolean): void {
    if (!this.rewritten) return;
    const time = performance.now();
    if (!now && time - this.#drawn < 100) return;
    this.#drawn = time;
    const done =
      [...this.#shares.values()].reduce((sum, share) => sum + share, 0) / Math.max(1, this.#planned);
    const width = 24;
    const filled = Math.min(width, Math.round(done * width));
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    const text = `${bar} ${(done * 100).toFixed(0).padStart(3)} %  ${this.#finished}/${this.#planned} replicates  ${this.seconds()} s  ${this.#current}`;
    this.target.write(`\r\u001b[K${cutColumns(text, (this.target.columns ?? 80) - 1)}`);
  }

  /** Says something that stays. */
  line(text: string): void {
    this.end();
    this.target.write(`${text}\n`);
  }

  private seconds(): string {
    return ((performance.now() - this.#started) / 1000).toFixed(0);
  }
}

const nameOf = (replicate: Replicate): string => visible(replicateLabel(replicate));
