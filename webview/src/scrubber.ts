import { button } from './controls';
import { h } from './dom';
import type { Page } from './page';
import type { View } from './panel';
import { shortEpoch, standing } from './selectors';

/** Time between positions while playing, in milliseconds, once a position is drawn. */
const pace = 250;
/** The same for people who do not want to see motion: single pictures, one after the other. */
const calmPace = 1500;

/** A slider through the checkpoints of the chosen replicate, which moves the common choice of a checkpoint, and plays. */
export function scrubber(page: Pick<Page, 'choose'>) {
  const slider = h('input', {
    class: 'scrub-slider',
    attributes: { type: 'range', min: '0', step: '1', 'aria-label': 'Checkpoint of training' },
  });
  const text = h('span', { class: 'scrub-text' });
  const play = button('▶ Play', () => (playing ? stop() : start()), 'Play the checkpoints');
  const element = h('div', { class: 'scrubber' }, play, slider, text);
  let steps: { step: number; epoch: number }[] = [];
  let until: number | undefined;
  let at = 0;
  let playing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function go(to: number): void {
    const step = steps[to]?.step;
    if (step === undefined) return;
    at = to;
    label();
    page.choose({ step: to === steps.length - 1 ? null : step });
  }
  function label(): void {
    const epoch = steps[at]?.epoch;
    const remarks = [
      steps.length > 1 ? `${at + 1} of ${steps.length}` : 'the only checkpoint',
      ...(at === steps.length - 1 && steps.length > 1 ? ['newest'] : []),
      ...(until === undefined || epoch === undefined ? [] : [standing(epoch, until)]),
    ];
    const of = until === undefined ? '' : ` of ${shortEpoch(until)}`;
    text.textContent = epoch === undefined ? '' : `epoch ${shortEpoch(epoch)}${of} (${remarks.join(', ')})`;
    slider.setAttribute('aria-valuetext', text.textContent);
  }
  function start(): void {
    playing = true;
    show();
    go(at >= steps.length - 1 ? 0 : at + 1);
  }
  function stop(): void {
    playing = false;
    clearTimeout(timer);
    show();
  }
  function show(): void {
    play.textContent = playing ? '⏸ Pause' : '▶ Play';
    const what = playing ? 'Pause' : 'Play the checkpoints';
    play.setAttribute('aria-label', what);
    play.setAttribute('title', what);
  }
  slider.addEventListener('input', () => {
    stop();
    go(Number(slider.value));
  });

  return {
    element,
    stop,
    /** @param follows whether what is shown is of the chosen checkpoint */
    show(view: View, follows: boolean) {
      const offer = view.offers.find(({ network, seed }) => network === view.network && seed === view.seed);
      steps = offer?.checkpoints ?? [];
      until = offer?.until;
      element.hidden = !view.capabilities.checkpoints || steps.length === 0 || !follows;
      play.hidden = slider.hidden = steps.length < 2;
      if ((element.hidden || play.hidden) && playing) stop();
      const found = steps.findIndex(({ step }) => step === view.step);
      at = found < 0 ? steps.length - 1 : found;
      slider.max = String(Math.max(0, steps.length - 1));
      slider.value = String(at);
      label();
    },
    /** The position is on the screen: when playing, the next one comes after a while. */
    drawn() {
      clearTimeout(timer);
      if (!playing) return;
      if (at >= steps.length - 1) {
        stop();
        return;
      }
      const calm =
        matchMedia('(prefers-reduced-motion: reduce)').matches ||
        document.body.classList.contains('vscode-reduce-motion'); // the editor's own setting
      timer = setTimeout(() => go(at + 1), calm ? calmPace : pace);
    },
  };
}
