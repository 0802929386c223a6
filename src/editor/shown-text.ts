import { visible } from '../formats/visible';

/** Nothing to the eye; it keeps apart what would together mean something. */
const nothing = '\u200b';

/** Text for a label of VS Code in which `$(name)` would be an icon: status bar, lists to choose from. */
export function inLabel(text: string): string {
  return visible(text).replaceAll('$(', `$${nothing}(`);
}

/** Text for a notification, in which `[x](command:…)` would be a link that runs, whoever wrote it. */
export function inNotification(text: string): string {
  return visible(text).replaceAll('](', `]${nothing}(`);
}

/** Text for the log: control characters are shown; the lines of a stack stay lines. */
export function inLog(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll('\t', '  ')))
    .join('\n');
}
