/** A setting's value as views show it: a text without quotation marks, everything else as the file would have it on one line. */
export function settingText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(settingText).join(', ')}]`;
  return JSON.stringify(value) ?? '';
}

/** What settings are called in few words: the ends of their paths that tell them apart. */
export function settingNames(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split('.'));
  return parts.map((own) => {
    for (let length = 1; length < own.length; length++) {
      const end = own.slice(-length).join('.');
      if (parts.filter((other) => other.slice(-length).join('.') === end).length === 1) return end;
    }
    return own.join('.');
  });
}

/** A point in words: `dropout 0.2, hidden [64, 64]`. */
export function pointText(settings: readonly string[], values: readonly string[]): string {
  return settingNames(settings)
    .map((name, at) => `${name} ${values[at] ?? ''}`)
    .join(', ');
}
