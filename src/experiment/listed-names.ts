import type { Path, Span } from './document';
import { quote } from './names';
import type { Problems } from './problems';

/**
 * Names in a list that are known; reports the others, and those listed twice.
 *
 * @param spanOf where a name stands that is no item of a list
 */
export function knownNames(
  listed: readonly string[],
  known: { readonly what: string; readonly names: ReadonlySet<string> },
  where: string,
  path: Path,
  problems: Problems,
  spanOf?: (name: string) => Span,
): string[] {
  const found = new Set<string>();
  listed.forEach((name, index) => {
    const span = spanOf?.(name) ?? problems.document.valueSpan([...path, index]);
    if (!known.names.has(name)) {
      const message = `Unknown ${known.what} ${quote(name)} in ${where}`;
      problems.unknown(`unknown-${known.what}`, message, name, known.names, span);
    } else if (found.has(name)) {
      problems.error('duplicate-name', `${quote(name)} is listed twice in ${where}. Remove one.`, span);
    } else found.add(name);
  });
  return [...found];
}
