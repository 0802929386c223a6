import { type ComponentChild, h, type RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { visibleLines } from '../../src/formats/visible';

interface Properties {
  class?: string;
  key?: string;
  hidden?: boolean;
  ref?: RefObject<HTMLElement | null>;
  /** Those that are undefined are not there. */
  attributes?: Readonly<Record<string, string | undefined>>;
  on?: Record<string, (event: Event) => void>;
}

/** A piece of the page as data. Strings are text, never parsed; what would not be seen in them is written out. */
export function v(
  tag: string,
  { class: name, attributes = {}, on = {}, ...own }: Properties = {},
  ...children: ComponentChild[]
): ComponentChild {
  const text = Object.entries(attributes).map(([of, value]) => [of, value && visibleLines(value)] as const);
  const listeners = Object.entries(on).map(([of, listener]) => [`on${of}`, listener] as const);
  return h(
    tag,
    {
      ...(name === undefined ? {} : { class: name }),
      ...own,
      ...Object.fromEntries([...text, ...listeners]),
    },
    ...children.map((child) => (typeof child === 'string' ? visibleLines(child) : child)),
  );
}

/** An element that keeps itself, among pieces of the page. */
export function Held({ element }: { element: HTMLElement }): ComponentChild {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.replaceChildren(element), [element]);
  return h('div', { class: 'held', ref: box });
}
