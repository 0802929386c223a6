import type { Chart } from './charts/chart';
import { currentTheme } from './theme';

/** Draws a chart into its place, one drawing after the other; the latest wish wins. */
export class Drawing {
  chart: Chart | null = null;
  #turn: Promise<void> = Promise.resolve();
  #asked = 0;

  /**
   * @param room the height that a picture is to fill, where it has none of its own
   * @param failed is told why it could not be drawn
   */
  constructor(
    readonly place: HTMLElement,
    private readonly room: () => number | undefined,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Draws, in the colours of the moment. */
  draw(): void {
    const { chart, place } = this;
    if (chart === null || place.clientWidth === 0) return;
    const wish = ++this.#asked;
    place.dataset['asked'] = String(wish);
    this.#turn = this.#turn.then(async () => {
      if (wish !== this.#asked) return;
      try {
        await chart.draw(place, currentTheme(), this.room());
        place.dataset['drawn'] = String(wish);
      } catch (error) {
        this.failed(error);
      }
    });
  }

  /** Once what was asked for is drawn. */
  then<T>(next: () => Promise<T>): Promise<T> {
    return this.#turn.then(next);
  }

  /** Draws anew when the place, or the room that there is for it, has another size. @returns how to leave off */
  follow(): () => void {
    let before = '';
    const look = (): void => {
      const { clientWidth } = this.place;
      const now = `${clientWidth} ${this.room() ?? ''}`;
      if (now === before || clientWidth === 0) return;
      before = now;
      this.draw();
    };
    const observer = new ResizeObserver(look);
    observer.observe(this.place);
    // What fills the page looks at that.
    observer.observe(document.body);
    window.addEventListener('resize', look);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', look);
    };
  }
}
