import { h, type ComponentChild } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Change } from './choices';
import { checkbox, dropdown } from './controls';
import type { Choice, Choices, Option } from './panel';
import type { Resolved } from './resolved';
import { Held, v } from './view';

/** What a control shows, and what it does when the user works it. */
interface Shown<V> {
  label: string;
  hint?: string | undefined;
  options: readonly Option<unknown>[];
  value: V;
  choose: (value: unknown) => void;
}

/** Controls of those of a panel's choices that stand in one bar and have something to be chosen, and what stands after them. */
export function ControlBar<C extends object>({
  choices,
  resolved: { c, options, labels },
  bar,
  choose,
  last = [],
}: {
  choices: Choices<C>;
  resolved: Resolved<C>;
  bar?: string;
  choose: (change: Change) => void;
  last?: ComponentChild[];
}): ComponentChild {
  const controls = Object.entries<Choice<unknown, C>>(choices).flatMap(([name, choice]) => {
    const offered = options[name as keyof C] ?? [];
    const label = labels[name as keyof C];
    if (label === undefined || choice.bar !== bar || offered.length === 0) return [];
    const { hint } = choice;
    const value: unknown = c[name as keyof C];
    const shown = { key: name, label, hint, options: offered, value };
    return [h(controlOf(choice), { ...shown, choose: (wish) => choose({ [name]: wish }) })];
  });
  return controls.length + last.length === 0 ? null : v('div', { class: 'bar' }, ...controls, ...last);
}

function controlOf<C>({ initial, as }: Choice<unknown, C>): (shown: Shown<unknown>) => ComponentChild {
  if (typeof initial === 'boolean') return Box;
  if (Array.isArray(initial)) return Lists;
  return as === 'buttons' ? Buttons : as === 'slider' ? Slider : List;
}

export function List({ label, options, value, choose }: Shown<unknown>): ComponentChild {
  const now = useRef({ options, choose });
  now.current = { options, choose };
  const list = useMemo(
    () =>
      dropdown(label, (text) => {
        const found = now.current.options.find((option) => String(option.value) === text);
        if (found !== undefined) now.current.choose(found.value);
      }),
    [label],
  );
  useLayoutEffect(() => {
    const texts = options.map((option) => ({ ...option, value: String(option.value) }));
    list.show(texts, String(value));
  });
  return h(Held, { element: list.element });
}

/** A list for each name that is chosen, and one for the next. */
function Lists({ label, options, value, choose }: Shown<unknown>): ComponentChild {
  const keys = value as readonly string[];
  const lists = Array.from({ length: Math.min(options.length, keys.length + 1) }, (_, at) => {
    const before = keys.slice(0, at);
    const nothing = at > 0 || keys.length > 1 ? [{ value: '', label: 'nothing' }] : [];
    return h(List, {
      key: String(at),
      label: at === 0 ? label : at === 1 ? 'then by' : `then by (${at + 1})`,
      options: [...nothing, ...options.filter((option) => !before.includes(String(option.value)))],
      value: keys[at] ?? '',
      // What comes after a name that is taken away goes with it only if it is the same.
      choose: (wish) =>
        choose(
          [...before, wish, ...keys.slice(at + 1).filter((name) => name !== wish)].filter(
            (name) => name !== '',
          ),
        ),
    });
  });
  return v('div', { class: 'orders', role: 'group', 'aria-label': label }, ...lists);
}

function Box({ label, hint, value, choose }: Shown<unknown>): ComponentChild {
  const now = useRef(choose);
  now.current = choose;
  const box = useMemo(() => checkbox(label, (on) => now.current(on), hint), [label, hint]);
  useLayoutEffect(() => box.show(value === true));
  return h(Held, { element: box.element });
}

function Buttons({ label, options, value, choose }: Shown<unknown>): ComponentChild {
  const buttons = options.map((option) =>
    h(Button, {
      label: option.label,
      hint: option.hint,
      pressed: option.value === value,
      press: () => choose(option.value),
    }),
  );
  return v('div', { class: 'steps', role: 'group', 'aria-label': label }, ...buttons);
}

function Slider({ label, hint, options, value, choose }: Shown<unknown>): ComponentChild {
  const at = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  );
  const text = options[at]?.label ?? '';
  const go = (to: number): void => {
    const option = options[to];
    if (option !== undefined) choose(option.value);
  };
  const range = { type: 'range', min: 0, max: options.length - 1, step: 1, value: at };
  const said = { 'aria-label': label, 'aria-valuetext': text, title: hint };
  const slide = ({ target }: Event): void => go(Number((target as HTMLInputElement).value));
  return v(
    'div',
    { class: 'scrubber', role: 'group', 'aria-label': label },
    v('span', { class: 'control-label' }, label),
    h(Button, { label: '◀', hint: `${label}: the one before`, press: () => go(at - 1) }),
    v('input', { class: 'scrub-slider', ...range, ...said, oninput: slide }),
    h(Button, { label: '▶', hint: `${label}: the next`, press: () => go(at + 1) }),
    v('span', { class: 'scrub-text', 'aria-hidden': 'true' }, text),
  );
}

/** A button; `hint` says more than the label where the label alone would not do. */
export function Button({
  label,
  hint,
  pressed,
  press,
}: {
  label: string;
  hint?: string | undefined;
  pressed?: boolean;
  press: () => void;
}): ComponentChild {
  const said = { title: hint, 'aria-label': hint, 'aria-pressed': pressed };
  return v('vscode-button', { appearance: 'secondary', class: 'button', ...said, onclick: press }, label);
}
