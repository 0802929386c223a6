import type { AnswerOf, PictureKind } from '../../src/protocol/pictures';
import type { Chosen } from './choices';
import type { Host } from './host';
import { oneAtATime } from './one-at-a-time';
import type { Answers, Panel, Query, View } from './panel';
import { reason } from './reason';
import { Recent } from './recent';
import { resolved, type Resolved } from './resolved';

/** Who scrubs on does not want every position: what is late takes a second (milliseconds). */
const rest = 250;

/** How many answers of a kind are kept; one of a replicate takes up to some megabytes. */
const most: { readonly [K in PictureKind]?: number } = { stimuli: 1, replicate: 48 };
const MOST = 64;

/** What a panel is drawn from. */
export interface Gathered<C> extends Resolved<C> {
  answers: Answers;
}

/** Asks the host for what panels want: once for each picture, and of wishes that wait for their turn the newest only. */
export class Asking {
  readonly #known = new Map<PictureKind, Recent<unknown>>();
  /** Why what is late did not come: it is not asked for again. */
  readonly #failures = new Map<string, Error>();
  readonly #inTurn = oneAtATime();
  #wish = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Host) {}

  /** Forgets what may be answered otherwise now. @param all other results are shown than before */
  forget(all: boolean): void {
    this.#failures.clear();
    if (all) this.#known.clear();
    else this.#known.delete('similarities');
  }

  /** @throws SupersededError where a newer wish has overtaken this one; otherwise what the host refuses with */
  async gather<C extends object>(panel: Panel<C>, view: View, chosen: Chosen): Promise<Gathered<C>> {
    this.#wish++;
    clearTimeout(this.#timer);
    const found = new Map<string, unknown>();
    const answers: Answers = {
      of: <K extends PictureKind>(query: Query<K>) => found.get(keyOf(query)) as AnswerOf<K> | undefined,
      failure: (query) => {
        const failure = this.#failures.get(keyOf(query));
        return failure === undefined ? undefined : reason(failure);
      },
    };
    for (;;) {
      const gathered = { ...resolved(panel.choices, chosen, answers, view), answers };
      const missing = (panel.wants?.(answers, view, gathered.c) ?? []).filter(
        (query) => !found.has(keyOf(query)) && (query.late !== true || this.#settled(query)),
      );
      if (missing.length === 0) return gathered;
      const all = (): Promise<unknown> =>
        Promise.all(missing.map(async (query) => found.set(keyOf(query), await this.#ask(query))));
      // What is known needs no turn.
      await (missing.every((query) => this.#of(query).has(keyOf(query))) ? all() : this.#inTurn(all));
    }
  }

  /** Asks for what a panel was drawn without, once nothing newer was wished for a while. @param then is called when all of it is known; @returns whether there is such */
  later(queries: readonly Query[], then: () => void): boolean {
    const wish = this.#wish;
    const missing = queries.filter(
      (query) => query.late === true && !this.#settled(query) && !this.#failures.has(keyOf(query)),
    );
    if (missing.length === 0) return false;
    this.#timer = setTimeout(() => {
      const asked = missing.map((query) =>
        this.#ask(query).catch((error: unknown) =>
          this.#failures.set(keyOf(query), error instanceof Error ? error : new Error(String(error))),
        ),
      );
      void Promise.all(asked).then(() => {
        if (wish === this.#wish) then();
      });
    }, rest);
    return true;
  }

  #ask(query: Query): Promise<unknown> {
    const { kind, place, parameters } = query;
    return this.#of(query).get(keyOf(query), () => this.host.picture(kind, place, parameters));
  }

  #settled(query: Query): boolean {
    return this.#of(query).settled(keyOf(query));
  }

  #of({ kind }: Query): Recent<unknown> {
    const known = this.#known.get(kind) ?? new Recent(most[kind] ?? MOST);
    this.#known.set(kind, known);
    return known;
  }
}

function keyOf({
  kind,
  place,
  parameters,
}: {
  kind: PictureKind;
  place: unknown;
  parameters: unknown;
}): string {
  return JSON.stringify([kind, place, parameters]);
}
