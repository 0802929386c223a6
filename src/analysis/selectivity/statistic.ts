/** The statistics of a unit. All but the class-selectivity index compare one class with the rest. */
export const statistics = ['dprime', 'auroc', 'correlation', 'classSelectivity'] as const;

export type Statistic = (typeof statistics)[number];

export function byStatistic<T>(make: (statistic: Statistic) => T): Record<Statistic, T> {
  return {
    dprime: make('dprime'),
    auroc: make('auroc'),
    correlation: make('correlation'),
    classSelectivity: make('classSelectivity'),
  };
}

/** How far a value is from none: the absolute value, of AUROC the absolute difference from .5. */
export function strength(statistic: Statistic, value: number): number {
  return Math.abs(statistic === 'auroc' ? value - 0.5 : value);
}
