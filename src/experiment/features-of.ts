import type { Draw } from './experiment';
import type { Expression } from './expression';

/** Calls back for every feature, with its bit or component, that an expression depends on. */
function visit(
  expression: Expression,
  found: (feature: string, index: number, isBit: boolean) => void,
): void {
  switch (expression.kind) {
    case 'is':
      return found(expression.feature, 0, false);
    case 'same':
      found(expression.left, 0, false);
      return found(expression.right, 0, false);
    case 'bit':
      return found(expression.feature, expression.index, true);
    case 'compare':
      return found(expression.feature, expression.index, false);
    case 'not':
      return visit(expression.of, found);
    case 'and':
    case 'or':
    case 'parity':
    case 'count':
      for (const part of expression.of) visit(part, found);
      return;
    case 'constant':
      return;
  }
}

/** Names of the features that an expression depends on. */
export function featuresOf(expression: Expression): Set<string> {
  const names = new Set<string>();
  visit(expression, (feature) => names.add(feature));
  return names;
}

/** What an expression looks up: each feature with its bit or component, once. */
export function lookupsOf(expression: Expression): { feature: string; index: number; isBit: boolean }[] {
  const found = new Map<string, Map<number, boolean>>();
  visit(expression, (feature, index, isBit) => {
    const indices = found.get(feature) ?? new Map<number, boolean>();
    found.set(feature, indices.set(index, isBit));
  });
  return [...found].flatMap(([feature, indices]) =>
    [...indices].map(([index, isBit]) => ({ feature, index, isBit })),
  );
}

/** Features that must be drawn before this one. */
export function drawnBefore({ agrees, correlates }: Draw): Set<string> {
  const names = agrees?.by === 'formula' ? featuresOf(agrees.with) : new Set<string>();
  if (agrees?.by === 'value') names.add(agrees.with);
  if (correlates) names.add(correlates.with);
  return names;
}

/** Features and all that their draws depend on. */
export function reach(names: Iterable<string>, draws: readonly Draw[]): Set<string> {
  const byFeature = new Map(draws.map((draw) => [draw.feature, draw]));
  const found = new Set(names);
  for (const name of found) {
    const draw = byFeature.get(name);
    if (draw) for (const other of drawnBefore(draw)) found.add(other);
  }
  return found;
}
