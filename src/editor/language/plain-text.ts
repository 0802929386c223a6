const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const MAX_LENGTH = 100;

/** A text from a file as one line: what cannot be seen (control characters, changes of direction) is shown by its code. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}

/** A name from a file as one line of text that is not too long. */
export function plain(text: string): string {
  const seen = visible(text);
  return seen.length > MAX_LENGTH ? `${seen.slice(0, MAX_LENGTH - 1)}…` : seen;
}
