/** Promises by name; the ones used last are kept, failed ones are not. */
export class Recent<T> {
  private readonly known = new Map<string, { promise: Promise<T>; settled: boolean }>();

  constructor(private readonly most: number) {}

  get(name: string, make: () => Promise<T>): Promise<T> {
    const found = this.known.get(name) ?? { promise: make(), settled: false };
    this.known.delete(name);
    this.known.set(name, found);
    found.promise.then(
      () => (found.settled = true),
      () => {
        if (this.known.get(name) === found) this.known.delete(name);
      },
    );
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
    return found.promise;
  }

  has(name: string): boolean {
    return this.known.has(name);
  }

  /** Whether it is here, and not still under way. */
  settled(name: string): boolean {
    return this.known.get(name)?.settled ?? false;
  }

  clear(): void {
    this.known.clear();
  }
}
