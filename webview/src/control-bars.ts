import { button, checkbox, dropdown, setPressed } from './controls';
import { h } from './dom';
import { orderBy } from './order-by';
import type { Page } from './page';
import type { Action, Choice, Choices, Option } from './panel';
import type { Resolved } from './resolved';

/** A control, and how it shows what is chosen of what there is. */
interface Control {
  element: HTMLElement;
  show(options: readonly Option<unknown>[], value: unknown): void;
}

/** The bar on top. */
const TOP = '';

/** The controls of a panel's choices, in bars. @param last buttons after those of the bar on top */
export function controlBars<C extends object>(
  choices: Choices<C>,
  page: Pick<Page, 'choose'>,
  last: HTMLElement | null = null,
) {
  const bars = new Map([[TOP, h('div', { class: 'bar' })]]);
  const barOf = (name = TOP): HTMLElement => {
    const known = bars.get(name) ?? h('div', { class: 'bar' });
    bars.set(name, known);
    return known;
  };
  const controls = Object.entries<Choice<unknown, C>>(choices).flatMap(([name, choice]) => {
    if (choice.label === undefined) return [];
    const control = controlOf(choice.label, choice, (value) => page.choose({ [name]: value }));
    barOf(choice.bar).append(control.element);
    return [{ name: name as keyof C, control }];
  });
  if (last !== null) barOf().append(last);
  return {
    bars: bars as ReadonlyMap<string, HTMLElement>,
    top: barOf(),
    show({ c, options }: Resolved<C>): void {
      for (const { name, control } of controls) {
        const offered = options[name] ?? [];
        control.element.hidden = offered.length === 0;
        if (offered.length > 0) control.show(offered, c[name]);
      }
      for (const bar of bars.values())
        bar.hidden = [...bar.children].every((part) => part instanceof HTMLElement && part.hidden);
    },
  };
}

function controlOf<C>(
  label: string,
  { initial, as, hint }: Choice<unknown, C>,
  choose: (value: unknown) => void,
): Control {
  if (typeof initial === 'boolean') {
    const box = checkbox(label, choose, hint);
    return { element: box.element, show: (_, value) => box.show(value === true) };
  }
  if (Array.isArray(initial)) {
    const lists = orderBy(label, choose);
    return {
      element: lists.element,
      show: (options, value) =>
        lists.show(
          options.map((option) => String(option.value)),
          value as readonly string[],
        ),
    };
  }
  return as === 'buttons' ? buttonsOf(label, choose) : listOf(label, choose);
}

function listOf(label: string, choose: (value: unknown) => void): Control {
  let shown: readonly Option<unknown>[] = [];
  const list = dropdown(label, (text) =>
    choose(shown.find(({ value }) => String(value) === text)?.value ?? text),
  );
  return {
    element: list.element,
    show(options, chosen) {
      shown = options;
      list.show(
        options.map((option) => ({ ...option, value: String(option.value) })),
        String(chosen),
      );
    },
  };
}

function buttonsOf(label: string, choose: (value: unknown) => void): Control {
  const element = h('div', { class: 'steps', attributes: { role: 'group', 'aria-label': label } });
  return {
    element,
    show(options, chosen) {
      if (element.childElementCount === 0)
        element.append(...options.map((one) => button(one.label, () => choose(one.value), one.hint)));
      [...element.children].forEach((one, at) =>
        setPressed(one as HTMLElement, options[at]?.value === chosen),
      );
    },
  };
}

/** The buttons of a panel. @param press what is done when one is pressed */
export function actionButtons<C>(actions: readonly Action<C>[], press: (action: Action<C>) => void) {
  const buttons = actions.map((action) => ({
    action,
    element: button(action.label, () => press(action), action.hint),
  }));
  const element = h('div', { class: 'steps' }, ...buttons.map((one) => one.element));
  return {
    element: buttons.length === 0 ? null : element,
    show(offered: (action: Action<C>) => boolean): void {
      for (const one of buttons) one.element.hidden = !offered(one.action);
      element.hidden = buttons.every((one) => one.element.hidden === true);
    },
  };
}
