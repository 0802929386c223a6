import { h, svg } from '../dom';
import { pngOf } from '../png';
import { possibleScale } from '../sheet';
import type { Theme } from '../theme';
import { CanvasPen } from './canvas-pen';
import type { Chart } from './chart';
import { claim } from './claim';
import { KeyboardCursor } from './cursor';
import { type Drag, dragging } from './drag';
import { findIn } from './find';
import { handOver } from './hand';
import { hoverNote } from './hover-note';
import { type Layout, layOut } from './layout';
import { paint } from './paint';
import { contextOf, type Pen } from './pen';
import type { Picture } from './picture';
import type { Find, Found, Stops } from './stops';
import { SvgPen } from './svg-pen';

/** The canvas of an element, kept from picture to picture, and what is to be found on it now. */
interface Easel {
  canvas: HTMLCanvasElement;
  cursor: KeyboardCursor;
  find: Find;
  stops: Stops;
  drag: Drag | undefined;
  /** Draws the picture of the moment anew. */
  again: () => void;
}

const easels = new WeakMap<HTMLElement, Easel>();

/**
 * A picture on a canvas: there at once, drawn anew within milliseconds, whatever the number of cells or points.
 *
 * @param make gives the picture for a width in pixels; `whole`: for a file, in which no name is shortened
 */
export function pictureChart(make: (page: number, whole: boolean) => Picture): Chart {
  return {
    draw(into, theme, room) {
      const picture = make(into.clientWidth, false);
      const layout = layOut(picture, theme, into.clientWidth, false, room);
      claim(into, 'canvas', () => leave(into));
      const easel = easelOf(into);
      const held = { ...findIn(layout, picture.enter), drag: handOver(picture, layout) };
      Object.assign(easel, held, { again: () => void this.draw(into, theme, room) });
      drawOn(
        easel.canvas,
        window.devicePixelRatio || 1,
        picture,
        { ...layout, width: into.clientWidth },
        theme,
      );
      easel.cursor.redrawn();
      return Promise.resolve();
    },
    async image(_into, format, theme, size) {
      const picture = make(size.width, true);
      const layout = layOut(picture, theme, size.width, true, size.room);
      const { width, height } = layout;
      if (format === 'svg') {
        const drawing = svg('svg', {
          width,
          height,
          viewBox: `0 0 ${width} ${height}`,
          'font-family': theme.font,
        });
        drawWith(new SvgPen(drawing), picture, layout, theme);
        return new TextEncoder().encode(new XMLSerializer().serializeToString(drawing));
      }
      const canvas = document.createElement('canvas');
      drawOn(canvas, possibleScale(size.scale, width, height), picture, layout, theme);
      return pngOf(canvas);
    },
  };
}

/** @param scale dots of the canvas for each pixel of the picture */
function drawOn(
  canvas: HTMLCanvasElement,
  scale: number,
  picture: Picture,
  layout: Layout,
  theme: Theme,
): void {
  const { width, height } = layout;
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
  drawWith(new CanvasPen(context, theme.font), picture, layout, theme);
}

function drawWith(pen: Pen, picture: Picture, layout: Layout, theme: Theme): void {
  pen.fill(0, 0, layout.width, layout.height, theme.background);
  paint(pen, picture, layout, theme);
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
  const cursor = new KeyboardCursor(into, note, () => easel.stops);
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
    else note.show(found, { x: event.offsetX, y: event.offsetY, width: 0, height: 0 });
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
