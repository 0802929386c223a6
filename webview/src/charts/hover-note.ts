import { h } from '../dom';
import { visibleLines } from '../../../src/formats/visible';
import { thumbCanvas } from '../thumb';
import type { Found, Spot } from './stops';

/** The note of what a picture has at a place. */
export interface HoverNote {
  element: HTMLElement;
  hide(): void;
  /** Beside a place, within the picture. */
  show(found: Pick<Found, 'lines' | 'thumb'>, beside: Omit<Spot, 'round'>): void;
}

export function hoverNote(box: HTMLElement): HoverNote {
  const element = h('div', { class: 'hover', attributes: { hidden: '', 'aria-hidden': 'true' } });
  return {
    element,
    hide() {
      element.hidden = true;
    },
    show({ lines, thumb }, { x, y, width, height }) {
      element.hidden = false;
      const text = visibleLines(lines.join('\n'));
      element.replaceChildren(...(thumb === undefined ? [] : [thumbCanvas(thumb)]), text);
      const [right, below] = [x + width / 2 + 14, y + height / 2 + 16];
      const { offsetWidth: wide, offsetHeight: high } = element;
      const left = right + wide > box.clientWidth ? x - width / 2 - wide - 8 : right;
      const top = below + high > box.clientHeight ? y - height / 2 - high - 8 : below;
      element.style.left = `${Math.max(0, left)}px`;
      element.style.top = `${Math.max(0, top)}px`;
    },
  };
}
