import { visibleLines } from '../../src/formats/visible';

type Child = Node | string | null;

interface Properties {
  class?: string;
  attributes?: Record<string, string>;
  on?: Record<string, (event: Event) => void>;
}

/** An HTML element. Strings become text nodes, so that a name with markup in it is shown, never parsed. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  return fill(document.createElement(tag), properties, children);
}

/** An SVG element, as `h`. */
export function svg<T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Record<string, string | number> = {},
  ...children: Child[]
): SVGElementTagNameMap[T] {
  const text = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), { attributes: text }, children);
}

/** Any other element, as the toolkit's. */
export function custom(tag: string, properties: Properties = {}, ...children: Child[]): HTMLElement {
  return fill(document.createElement(tag), properties, children);
}

function fill<E extends Element>(element: E, properties: Properties, children: Child[]): E {
  if (properties.class !== undefined) element.setAttribute('class', properties.class);
  for (const [name, value] of Object.entries(properties.attributes ?? {}))
    element.setAttribute(name, visibleLines(value));
  for (const [name, listener] of Object.entries(properties.on ?? {}))
    element.addEventListener(name, listener);
  for (const child of children)
    if (child !== null) element.append(typeof child === 'string' ? visibleLines(child) : child);
  return element;
}
