import { h } from '../dom';
import { visibleLines } from '../../../src/formats/visible';
import type { HoverNote } from './hover-note';
import { moveOf, type Stop, type Stops } from './stops';

/** The keyboard's cursor in a picture: elements over it, so that moving draws nothing anew. */
export interface Cursor {
  elements: HTMLElement[];
  /** Whether it is to be seen, and not the pointer's note. */
  shown(): boolean;
  /** The pointer took over; the keyboard goes on from here. */
  leftTo(stop: Stop | undefined): void;
  /** The picture was drawn anew. */
  redrawn(): void;
  /** The element is no picture for the keyboard any more. */
  end(): void;
}

/** Smaller cells have a larger frame: it has to be found. */
const LEAST = 10;
/** Between what is marked and its frame. */
const CLEAR = 3;
let boxes = 0;

/** @param current what there is in the picture now */
export function keyboardCursor(box: HTMLElement, note: HoverNote, current: () => Stops): Cursor {
  const mark = h('div', { class: 'cursor', attributes: { hidden: '', 'aria-hidden': 'true' } });
  const said = h('div', { class: 'for-readers', attributes: { 'aria-live': 'polite' } });
  const keys = h('div', { attributes: { id: `picture-keys-${++boxes}`, hidden: '' } });
  const over = new AbortController();
  let stop: Stop | null = null;
  let shown = false;

  const say = (text: string): void => {
    if (said.textContent !== text) said.textContent = text;
  };
  const hide = (): void => {
    if (shown) note.hide();
    shown = false;
    mark.hidden = true;
    say('');
  };
  const there = () => (stop === null ? null : current().at(stop));
  const show = (): void => {
    const place = there();
    if (place === null) {
      hide();
      return;
    }
    const { spot, found } = place;
    shown = true;
    mark.hidden = false;
    mark.classList.toggle('round', spot.round);
    const [width, height] = [sizeOf(spot.width), sizeOf(spot.height)];
    mark.style.width = `${width}px`;
    mark.style.height = `${height}px`;
    mark.style.left = `${spot.x - width / 2}px`;
    mark.style.top = `${spot.y - height / 2}px`;
    note.show(found.lines, spot);
    say(visibleLines(found.lines.join('\n')));
  };

  const act = (event: KeyboardEvent): boolean => {
    if (event.key === 'Escape') {
      const busy = !note.element.hidden;
      hide();
      note.hide();
      return busy;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return event.repeat;
      // Only what is to be seen is picked.
      if (!mark.hidden) there()?.found.pick?.();
      else {
        stop = there() === null ? current().go(null, 'start') : stop;
        show();
      }
      return true;
    }
    const move = moveOf(event);
    if (move === undefined) return false;
    const next = current().go(there() === null ? null : stop, move);
    if (next === null) return false;
    stop = next;
    show();
    mark.scrollIntoView({ block: 'nearest' });
    return true;
  };
  const { signal } = over;
  box.addEventListener('keydown', (event) => void (act(event) && event.preventDefault()), { signal });
  box.addEventListener(
    'focus',
    () => {
      // Who comes by pointer has the pointer's note.
      if (!box.matches(':focus-visible')) return;
      show();
      if (shown) return;
      shown = true;
      note.show([current().keys], { x: 0, y: box.clientHeight, width: 0, height: 0 });
    },
    { signal },
  );
  box.addEventListener('blur', hide, { signal });
  box.setAttribute('role', 'application');
  box.setAttribute('aria-roledescription', 'chart');
  box.setAttribute('aria-describedby', keys.id);
  box.tabIndex = 0;

  return {
    elements: [mark, said, keys],
    shown: () => shown,
    leftTo(next) {
      hide();
      stop = next ?? stop;
    },
    redrawn() {
      if (keys.textContent !== current().keys) keys.textContent = current().keys;
      if (shown && !mark.hidden) show();
      else if (!shown) note.hide();
    },
    end() {
      over.abort();
      box.setAttribute('role', 'img');
      for (const name of ['aria-roledescription', 'aria-describedby', 'tabindex']) box.removeAttribute(name);
    },
  };
}

function sizeOf(marked: number): number {
  return Math.max(LEAST, marked + 2 * CLEAR);
}
