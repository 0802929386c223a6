import type { StimuliDetail } from '../protocol/detail';
import type { Experiment } from '../experiment/experiment';
import type { Session } from '../run/session';

/** Views are answered by a thread of their own, which ends when nobody has asked for this long (milliseconds). */
const idleAfter = 120_000;

/** Answers what views ask of finished replicates, also while the threads of the run are busy. Started when first asked. */
export class ViewSession {
  /** The stimuli, where they are known without asking the thread. */
  stimuli: StimuliDetail | undefined;
  #session: Session | undefined;
  #asking = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly experiment: Experiment,
    private readonly start: (experiment: Experiment) => Session,
  ) {}

  /** @param question asked of the session, which is there until it is answered */
  async ask<T>(question: (session: Session) => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#asking++;
    try {
      this.#session ??= this.start(this.experiment);
      return await question(this.#session);
    } finally {
      if (--this.#asking === 0) {
        this.#timer = setTimeout(() => void this.dispose(), idleAfter);
        this.#timer.unref();
      }
    }
  }

  /** Starts the thread, if it does not run. */
  warm(): void {
    if (this.#session) return;
    this.ask((session) => session.prepare()).catch(() => undefined);
  }

  /** Ends the thread; the next question starts another. */
  async dispose(): Promise<void> {
    clearTimeout(this.#timer);
    const session = this.#session;
    this.#session = undefined;
    await session?.dispose();
  }
}

/** Who answers what views ask of the results of a file: one session at a time. */
export class FoundViews {
  #current: ViewSession | undefined;

  constructor(private readonly start: (experiment: Experiment) => Session) {}

  get current(): ViewSession | undefined {
    return this.#current;
  }

  /** A session for views of an experiment: the one at hand, if it is of the same. */
  of(experiment: Experiment): ViewSession {
    const known = this.#current;
    if (known && JSON.stringify(known.experiment) === JSON.stringify(experiment)) return known;
    return new ViewSession(experiment, this.start);
  }

  /** From now on this one answers; the one before ends. */
  adopt(views: ViewSession | undefined): void {
    if (views === this.#current) return;
    void this.#current?.dispose();
    this.#current = views;
  }
}
