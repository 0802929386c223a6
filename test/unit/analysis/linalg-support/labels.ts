import type { Label } from '../../../../src/core/label';

const classes = { binary: ['false', 'true'], categorical: ['red', 'green', 'blue'], bits: [], real: [] };

/** A label for tests; values row by row. */
export function label(
  name: string,
  kind: Label['kind'],
  values: readonly number[],
  width = 1,
  source: Label['source'] = 'feature',
): Label {
  return { name, source, kind, classes: classes[kind], width, values: Float32Array.from(values) };
}
