import type { Path } from '../document';
import type { Expression } from '../expression';
import { quote } from '../names';
import type { Problems } from '../problems';
import { FUNCTIONS, parseFormula, UnknownFunction, type Syntax } from './syntax';
import { resolveFormula, type Scope } from './resolve';
import { FormulaError, writeName } from './tokens';

/** Parses the formula at a path; problems are placed inside its string in the file. */
export function parseAt(formula: string, path: Path, problems: Problems): Syntax | null {
  try {
    return parseFormula(formula);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const span = problems.document.withinString(path, error.span);
    if (error instanceof UnknownFunction) {
      problems.unknown('unknown-function', error.message, error.written, FUNCTIONS, span, (name) => name);
    } else {
      const text = error.replacement;
      const fix =
        text === undefined
          ? undefined
          : { title: `Change to ${quote(text.trim())}`, span, text: JSON.stringify(text).slice(1, -1) };
      problems.error('formula-syntax', error.message, span, fix);
    }
    return null;
  }
}

/** Looks up the names of a formula that was parsed from the string at a path. */
export function resolveAt(
  syntax: Syntax,
  scope: Scope,
  where: string,
  path: Path,
  problems: Problems,
): Expression | null {
  return resolveFormula(syntax, scope, where, (code, message, within, known) => {
    const span = problems.document.withinString(path, within);
    if (known) problems.unknown(code, message, known.written, known.names, span, nameInString);
    else problems.error(code, message, span);
  });
}

/** A formula that is an expression of features, read from the string at a path; null after something was reported. */
export function readFormula(
  formula: string,
  scope: Scope,
  where: string,
  path: Path,
  problems: Problems,
): Expression | null {
  const syntax = parseAt(formula, path, problems);
  return syntax && resolveAt(syntax, scope, where, path, problems);
}

/** A name as it is written in a formula that stands in a JSON string. */
function nameInString(name: string): string {
  return JSON.stringify(writeName(name)).slice(1, -1);
}
