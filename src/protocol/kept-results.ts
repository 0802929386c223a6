import type { Results } from './results';

/** Results that were written before, perhaps by an earlier version, in today's form; null where they are none of this schema. */
export function keptResults(value: unknown): Results | null {
  if (!isResults(value)) return null;
  // Earlier versions did not say what layers are: the readout came last.
  for (const { layers } of value.networks)
    layers.forEach((layer: { role?: string }, at) => {
      layer.role ??= at === layers.length - 1 ? 'readout' : 'hidden';
    });
  return value;
}

function isResults(value: unknown): value is Results {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, networks, rsa, labels, hazards, notes, confidence, experiment } = value as Partial<
    Record<keyof Results, unknown>
  >;
  // Builds of the same schema version that did not write all of these wrote other numbers, too.
  return (
    schemaVersion === 1 &&
    [networks, rsa, labels, hazards, notes].every(Array.isArray) &&
    typeof confidence === 'number' &&
    typeof experiment === 'string' &&
    (networks as unknown[]).every((network) =>
      Array.isArray((network as { layers?: unknown } | null)?.layers),
    )
  );
}
