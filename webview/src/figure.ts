import { h, type ComponentChild, type RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from './control-bar';
import { Drawing } from './drawing';
import { ExportMenu, type Format } from './export-menu';
import type { FigureContent } from './figure-content';
import { figureFileName, numbersFile } from './figure-files';
import { HazardLine } from './hazard-line';
import { HazardList, revealHazards } from './hazard-list';
import { imageFile } from './image-file';
import type { Page } from './page';
import { provenanceOf } from './provenance';
import { reason } from './reason';
import { Says } from './says';
import { tabbed, TableView } from './table';
import { v } from './view';
import { visible } from '../../src/formats/visible';

/** A figure that is on the page. */
export interface Figure {
  redraw(): void;
  /** Brings the list of hazards that stands in it, if one does, to sight. */
  showHazards(rule?: string): void;
}

interface Properties {
  name: string;
  content: FigureContent;
  /** Shows it by itself; undefined: there is no place for that. */
  open: (() => void) | undefined;
  /** Whether the picture is as high as the page has room. */
  fills: boolean;
  page: Page;
  /** The figures that are on the page. */
  among: Set<Figure>;
}

/** A picture with the table behind it and ways to take either along. */
export function FigureView(properties: Properties): ComponentChild {
  const { name, content, page, fills } = properties;
  const { title = name, chart, hazards = [], list, says = [] } = content;
  const [picture, table, below] = [useElement(), useElement(), useElement()];
  const [open, turn] = useState(() => page.tableOpen(name) ?? (content.tableOpen === true && !fills));
  const { standing = '' } = page.source();
  const numbers = content.table.columns.length > 0;
  const tableShown = numbers && (open || chart === null);
  const drawing = useDrawing(properties, title, { picture, table, below });
  const pressed = useRef(false);
  const press = (): void => {
    pressed.current = true;
    turn(!open);
    page.keepTableOpen(name, !open);
  };
  useLayoutEffect(() => {
    if (pressed.current && open) table.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return v(
    'section',
    { class: 'figure', 'aria-label': title },
    v(
      'div',
      { class: 'figure-head' },
      v('h2', {}, title),
      v(
        'div',
        // Where there is no number, there is nothing to take along.
        { class: 'tools', hidden: !numbers },
        chart === null
          ? null
          : h(Button, { label: 'Table', hint: `Table of ${title}`, pressed: tableShown, press }),
        ...takenAlong(properties, title, drawing),
      ),
    ),
    // Of which run it is, where that is not the newest one.
    standing === '' ? null : v('p', { class: 'standing' }, standing),
    h(HazardLine, { hazards, page }),
    v('div', {
      ...{ class: 'picture', role: 'img', hidden: chart === null, ref: picture },
      'aria-label': visible(`${title}. ${content.description}`),
    }),
    v('p', { class: 'caption' }, visible(content.caption)),
    // What to be careful about, and what is measured: under the picture, before its numbers.
    v('div', { ref: below }, list === undefined ? null : h(HazardList, list), h(Says, { measures: says })),
    v(
      'div',
      { class: 'figure-table', hidden: !tableShown, ref: table },
      tableShown ? h(TableView, { table: content.table, name: title }) : null,
    ),
  );
}

function useElement(): RefObject<HTMLElement | null> {
  return useRef<HTMLElement>(null);
}

/** Draws the picture in its place, whenever there is another one or room for another size. */
function useDrawing(
  { content, fills, page, among }: Properties,
  title: string,
  { picture, table, below }: Record<'picture' | 'table' | 'below', RefObject<HTMLElement | null>>,
): RefObject<Drawing | null> {
  const drawing = useRef<Drawing>(null);
  const now = useRef({ content, title });
  now.current = { content, title };
  useLayoutEffect(() => {
    if (picture.current === null) return undefined;
    /** The height that the page has left for a picture that is to fill it, in pixels; what is long stands below it. */
    const room = (): number | undefined => {
      if (!fills) return undefined;
      const list = now.current.content.list === undefined ? [] : [below.current];
      const others = [picture.current, table.current, ...list].reduce(
        (height, element) => height - (element?.offsetHeight ?? 0),
        document.body.offsetHeight,
      );
      return Math.floor(window.innerHeight - others);
    };
    const made = new Drawing(picture.current, room, (error) =>
      page.say(`${now.current.title} could not be drawn: ${reason(error)}`),
    );
    drawing.current = made;
    const figure: Figure = {
      redraw: () => made.draw(),
      showHazards(rule) {
        if (now.current.content.list !== undefined && below.current !== null)
          revealHazards(below.current, rule);
      },
    };
    among.add(figure);
    const leave = made.follow();
    return () => {
      among.delete(figure);
      leave();
    };
  }, []);
  useLayoutEffect(() => {
    if (drawing.current === null) return;
    drawing.current.chart = content.chart;
    drawing.current.draw();
  }, [content]);
  return drawing;
}

/** The buttons that copy it, save it, and show it elsewhere. */
function takenAlong(
  { content, open, fills, page }: Properties,
  title: string,
  drawing: RefObject<Drawing | null>,
): ComponentChild[] {
  const { chart } = content;
  const copy = (): void => {
    // Inside a promise, since a page that is not secure has no clipboard at all.
    const copied = Promise.resolve().then(() => navigator.clipboard.writeText(tabbed(content.table)));
    copied.then(
      () => page.say(`Copied the numbers of ${title}.`),
      (error: unknown) => page.say(`Nothing was copied: ${reason(error)}`),
    );
  };
  const save = (format: Format): void => {
    const source = page.source();
    const name = `${figureFileName(title, content, source)}.${format}`;
    if (format === 'csv' || format === 'json') {
      page.exportFile(name, numbersFile(format, title, content, source));
      return;
    }
    const drawn = drawing.current;
    if (drawn === null || chart === null) return;
    const provenance = provenanceOf(source, title, content);
    drawn
      .then(() => imageFile(chart, drawn.place, format, page.sheet(), provenance, fills))
      .then(
        (bytes) => page.exportFile(name, bytes),
        (error: unknown) => page.say(`No picture was made: ${reason(error)}`),
      );
  };
  return [
    h(Button, { label: 'Copy', hint: `Copy the numbers of ${title}, for a spreadsheet`, press: copy }),
    open === undefined
      ? null
      : h(Button, { label: 'Open', hint: `Open ${title} in an editor of its own`, press: open }),
    h(ExportMenu, { title, images: chart !== null, save, page }),
  ];
}
