import type { Problem } from '../experiment/problem';
import { visible } from '../formats/visible';

/** `file:line:col: message`, as compilers write it: lines and columns count from 1. */
export function problemLine(file: string, { severity, message, range }: Problem): string {
  const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
  return visible(`${place}: ${severity === 'error' ? '' : `${severity}: `}${message}`);
}

/** @returns whether one of them is an error, with which a file cannot be analysed */
export function tellProblems(
  file: string,
  problems: readonly Problem[],
  stream: { write(text: string): unknown },
): boolean {
  for (const problem of problems) stream.write(`${problemLine(file, problem)}\n`);
  return problems.some(({ severity }) => severity === 'error');
}
