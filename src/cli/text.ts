/** Text from a file, made safe for a terminal, and one line: control characters (ANSI codes among them) are shown, not obeyed. */
export function plain(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (control) => {
      const code = control.charCodeAt(0);
      return code < 0x100
        ? `\\x${code.toString(16).padStart(2, '0')}`
        : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** As `plain`, for a text of several lines. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}
