import { type PlacedValue, Values } from '../core/values';
import type { LayerUnits, ReplicateResults } from '../protocol/results';

/** The measure whose statistics of single units are arrays beside the table. */
const ofUnits = 'selectivity';

/** What was measured of a replicate before, as far as it would come out the same now. */
export class KnownAnalysis {
  readonly #rows = new Map<string, PlacedValue[]>();

  /** @param measures those whose rows still hold; what a replicate does (its loss, its accuracies) always does */
  constructor(
    private readonly results: ReplicateResults,
    private readonly measures: ReadonlySet<string>,
  ) {
    for (const row of new Values(results.values).rows()) {
      const at = placeOf(row.measure, row.checkpoint, row.site, row.other);
      const rows = this.#rows.get(at);
      if (rows) rows.push(row);
      else this.#rows.set(at, [row]);
    }
  }

  has(measure: string): boolean {
    return this.measures.has(measure);
  }

  /** All rows of some measures, in their order. */
  every(measures: readonly string[]): Iterable<PlacedValue> {
    return new Values(this.results.values).rows({ measure: measures });
  }

  /** Its rows, in their order. */
  rows(measure: string, checkpoint: string, site?: string, other?: string): readonly PlacedValue[] {
    return this.#rows.get(placeOf(measure, checkpoint, site, other)) ?? [];
  }

  /** Statistics of single units by layer; undefined where they would be others now. */
  get units(): Record<string, LayerUnits> | undefined {
    return this.has(ofUnits) ? this.results.units : undefined;
  }
}

function placeOf(...names: [measure: string, ...where: (string | undefined)[]]): string {
  return JSON.stringify(names);
}
