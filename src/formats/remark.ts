import type { Interval, IntervalKind, PairGroup } from '../protocol/results';

/** A mean with what it is of. */
export interface RemarkedMean {
  readonly kind?: IntervalKind;
  /** Values that it is over, of those that one would think. */
  readonly n: number;
  readonly of: number;
}

export function remarkedMean({ kind, n, values }: Interval): RemarkedMean {
  return { kind, n, of: values.length };
}

export function remarkedGroup({ kind, pairs, possible }: PairGroup): RemarkedMean {
  return { kind, n: pairs, of: possible };
}

/** What stands beside a mean, so that it is not taken for more than it is: `1 of 3`, `all equal`; empty where there is nothing to say. */
export function remark({ kind, n, of }: RemarkedMean): string {
  return [...(n < of ? [`${n} of ${of}`] : []), ...(kind === 'equal' ? ['all equal'] : [])].join(', ');
}

/** What stands before an interval that may hold the true mean less often than it says. */
export function approximately({ kind }: { readonly kind?: IntervalKind }): string {
  return kind === 'approximate' ? '≈ ' : '';
}
