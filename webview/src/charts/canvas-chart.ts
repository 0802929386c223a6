import { h, svg } from '../dom';
import { pngOf } from '../png';
import { possibleScale } from '../sheet';
import type { Theme } from '../theme';
import { canvasPen } from './canvas-pen';
import type { Chart } from './chart';
import { claim } from './claim';
import { type Cursor, keyboardCursor } from './cursor';
import { type Drag, dragging } from './drag';
import { hoverNote } from './hover-note';
import { contextOf, type Pen } from './pen';
import type { Found, Stops } from './stops';
import { svgPen } from './svg-pen';

/** What is at a place of the picture, in its pixels. */
export type Find = (x: number, y: number) => Found | null;

interface Painting {
  height: number;
  /** Of a file, where whole names need more than the width of the page. */
  width?: number;
  paint: (pen: Pen) => void;
  /** For the pointer, … */
  find: Find;
  /** … and for the keyboard. */
  stops: Stops;
  drag?: Drag;
}

/** The canvas of an element, kept from picture to picture, and what is to be found on it now. */
interface Easel {
  canvas: HTMLCanvasElement;
  cursor: Cursor;
  find: Find;
  stops: Stops;
  drag: Drag | undefined;
  /** Draws the picture of the moment anew. */
  again: () => void;
}

const easels = new WeakMap<HTMLElement, Easel>();

/**
 * A chart of our own on a canvas: there at once, drawn anew within milliseconds, whatever the number of cells or points.
 *
 * @param prepare `whole`: for a file, in which no name is shortened
 */
export function canvasChart(prepare: (theme: Theme, width: number, whole: boolean) => Painting): Chart {
  return {
    draw(into, theme) {
      const width = into.clientWidth;
      const { height, paint, ...held } = prepare(theme, width, false);
      claim(into, 'canvas', () => leave(into));
      const easel = easelOf(into);
      Object.assign(easel, { drag: undefined, ...held });
      easel.again = () => void this.draw(into, theme);
      const { canvas, cursor } = easel;
      const scale = window.devicePixelRatio || 1;
      const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
      // Setting a size, even the same, makes a new canvas of it.
      if (canvas.width !== across || canvas.height !== down) {
        canvas.width = across;
        canvas.height = down;
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      const context = contextOf(canvas);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      const pen = canvasPen(context, theme.font);
      pen.fill(0, 0, width, height, theme.background);
      paint(pen);
      cursor.redrawn();
      return Promise.resolve();
    },
    async image(_into, format, theme, size) {
      const { height, paint, width = size.width } = prepare(theme, size.width, true);
      if (format === 'svg') {
        const drawing = svg('svg', {
          width,
          height,
          viewBox: `0 0 ${width} ${height}`,
          'font-family': theme.font,
        });
        const pen = svgPen(drawing);
        pen.fill(0, 0, width, height, theme.background);
        paint(pen);
        return new TextEncoder().encode(new XMLSerializer().serializeToString(drawing));
      }
      const canvas = document.createElement('canvas');
      const scale = possibleScale(size.scale, width, height);
      canvas.width = Math.round(scale * width);
      canvas.height = Math.round(scale * height);
      const context = contextOf(canvas);
      context.scale(scale, scale);
      const pen = canvasPen(context, theme.font);
      pen.fill(0, 0, width, height, theme.background);
      paint(pen);
      return pngOf(canvas);
    },
  };
}

/** Something else draws into the element from now on. */
function leave(into: HTMLElement): void {
  easels.get(into)?.cursor.end();
  easels.delete(into);
  into.replaceChildren();
  into.classList.remove('on-canvas');
}

function easelOf(into: HTMLElement): Easel {
  const known = easels.get(into);
  if (known !== undefined) return known;
  const note = hoverNote(into);
  const canvas = h('canvas', { attributes: { 'aria-hidden': 'true' } });
  const cursor = keyboardCursor(into, note, () => easel.stops);
  const easel: Easel = {
    canvas,
    cursor,
    find: () => null,
    stops: { keys: '', go: () => null, at: () => null },
    drag: undefined,
    again: () => undefined,
  };
  const hand = dragging(
    canvas,
    () => easel.drag,
    () => easel.again(),
  );
  const under = (event: MouseEvent): Found | null => easel.find(event.offsetX, event.offsetY);
  canvas.addEventListener('pointermove', (event) => {
    // The page moved under a pointer at rest.
    if (cursor.shown() && event.movementX === 0 && event.movementY === 0) return;
    const found = under(event);
    cursor.leftTo(found?.stop);
    canvas.classList.toggle('pickable', found?.pick !== undefined);
    if (found === null || hand.busy()) note.hide();
    else note.show(found.lines, { x: event.offsetX, y: event.offsetY, width: 0, height: 0 });
  });
  canvas.addEventListener('pointerleave', () => {
    if (!cursor.shown()) note.hide();
  });
  canvas.addEventListener('click', (event) => {
    if (!hand.busy()) under(event)?.pick?.();
  });
  into.replaceChildren(canvas, hand.overlay, ...cursor.elements, note.element);
  into.classList.add('on-canvas');
  easels.set(into, easel);
  return easel;
}
