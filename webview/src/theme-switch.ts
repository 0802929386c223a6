import { h, type ComponentChild } from 'preact';
import { Button } from './control-bar';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
let wish = '';

/** Light or dark as the reader chose (`''`: as the system has it), for pages that no editor colours. */
export function applyPageTheme(chosen: string): void {
  wish = chosen;
  const kind = wish === 'light' || wish === 'dark' ? wish : dark.matches ? 'dark' : 'light';
  document.body.classList.toggle('vscode-dark', kind === 'dark');
  document.body.classList.toggle('vscode-light', kind === 'light');
}

dark.addEventListener('change', () => {
  if (document.documentElement.dataset['repscope'] === 'report') applyPageTheme(wish);
});

/** A button that turns light into dark and back. */
export function ThemeSwitch({ changed }: { changed: (theme: string) => void }): ComponentChild {
  const press = (): void => changed(document.body.classList.contains('vscode-dark') ? 'light' : 'dark');
  return h(Button, { label: '◐', hint: 'Switch between light and dark', press });
}
