/** A title as it stands in a sentence: a letter that stands for itself stays large. */
export function inSentence(title: string): string {
  return /^[A-Z][^A-Z]/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}

/** A word or a sentence as it stands at the beginning. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
