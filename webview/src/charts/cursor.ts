import { h } from '../dom';
import { visibleLines } from '../../../src/formats/visible';
import type { HoverNote } from './hover-note';
import { moveOf, type Stop, type Stops } from './stops';

/** Smaller cells have a larger frame: it has to be found. */
const LEAST = 10;
/** Between what is marked and its frame. */
const CLEAR = 3;
let boxes = 0;

/** The keyboard's cursor in a picture: elements over it, so that moving draws nothing anew. */
export class KeyboardCursor {
  readonly #mark = h('div', { class: 'cursor', attributes: { hidden: '', 'aria-hidden': 'true' } });
  readonly #said = h('div', { class: 'for-readers', attributes: { 'aria-live': 'polite' } });
  readonly #keys = h('div', { attributes: { id: `picture-keys-${++boxes}`, hidden: '' } });
  readonly elements = [this.#mark, this.#said, this.#keys];
  readonly #over = new AbortController();
  #stop: Stop | null = null;
  #shown = false;

  /** @param current what there is in the picture now */
  constructor(
    private readonly box: HTMLElement,
    private readonly note: HoverNote,
    private readonly current: () => Stops,
  ) {
    const { signal } = this.#over;
    box.addEventListener('keydown', (event) => void (this.#act(event) && event.preventDefault()), { signal });
    box.addEventListener('focus', () => this.#reached(), { signal });
    box.addEventListener('blur', () => this.#hide(), { signal });
    box.setAttribute('role', 'application');
    box.setAttribute('aria-roledescription', 'chart');
    box.setAttribute('aria-describedby', this.#keys.id);
    box.tabIndex = 0;
  }

  /** Whether it is to be seen, and not the pointer's note. */
  shown(): boolean {
    return this.#shown;
  }

  /** The pointer took over; the keyboard goes on from here. */
  leftTo(stop: Stop | undefined): void {
    this.#hide();
    this.#stop = stop ?? this.#stop;
  }

  /** The picture was drawn anew. */
  redrawn(): void {
    const { keys } = this.current();
    if (this.#keys.textContent !== keys) this.#keys.textContent = keys;
    if (this.#shown && !this.#mark.hidden) this.#show();
    else if (!this.#shown) this.note.hide();
  }

  /** The element is no picture for the keyboard any more. */
  end(): void {
    this.#over.abort();
    this.box.setAttribute('role', 'img');
    for (const name of ['aria-roledescription', 'aria-describedby', 'tabindex'])
      this.box.removeAttribute(name);
  }

  #there(): ReturnType<Stops['at']> {
    return this.#stop === null ? null : this.current().at(this.#stop);
  }

  #show(): void {
    const place = this.#there();
    if (place === null) {
      this.#hide();
      return;
    }
    const { spot, found } = place;
    this.#shown = true;
    this.#mark.hidden = false;
    this.#mark.classList.toggle('round', spot.round);
    const [width, height] = [sizeOf(spot.width), sizeOf(spot.height)];
    const [left, top] = [spot.x - width / 2, spot.y - height / 2];
    Object.assign(this.#mark.style, {
      width: `${width}px`,
      height: `${height}px`,
      left: `${left}px`,
      top: `${top}px`,
    });
    this.note.show(found, spot);
    this.#say(visibleLines(found.lines.join('\n')));
  }

  #hide(): void {
    if (this.#shown) this.note.hide();
    this.#shown = false;
    this.#mark.hidden = true;
    this.#say('');
  }

  #say(text: string): void {
    if (this.#said.textContent !== text) this.#said.textContent = text;
  }

  #reached(): void {
    // Who comes by pointer has the pointer's note.
    if (!this.box.matches(':focus-visible')) return;
    this.#show();
    if (this.#shown) return;
    this.#shown = true;
    this.note.show({ lines: [this.current().keys] }, { x: 0, y: this.box.clientHeight, width: 0, height: 0 });
  }

  /** @returns whether the key was for the picture */
  #act(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') {
      const busy = !this.note.element.hidden;
      this.#hide();
      this.note.hide();
      return busy;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return event.repeat;
      // Only what is to be seen is picked.
      if (!this.#mark.hidden) this.#there()?.found.pick?.();
      else {
        this.#stop = this.#there() === null ? this.current().go(null, 'start') : this.#stop;
        this.#show();
      }
      return true;
    }
    const move = moveOf(event);
    if (move === undefined) return false;
    const next = this.current().go(this.#there() === null ? null : this.#stop, move);
    if (next === null) return false;
    this.#stop = next;
    this.#show();
    this.#mark.scrollIntoView({ block: 'nearest' });
    return true;
  }
}

function sizeOf(marked: number): number {
  return Math.max(LEAST, marked + 2 * CLEAR);
}
