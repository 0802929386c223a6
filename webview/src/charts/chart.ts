import type { Theme } from '../theme';

/** A picture that draws itself into an element in the colours of a theme, and again when either changes. */
export interface Chart {
  draw(into: HTMLElement, theme: Theme): Promise<void>;
  /** The picture as it stands in `into`. */
  image(into: HTMLElement, format: 'png' | 'svg', theme: Theme): Promise<Uint8Array>;
}
