import type { Chosen } from './choices';
import type { Answers, Choice, Choices, Option, View } from './panel';

/** What of a panel's choices there is, the options of each, and what its control is called. */
export interface Resolved<C> {
  c: C;
  options: { readonly [K in keyof C]?: readonly Option<unknown>[] };
  labels: { readonly [K in keyof C]?: string };
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
  const labels: Record<string, string> = {};
  for (const [name, choice] of Object.entries<Choice<unknown, C>>(choices)) {
    c[name] = stored[name];
    const offered = choice.options?.(answers, view, c as C) ?? [];
    options[name] = offered;
    const { label } = choice;
    if (label !== undefined) labels[name] = typeof label === 'string' ? label : label(view);
    if (offered.length > 0) c[name] = chosenOf(offered, stored[name], choice.initial);
  }
  return { c: c as C, options, labels };
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
