import type { ImageSize } from '../sheet';
import type { Theme } from '../theme';

/** A picture that draws itself into an element in the colours of a theme, and again when either changes. */
export interface Chart {
  /** @param room height that it is to fill, in pixels, as far as it can; absent: it is as high as it is by itself */
  draw(into: HTMLElement, theme: Theme, room?: number): Promise<void>;
  /** The picture that stands in `into`, in the colours and the size of a file; wider where whole names need it. */
  image(into: HTMLElement, format: 'png' | 'svg', theme: Theme, size: ImageSize): Promise<Uint8Array>;
}
