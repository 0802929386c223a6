import { quote } from '../experiment/names';
import { escaped, strong } from './markdown';
import { plain } from './plain-text';

/** Something that is to be said of a thing before any run. */
export interface Fact {
  readonly about: string;
  readonly text: string;
}

/** How a text sets off what comes from the file. */
export interface Marks {
  readonly name: (name: string) => string;
  /** A value, or part of a formula, that stands among words as one of them. */
  readonly word: (text: string) => string;
}

export const markdownMarks: Marks = { name: strong, word: escaped };
export const plainMarks: Marks = { name: (name) => quote(plain(name)), word: plain };

/** Facts as a list in Markdown; their texts have its marks. */
export function factList(facts: readonly Fact[]): string {
  return facts.map(({ about, text }) => `- **${about}:** ${text}`).join('\n');
}
