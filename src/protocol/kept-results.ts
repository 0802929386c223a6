import { unpackedColumns } from '../core/packed-columns';
import type { Results } from './results';

/** Results that were written before; null where they are none of this schema. */
export function keptResults(value: unknown): Results | null {
  if (!isResults(value)) return null;
  // A file has its table packed, the history of runs as it is.
  const values = unpackedColumns(value.values);
  return values && { ...value, values };
}

function isResults(value: unknown): value is Results {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, networks, rsa, pairs, labels, hazards, notes, confidence, experiment } =
    value as Partial<Record<keyof Results, unknown>>;
  return (
    schemaVersion === 2 &&
    [networks, rsa, pairs, labels, hazards, notes].every(Array.isArray) &&
    typeof confidence === 'number' &&
    typeof experiment === 'string' &&
    (networks as unknown[]).every((network) =>
      Array.isArray((network as { layers?: unknown } | null)?.layers),
    )
  );
}
