import type { Theme } from '../theme';
import { visible } from '../../../src/formats/visible';
import { drawAxes } from './axes';
import { cellsOf, type Layout, NAME, NOTE, type Placed, titleWidth, TOP } from './layout';
import { drawRowNames } from './names';
import { drawMarks } from './paint-marks';
import type { Pen } from './pen';
import type { Picture } from './picture';
import { drawScale } from './scale';

/** Draws a picture that has been laid out. */
export function paint(pen: Pen, picture: Picture, layout: Layout, theme: Theme): void {
  const { scale } = picture;
  layout.legend.draw(pen, layout.legend.left, TOP);
  for (const { left, top, title, notes, beside } of layout.heads) {
    pen.text(left, top + 9, title, { colour: theme.foreground, size: NAME, bold: true });
    const right = left + titleWidth(title, theme) + 8;
    const [x, y] = beside ? [right, top + 9] : [left, top + 24];
    for (const [line, note] of notes.entries())
      if (note !== '') pen.text(x, y + NOTE * line, visible(note), { colour: theme.muted, size: 11 });
  }
  for (const placed of layout.placed) paintPlot(pen, placed, theme, scale);
  if (layout.bar !== null && scale !== undefined) drawScale(pen, scale, theme, layout.bar);
}

function paintPlot(pen: Pen, placed: Placed, theme: Theme, scale: Picture['scale']): void {
  const { plot, box, at, rows, columns, written } = placed;
  const { left, top, width, height } = box;
  const bottom = top + height;
  // A matrix has its frame.
  if (cellsOf(plot) === undefined && plot.plain !== true) drawAxes(pen, theme, plot, box, written);
  const look = { colour: theme.muted, size: 11, align: 'middle' } as const;
  if (plot.title !== undefined) pen.text(left + width / 2, top - 12, visible(plot.title), look);
  for (const mark of plot.marks) drawMarks(pen, mark, placed, theme, scale);
  if (plot.empty !== undefined) pen.text(left + width / 2, top + height / 2, visible(plot.empty), look);
  if (rows !== null) drawRowNames(pen, rows, (row) => at.y(row), { left, bottom }, theme);
  let y = bottom + (rows?.pointers ?? 0);
  for (const part of columns) {
    part.draw(pen, y);
    y += part.height;
  }
  if (written && plot.x.names !== undefined && plot.x.title !== '')
    pen.text(left + width / 2, y + 6, visible(plot.x.title), { colour: theme.foreground, align: 'middle' });
}
