/**
 * What is not seen, or turns what stands after it: control characters, ends of lines, halves of characters, and all that Unicode
 * ignores by default (zero widths, changes of direction, tags). What only joins or colours an emoji stays.
 */
const unseen =
  /(?<!\p{Extended_Pictographic})[\ufe0e\ufe0f](?!\u20e3)|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufff9-\ufffb]|(?![\ufe0e\ufe0f\u200d])\p{Default_Ignorable_Code_Point}/gu;

/** A text from anywhere as one line, in which what would not be seen is written as JSON writes it: `\u202e`. */
export function visible(text: string): string {
  return text.replace(unseen, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** As `visible`, for a text of several lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
