import { Fragment, h, type ComponentChild } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ReplicateOffer } from '../../src/protocol/dashboard';
import { Button } from './control-bar';
import type { Page } from './page';
import { isRecorded } from './replicate-name';
import { offerOf, shortEpoch, standing } from './selectors';
import type { State } from './state';
import { v } from './view';

/** Time between positions while playing, in milliseconds, once a position is drawn. */
const pace = 250;
/** The same for people who do not want to see motion: single pictures, one after the other. */
const calmPace = 1500;

/** A slider through the checkpoints of the chosen replicate, which moves the common choice of a checkpoint, and plays. */
export function Scrubber({ state, page }: { state: State; page: Pick<Page, 'choose'> }): ComponentChild {
  const view = state.view.value;
  if (view === null || !view.capabilities.checkpoints || !state.front.value.follows.includes('checkpoint'))
    return null;
  const offer = offerOf(view.offers, view.replicate);
  const steps = offer?.checkpoints ?? [];
  // What was brought along was trained elsewhere, or not at all.
  if (offer === undefined || steps.length === 0 || isRecorded(view.results, offer.source)) return null;
  const found = steps.findIndex(({ step }) => step === view.step);
  const at = found < 0 ? steps.length - 1 : found;
  const text = positionText(offer, at);
  const go = (to: number): void =>
    page.choose({ step: to === steps.length - 1 ? null : (steps[to]?.step ?? null) });
  return v(
    'div',
    { class: 'scrubber' },
    steps.length < 2
      ? null
      : h(Slider, { at, last: steps.length - 1, text, progress: state.progress.value, go }),
    v('span', { class: 'scrub-text' }, text),
  );
}

function Slider({
  at,
  last,
  text,
  progress,
  go,
}: {
  at: number;
  last: number;
  text: string;
  /** How far what is at this position has come to the screen. */
  progress: State['progress']['value'];
  go: (to: number) => void;
}): ComponentChild {
  const [playing, play] = useState(false);
  // When a position is on the screen, the next one comes after a while.
  useEffect(() => {
    if (!playing || progress === 'asked') return undefined;
    if (progress === 'failed' || at === last) {
      play(false);
      return undefined;
    }
    const timer = setTimeout(() => go(at + 1), isCalm() ? calmPace : pace);
    return () => clearTimeout(timer);
  }, [playing, progress, at]);
  const press = (): void => {
    play(!playing);
    if (!playing) go(at === last ? 0 : at + 1);
  };
  const slide = ({ target }: Event): void => {
    play(false);
    go(Number((target as HTMLInputElement).value));
  };
  const range = { type: 'range', min: 0, max: last, step: 1, value: at };
  const said = { 'aria-label': 'Checkpoint of training', 'aria-valuetext': text };
  return h(
    Fragment,
    {},
    playing
      ? h(Button, { label: '⏸ Pause', hint: 'Pause', press })
      : h(Button, { label: '▶ Play', hint: 'Play the checkpoints', press }),
    v('input', { class: 'scrub-slider', ...range, ...said, oninput: slide }),
  );
}

/** `epoch 10 of 200 (3 of 5, still training)`. */
function positionText({ checkpoints, until }: ReplicateOffer, at: number): string {
  const epoch = checkpoints[at]?.epoch;
  if (epoch === undefined) return '';
  const several = checkpoints.length > 1;
  const remarks = [
    several ? `${at + 1} of ${checkpoints.length}` : 'the only checkpoint',
    ...(several && at === checkpoints.length - 1 ? ['newest'] : []),
    ...(until === undefined ? [] : [standing(epoch, until)]),
  ];
  const of = until === undefined ? '' : ` of ${shortEpoch(until)}`;
  return `epoch ${shortEpoch(epoch)}${of} (${remarks.join(', ')})`;
}

/** No motion: the system says so, or the editor's own setting. */
function isCalm(): boolean {
  return (
    matchMedia('(prefers-reduced-motion: reduce)').matches ||
    document.body.classList.contains('vscode-reduce-motion')
  );
}
