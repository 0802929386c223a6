import type { Chosen } from './choices';
import type { Answers, Choice, Choices, Option, View } from './panel';

/** What of a panel's choices there is, and the options of each. */
export interface Resolved<C> {
  c: C;
  options: { readonly [K in keyof C]?: readonly Option<unknown>[] };
}

/** The choices with what is not there (any longer) replaced by what is. */
export function resolved<C extends object>(
  choices: Choices<C>,
  stored: Chosen,
  answers: Answers,
  view: View,
): Resolved<C> {
  const c: Record<string, unknown> = {};
  const options: Record<string, readonly Option<unknown>[]> = {};
  for (const [name, choice] of Object.entries<Choice<unknown, C>>(choices)) {
    c[name] = stored[name];
    const offered = choice.options?.(answers, view, c as C) ?? [];
    options[name] = offered;
    if (offered.length > 0) c[name] = chosenOf(offered, stored[name], choice.initial);
  }
  return { c: c as C, options };
}

function chosenOf(offered: readonly Option<unknown>[], wish: unknown, initial: unknown): unknown {
  const byDefault = offered.filter((option) => option.byDefault === true).map(({ value }) => value);
  const values = offered.map(({ value }) => value);
  if (Array.isArray(wish)) {
    const known = [...new Set<unknown>(wish)].filter((one) => values.includes(one));
    return known.length > 0 ? known : byDefault;
  }
  return [wish, ...byDefault, initial].find((one) => values.includes(one)) ?? values[0];
}
