import { type Palette, palettes } from './palettes';

/** The colours of the moment, for pictures. */
export interface Theme extends Palette {
  kind: 'light' | 'dark';
  highContrast: boolean;
  foreground: string;
  muted: string;
  background: string;
  line: string;
  font: string;
}

/** Reads the theme from the variables that VS Code, or the report's own style sheet, sets. */
export function currentTheme(): Theme {
  const classes = document.body.classList;
  const highContrast =
    classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
  const kind =
    classes.contains('vscode-light') || classes.contains('vscode-high-contrast-light') ? 'light' : 'dark';
  const style = getComputedStyle(document.body);
  const variable = (name: string, otherwise: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const foreground = variable('foreground', kind === 'light' ? '#1f1f1f' : '#cccccc');
  return {
    ...palettes[kind],
    kind,
    highContrast,
    foreground,
    muted: highContrast ? foreground : variable('descriptionForeground', foreground),
    background: variable('editor-background', kind === 'light' ? '#ffffff' : '#1f1f1f'),
    // A grid stays behind the data, in high contrast too.
    line:
      kind === 'light'
        ? `rgba(0,0,0,${highContrast ? 0.35 : 0.16})`
        : `rgba(255,255,255,${highContrast ? 0.4 : 0.18})`,
    font: variable('font-family', 'system-ui, sans-serif'),
  };
}

/** For paper: black on white, whatever the page wears. */
export function printTheme({ font }: Pick<Theme, 'font'>): Theme {
  return {
    ...palettes.light,
    kind: 'light',
    highContrast: false,
    foreground: '#000000',
    muted: '#404040',
    background: '#ffffff',
    line: 'rgba(0,0,0,0.16)',
    font,
  };
}

/** Calls back whenever the theme changes. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
