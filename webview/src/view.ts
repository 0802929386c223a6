import { type ComponentChild, h, type RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { visibleLines } from '../../src/formats/visible';

type Property =
  | string
  | number
  | boolean
  | undefined
  | RefObject<HTMLElement | null>
  | ((event: Event) => void);

/** A piece of the page as data. Strings are text, never parsed; what would not be seen in them is written out. */
export function v(
  tag: string,
  properties: Readonly<Record<string, Property>> = {},
  ...children: ComponentChild[]
): ComponentChild {
  const written = Object.entries(properties).map(([name, value]) => [name, seen(value)] as const);
  return h(tag, Object.fromEntries(written), ...children.map(seen));
}

function seen<T>(value: T): T | string {
  return typeof value === 'string' ? visibleLines(value) : value;
}

/** An element that keeps itself, among pieces of the page. */
export function Held({ element }: { element: HTMLElement }): ComponentChild {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.replaceChildren(element), [element]);
  return h('div', { class: 'held', ref: box });
}
