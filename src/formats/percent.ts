import { fixed, minus } from './fixed';

/** No finer than this: a share that rounds to all or nothing even so is said to lie beyond. */
const finest = 2;

/** How sure an interval is, with all of its decimals: `97.5 %`. */
export function confidenceText(confidence: number): string {
  return `${Number((100 * confidence).toFixed(3))} %`;
}

/**
 * A share of 1 as a percentage, in whole numbers or with `decimals`: `55 %`. Never 100 % of what is below 1 nor 0 % of what is above 0:
 * there it has the decimals that tell, `99.96 %`, and at the very end a sign, `> 99.99 %`.
 */
export function percent(share: number | null | undefined, decimals = 0): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return '—';
  for (let digits = decimals; digits <= Math.max(decimals, finest); digits++) {
    const text = fixed(100 * share, digits);
    const rounded = Number(text);
    if ((rounded >= 100 && share < 1) || (rounded === 0 && share > 0)) continue;
    return `${minus(text)} %`;
  }
  return share < 0.5 ? '< 0.01 %' : '> 99.99 %';
}
