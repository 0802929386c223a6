import { Budget } from './budget';
import type { Document, Path, Span } from './document';
import { nearest, quote, quoteAll } from './names';
import { inOtherWords } from './other-words';
import type { Problem } from './problem';

const MAX_PROBLEMS = 200;
/** Steps of looking for names that were meant, in all problems of a file. */
const COMPARING = 500_000;

interface Fix {
  readonly title: string;
  readonly span: Span;
  readonly text: string;
}

/** Collects the problems of one file. */
export class Problems {
  constructor(
    readonly document: Document,
    private readonly suggests = true,
    private readonly found: Problem[] = [],
    private readonly structural = false,
    private readonly comparing = new Budget(COMPARING),
  ) {}

  /** A view that collects into the same list what any JSON parser, or the schema alone, finds. */
  ofStructure(): Problems {
    return new Problems(this.document, this.suggests, this.found, true, this.comparing);
  }

  /** One that collects into a list of its own: for what is read once more that was reported. */
  silent(): Problems {
    return new Problems(this.document, false);
  }

  error(code: string, message: string, span: Span, fix?: Fix): void {
    this.add('error', code, message, span, fix);
  }

  warning(code: string, message: string, span: Span, fix?: Fix): void {
    this.add('warning', code, message, span, fix);
  }

  /** At a value, by its path. */
  at(path: Path, code: string, message: string): void {
    this.error(code, message, this.document.valueSpan(path));
  }

  /** An unknown name, with the known one that was meant, where one is near, else with some of those that are known. `message` is a clause without its full stop. */
  unknown(
    code: string,
    message: string,
    written: string,
    known: Iterable<string>,
    span: Span,
    render = jsonString,
  ): void {
    const names = [...known];
    const name =
      this.full || !this.suggests
        ? null
        : (inOtherWords(written, names) ?? nearest(written, names, this.comparing));
    const others =
      names.length === 0 || this.full
        ? ''
        : `: there ${names.length === 1 ? 'is' : 'are'} ${quoteAll(names)}`;
    if (name === null) this.error(code, `${message}${others}.`, span);
    else {
      const fix = { title: `Change to ${quote(name)}`, span, text: render(name) };
      this.error(code, `${message}. Did you mean ${quote(name)}?`, span, fix);
    }
  }

  /** Those that were found of the same text elsewhere, as far as there is room. */
  take(others: readonly Problem[]): void {
    for (const problem of others)
      if (!this.full || (problem.severity === 'error' && !this.hasErrors)) this.found.push(problem);
  }

  /** Beyond this nothing more is kept. */
  get full(): boolean {
    return this.found.length >= MAX_PROBLEMS;
  }

  get hasErrors(): boolean {
    return this.found.some((problem) => problem.severity === 'error');
  }

  /** All of them, by position. */
  sorted(): Problem[] {
    return [...this.found].sort(
      (a, b) => a.range.start.offset - b.range.start.offset || a.range.end.offset - b.range.end.offset,
    );
  }

  private add(severity: Problem['severity'], code: string, message: string, span: Span, fix?: Fix): void {
    // An error counts even where warnings filled the list.
    if (this.full && (severity !== 'error' || this.hasErrors)) return;
    const { structural } = this;
    const problem = { severity, code, message, range: this.document.range(span), structural };
    if (!fix) this.found.push(problem);
    else
      this.found.push({
        ...problem,
        fix: { title: fix.title, range: this.document.range(fix.span), text: fix.text },
      });
  }
}

/** A string as it is written in the file. */
function jsonString(text: string): string {
  return JSON.stringify(text);
}
