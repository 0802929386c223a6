import { batch, effect, signal } from '@preact/signals';
import type { Asking } from './asking';
import { SupersededError } from './one-at-a-time';
import type { State } from './state';

/** After so long a wait it is said that a picture is being computed (milliseconds): what the store lost is trained anew. */
const patience = 700;

/** Gathers what the panel in front wants whenever the state asks for something else; the latest wish wins. */
export function keepGathering(state: State, asking: Asking): void {
  /** How often something has come that a panel was drawn without. */
  const late = signal(0);

  effect(() => {
    void late.value;
    const [panel, view, chosen] = [state.front.value, state.view.value, state.chosen.value];
    if (view === null) return undefined;
    const wish = ++state.wished;
    let overtaken = false;
    batch(() => {
      state.progress.value = 'asked';
      state.trouble.value = '';
    });
    const slow = setTimeout(
      () => (state.trouble.value = `${panel.title}: computing what it shows…`),
      patience,
    );
    asking
      .gather(panel, view, chosen)
      .then(
        (gathered) => {
          if (overtaken) return;
          batch(() => {
            state.trouble.value = '';
            state.shown.value = { wish, panel, view, gathered };
          });
          const wanted = panel.wants?.(gathered.answers, view, gathered.c) ?? [];
          state.lacking.value = asking.later(wanted, () => (late.value += 1));
        },
        (error: unknown) => {
          if (!(error instanceof SupersededError) && !overtaken) state.fail(panel, error);
        },
      )
      .finally(() => clearTimeout(slow));
    return () => {
      overtaken = true;
      clearTimeout(slow);
    };
  });
}
