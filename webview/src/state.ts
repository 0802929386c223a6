import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { replicateKey } from '../../src/core/replicate';
import type { Live, LiveCurve, RunState, Welcome } from '../../src/protocol/dashboard';
import type { Results } from '../../src/protocol/results';
import type { Gathered } from './asking';
import {
  type Change,
  type Chosen,
  type Kept,
  initialChoices,
  justAsked,
  restoredChoices,
  restoredKept,
} from './choices';
import type { Values } from './host';
import type { Panel, View } from './panel';
import { reason } from './reason';
import { viewOf } from './selectors';

/** How the run stands, and the curves of its replicates. */
interface Standing {
  run: RunState;
  curves: ReadonlyMap<string, LiveCurve>;
  /** What is read aloud: what was going on when that last changed, not every per cent. */
  spoken: string;
}

/** A panel with what it is drawn from. */
interface Shown {
  /** Counts what was shown. */
  wish: number;
  panel: Panel;
  view: View;
  gathered: Gathered<Record<string, unknown>>;
}

/** All state of the page: what the host has said, what the user has chosen, and what has come of it. What is drawn follows. */
export class State {
  readonly results = signal<Results | null>(null);
  readonly standing = signal<Standing | null>(null);
  readonly chosen: Signal<Chosen>;
  readonly kept: Signal<Kept>;
  /** The panel in front … */
  readonly front: ReadonlySignal<Panel>;
  /** … and what it looks at; null before there are results. */
  readonly view: ReadonlySignal<View | null>;
  /** What has come of what is wished for; before it has, that of the wish before. */
  readonly shown = signal<Shown | null>(null);
  /** Counts what was wished for. */
  wished = 0;
  /** How far the newest wish is. */
  readonly progress = signal<'asked' | 'drawn' | 'failed'>('asked');
  /** It is drawn without what takes long, which is asked for. */
  readonly lacking = signal(false);
  /** The list of hazards is to come to sight, with what this rule says. */
  readonly sought = signal<{ rule: string | undefined } | null>(null);
  /** The status line: what was last done … */
  readonly said = signal('');
  /** … unless the panel in front is waited for, or could not be shown. */
  readonly trouble = signal('');

  /** @param stored what was chosen before, as the host kept it */
  constructor(
    panels: readonly [Panel, ...Panel[]],
    readonly welcome: Signal<Welcome>,
    stored: unknown,
  ) {
    this.chosen = signal(restoredChoices(stored, initialChoices(panels)));
    this.kept = signal(restoredKept(stored));
    this.front = computed(() => panels.find(({ id }) => id === this.chosen.value.tab) ?? panels[0]);
    const running = computed(() => this.standing.value?.run.status === 'running');
    this.view = computed(() => {
      const whole = this.results.value;
      if (whole === null) return null;
      const { capabilities, offers, comparisons } = this.welcome.value;
      const there = { whole, capabilities, offers, comparisons, running: running.value };
      return viewOf(there, this.chosen.value, this.front.value.ofReplicate === true);
    });
  }

  /** Takes what the host has now. A comparison, or the list of hazards, that was just asked for comes to the front. */
  take(welcome: Welcome, { results }: Values): void {
    batch(() => {
      this.welcome.value = welcome;
      if (results !== undefined) this.results.value = results;
      if (welcome.live !== undefined) this.follow(welcome.live, true);
      const { beside, hazardsAt = 0 } = welcome;
      const asked = justAsked(this.kept.peek(), welcome);
      this.keep({ comparedAt: beside?.at ?? 0, hazardsAt });
      if (asked.comparison) this.choose({ tab: 'compare' });
      if (asked.hazards) this.showHazards();
    });
  }

  /** @param whole all curves there are, and not only those that have changed */
  follow({ run, curves: changed }: Live, whole = false): void {
    const before = this.standing.peek();
    const turned = before?.run.status !== run.status;
    // A new run starts with its own curves; its first message holds all of them.
    const afresh = whole || (turned && run.status === 'running');
    const curves = new Map(afresh ? [] : before?.curves);
    for (const curve of changed) curves.set(replicateKey(curve), curve);
    this.standing.value = { run, curves, spoken: turned ? run.message : before.spoken };
  }

  /** What panels are drawn by. */
  choose(change: Change): void {
    this.chosen.value = { ...this.chosen.peek(), ...change };
  }

  /** What they are not drawn by, and is kept all the same. */
  keep(change: Partial<Kept>): void {
    this.kept.value = { ...this.kept.peek(), ...change };
  }

  fail(panel: Panel, error: unknown): void {
    batch(() => {
      this.progress.value = 'failed';
      this.trouble.value = `${panel.title} could not be shown: ${reason(error)}`;
    });
  }

  showHazards(rule?: string): void {
    batch(() => {
      this.sought.value = { rule };
      this.choose({ tab: 'overview' });
    });
  }
}
