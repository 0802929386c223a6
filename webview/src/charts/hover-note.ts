import { h } from '../dom';
import { visibleLines } from '../../../src/formats/visible';
import type { Spot } from './stops';

/** The note of what a picture has at a place. */
export interface HoverNote {
  element: HTMLElement;
  hide(): void;
  /** Beside a place, within the picture. */
  show(lines: readonly string[], beside: Omit<Spot, 'round'>): void;
}

export function hoverNote(box: HTMLElement): HoverNote {
  const element = h('div', { class: 'hover', attributes: { hidden: '', 'aria-hidden': 'true' } });
  return {
    element,
    hide() {
      element.hidden = true;
    },
    show(lines, { x, y, width, height }) {
      element.hidden = false;
      element.textContent = visibleLines(lines.join('\n'));
      const [right, below] = [x + width / 2 + 14, y + height / 2 + 16];
      const { offsetWidth: wide, offsetHeight: high } = element;
      const left = right + wide > box.clientWidth ? x - width / 2 - wide - 8 : right;
      const top = below + high > box.clientHeight ? y - height / 2 - high - 8 : below;
      element.style.left = `${Math.max(0, left)}px`;
      element.style.top = `${Math.max(0, top)}px`;
    },
  };
}
