import { h, svg } from '../dom';

/** What dragging over a picture does. Places are pixels of the picture. */
export interface Drag {
  /** The line that dragging draws; none where the picture itself moves. */
  outline: 'lasso' | 'box' | 'none';
  /** Whether one may begin here. */
  within: (x: number, y: number) => boolean;
  /** The pointer went on by so much. */
  moved?: (dx: number, dy: number) => void;
  /** What was enclosed: corners, x and y in turn. */
  enclosed?: (outline: number[]) => void;
  /** Nearer (below 1) or farther, about a place. */
  zoomed?: (factor: number, x: number, y: number) => void;
  /** Back to where it all began: a double click. */
  reset?: () => void;
}

/** A hand that moves less does not drag: it clicks. */
const slack = 4;

/**
 * Lets one drag over a canvas.
 *
 * @param current what dragging does now
 * @param again draws the picture anew
 * @returns whether the pointer is dragging, or a click is the end of a drag
 */
export function dragging(
  canvas: HTMLCanvasElement,
  current: () => Drag | undefined,
  again: () => void,
): { overlay: Element; busy: () => boolean } {
  const shape = svg('polygon');
  const hidden = { hidden: '', 'aria-hidden': 'true' };
  const overlay = h('div', { class: 'drag-outline', attributes: hidden }, svg('svg', {}, shape));
  let path: number[] | undefined;
  let dragged = false;

  canvas.addEventListener('pointerdown', (event) => {
    dragged = false;
    const drag = current();
    if (event.button !== 0 || drag?.within(event.offsetX, event.offsetY) !== true) return;
    path = [event.offsetX, event.offsetY];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const drag = current();
    if (path === undefined || drag === undefined) return;
    const [fromX = 0, fromY = 0] = dragged ? path.slice(-2) : path;
    const [dx, dy] = [event.offsetX - fromX, event.offsetY - fromY];
    if (!dragged && Math.hypot(dx, dy) < slack) return;
    dragged = true;
    path.push(event.offsetX, event.offsetY);
    if (drag.outline === 'none') {
      drag.moved?.(dx, dy);
      again();
      return;
    }
    overlay.hidden = false;
    shape.setAttribute('points', outlineOf(drag, path).join(' '));
  });
  const end = (): void => {
    const drag = current();
    const points = path;
    path = undefined;
    overlay.hidden = true;
    if (dragged && points !== undefined && drag !== undefined && drag.outline !== 'none')
      drag.enclosed?.(outlineOf(drag, points));
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', () => {
    path = undefined;
    overlay.hidden = true;
  });
  zooming(canvas, current, again);
  return { overlay, busy: () => dragged };
}

/** Lets one zoom by the wheel, and go back to where it all began. */
function zooming(canvas: HTMLCanvasElement, current: () => Drag | undefined, again: () => void): void {
  canvas.addEventListener('dblclick', () => {
    const drag = current();
    if (drag?.reset === undefined) return;
    drag.reset();
    again();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      const drag = current();
      if (drag?.zoomed === undefined || !drag.within(event.offsetX, event.offsetY)) return;
      event.preventDefault();
      drag.zoomed(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 300), event.offsetX, event.offsetY);
      again();
    },
    { passive: false },
  );
}

/** The corners of what is enclosed, by the path of the pointer. */
function outlineOf({ outline }: Drag, path: number[]): number[] {
  if (outline === 'lasso') return path;
  const [x0 = 0, y0 = 0] = path;
  const [x1 = 0, y1 = 0] = path.slice(-2);
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/** Whether a place lies within an outline, by counting the edges that a ray crosses. */
export function isInside(outline: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const corners = outline.length / 2;
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const [xi = 0, yi = 0] = [outline[2 * i], outline[2 * i + 1]];
    const [xj = 0, yj = 0] = [outline[2 * j], outline[2 * j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
