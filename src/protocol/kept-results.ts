import type { Results } from './results';

/** Results that were written before; null where they are none of this schema. */
export function keptResults(value: unknown): Results | null {
  return isResults(value) ? value : null;
}

function isResults(value: unknown): value is Results {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, networks, rsa, labels, hazards, notes, confidence, experiment, values } =
    value as Partial<Record<keyof Results, unknown>>;
  return (
    schemaVersion === 2 &&
    [networks, rsa, labels, hazards, notes].every(Array.isArray) &&
    typeof confidence === 'number' &&
    typeof experiment === 'string' &&
    (networks as unknown[]).every((network) =>
      Array.isArray((network as { layers?: unknown } | null)?.layers),
    ) &&
    Array.isArray((values as Partial<Results['values']> | null | undefined)?.value)
  );
}
