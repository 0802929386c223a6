import type { Picture, Plot } from './picture';

/** A picture of one plot, or of some above each other over one horizontal axis, as wide as the page. */
export function onePanel(plots: readonly Plot[], rest: Omit<Picture, 'panels'> = {}): Picture {
  return { panels: [{ plots }], ...rest };
}
