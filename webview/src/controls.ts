import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import { custom, h } from './dom';
import { visible } from '../../src/formats/visible';

// The only file that knows which set of web components the controls are made of.
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());

interface Choice {
  value: string;
  label: string;
  /** What it is one of: stands over the first of each group. */
  group?: string;
  /** What is said of it where it is pointed at. */
  hint?: string;
}

/** A labelled drop-down list. */
interface Dropdown {
  readonly element: HTMLElement;
  /** Shows these choices with this one chosen; with a single choice the list is greyed out. */
  show(choices: readonly Choice[], value: string): void;
}

let dropdowns = 0;

/** The component takes an empty value for none, and would show its first entry. */
function named(value: string): string {
  return value === '' ? '(empty)' : value;
}

export function dropdown(label: string, changed: (value: string) => void): Dropdown {
  const id = `dropdown-${++dropdowns}`;
  const list = custom('vscode-dropdown', { attributes: { 'aria-label': label, id } });
  const element = h('div', { class: 'control' }, h('span', { class: 'control-label' }, label), list);
  let choices: readonly Choice[] = [];
  let shown = '';
  list.addEventListener('change', () => {
    // The component's own index: its value would be empty for a choice named ''.
    const at = (list as unknown as { selectedIndex: number }).selectedIndex;
    const chosen = choices[at]?.value;
    if (chosen === undefined || chosen === shown) return;
    shown = chosen;
    changed(chosen);
  });
  return {
    element,
    show(next, value) {
      const same =
        next.length === choices.length &&
        next.every((choice, i) => choice.value === choices[i]?.value && choice.label === choices[i]?.label);
      if (same && value === shown) return;
      // The same things by other names: to make new options of a few hundred takes longer than all pictures. (The name in the
      // closed list changes with the value only.)
      const nameOf = (list: readonly Choice[]) => list.find((choice) => choice.value === value)?.label;
      const renamed =
        next.length === choices.length &&
        next.every((choice, i) => choice.value === choices[i]?.value) &&
        (value !== shown || nameOf(next) === nameOf(choices));
      if (renamed) {
        next.forEach((choice, i) => {
          const option = list.querySelectorAll('vscode-option')[i];
          if (option && choice.label !== choices[i]?.label) option.textContent = visible(choice.label);
        });
      }
      choices = next;
      shown = value;
      if (renamed) {
        (list as unknown as { value: string }).value = named(value);
        return;
      }
      list.replaceChildren(
        ...next.flatMap(({ value: own, label: text, group, hint }, at) => {
          const attributes = {
            value: named(own),
            ...(own === value ? { selected: '' } : {}),
            ...(hint === undefined ? {} : { title: hint }),
          };
          const option = custom('vscode-option', { attributes }, text);
          // The component knows no groups: what is no option is drawn, and passed over by keys.
          return group === undefined || group === next[at - 1]?.group
            ? [option]
            : [h('div', { class: 'option-group', attributes: { role: 'presentation' } }, group), option];
        }),
      );
      list.toggleAttribute('disabled', next.length < 2);
    },
  };
}

/** A labelled check box. */
export function checkbox(
  label: string,
  changed: (on: boolean) => void,
  hint = '',
): { element: HTMLElement; show(on: boolean): void } {
  const element = custom(
    'vscode-checkbox',
    hint === '' ? {} : { attributes: { title: hint, 'aria-label': `${label}: ${hint}` } },
    label,
  ) as HTMLElement & { checked: boolean };
  let shown = false;
  element.addEventListener('change', () => {
    if (element.checked === shown) return;
    shown = element.checked;
    changed(shown);
  });
  return {
    element,
    show(on) {
      shown = on;
      element.checked = on;
    },
  };
}
