import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fixtures } from './project';

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high contrast dark': 'Default High Contrast',
  'high contrast light': 'Default High Contrast Light',
} as const;
export type Theme = keyof typeof themes;

/** What a user might have set, and what would only disturb: no welcome, no telemetry, no question, no network. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'files.simpleDialog.enable': true,
  'editor.hover.delay': 100,
  // On the desktop: menus, dialogs and the title in the page, where they can be worked.
  'window.dialogStyle': 'custom',
  'window.titleBarStyle': 'custom',
  'window.menuStyle': 'custom',
};

/** A folder in the system's temporary one for one VS Code: its data and a copy of the workspace. Paths are short: sockets want that. */
export class Scratch {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'rs-')));
  readonly data = join(this.folder, 'd');
  readonly workspace = join(this.folder, 'w');

  /** @param own settings on top of the usual ones */
  constructor(own: Record<string, unknown> = {}, workspace = fixtures) {
    cpSync(workspace, this.workspace, { recursive: true });
    const file = join(this.data, 'data', 'User', 'settings.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({ 'workbench.colorTheme': themes.dark, ...settings, ...own }, null, 2),
    );
  }

  path(file: string): string {
    return join(this.workspace, file);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
