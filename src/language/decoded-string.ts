/** What a JSON string says, and where in the text each of its characters stands. */
interface DecodedString {
  readonly value: string;
  /** Offset in the text of each code unit of `value`, and of its end. */
  readonly offsets: readonly number[];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Decodes the inside of a JSON string; whatever is no proper escape stands for itself. */
export function decodeString(text: string, start: number, end: number): DecodedString {
  let value = '';
  const offsets: number[] = [];
  let at = start;
  while (at < end) {
    offsets.push(at);
    const unicode = /\\u([0-9a-fA-F]{4})/y;
    unicode.lastIndex = at;
    const hex = unicode.exec(text)?.[1];
    if (hex !== undefined && at + 6 <= end) {
      value += String.fromCharCode(parseInt(hex, 16));
      at += 6;
    } else if (text[at] === '\\' && at + 1 < end) {
      value += ESCAPES[text[at + 1]] ?? text[at + 1];
      at += 2;
    } else {
      value += text[at];
      at += 1;
    }
  }
  offsets.push(end);
  return { value, offsets };
}

/** Where the quotation that starts here ends (behind its closing mark, or at the end of the text). */
export function quoteEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at + 1;
  }
  return text.length;
}
