import { findNodeAtOffset } from 'jsonc-parser';
import { writeName } from '../../experiment/formula/tokens';
import type { Problem } from '../../experiment/problem';
import { quote } from '../../experiment/names';
import type { ParsedExperiment } from '../parsed-experiment';
import { edited, type Fix } from './fix';

const MOST_VALUES = 4;

/** The formula of a task in the place of its name. */
export function taskFormula({ text, tree }: ParsedExperiment, { range }: Problem): Fix[] {
  const start = range.start.offset;
  const end = range.end.offset;
  const inside = text.slice(start, end).replace(/^'(.*)'$/s, '$1');
  const formula = tree.find(['tasks', inside]);
  const own = tree.root && findNodeAtOffset(tree.root, start);
  // Its own name would never come to an end.
  if (formula?.type !== 'string' || formula === own) return [];
  const written = text.slice(formula.offset + 1, formula.offset + formula.length - 1);
  return [
    edited(
      `Write the formula of ${quote(inside)} in its place`,
      [{ start, end, text: `(${written})` }],
      true,
    ),
  ];
}

/** A feature that is neither true nor false, compared with each of its first values. */
export function compareValue({ text, outline }: ParsedExperiment, { range }: Problem): Fix[] {
  const start = range.start.offset;
  const end = range.end.offset;
  const inside = text.slice(start, end);
  const feature = [...outline.features.values()].find(({ name }) =>
    [name, `'${name}'`, writeName(name)].map(inJson).includes(inside),
  );
  if (!feature) return [];
  return feature.values.slice(0, MOST_VALUES).map((value) => {
    const comparison = `${writeName(feature.name)} == ${writeName(value)}`;
    return edited(`Change to ${quote(comparison)}`, [{ start, end, text: inJson(comparison) }]);
  });
}

/** As a part of a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The last bit or component that there is. */
export function indexInside({ text, outline }: ParsedExperiment, { range }: Problem): Fix[] {
  const start = range.start.offset;
  const end = range.end.offset;
  const inside = text.slice(start, end);
  for (const { name, width } of outline.features.values()) {
    const written = writeName(name);
    if (width > 0 && inside.startsWith(`${written}[`)) {
      const last = `${written}[${width - 1}]`;
      return [edited(`Change to '${last}'`, [{ start, end, text: last }])];
    }
  }
  return [];
}
