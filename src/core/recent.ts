/** What was asked for last, so many of them. */
export class Recent<T> {
  readonly #all = new Map<string, T>();

  constructor(private readonly most: number) {}

  /** @param make what is not among them */
  get(key: string, make: () => T): T {
    const found = this.#all.get(key) ?? make();
    this.#all.delete(key);
    this.#all.set(key, found);
    const [oldest] = this.#all.keys();
    if (this.#all.size > this.most) this.#all.delete(oldest);
    return found;
  }
}
