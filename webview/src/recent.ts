/** Promises by name; the ones used last are kept, failed ones are not. */
export class Recent<T> {
  private readonly known = new Map<string, Promise<T>>();

  constructor(private readonly most: number) {}

  get(name: string, make: () => Promise<T>): Promise<T> {
    const found = this.known.get(name) ?? make();
    this.known.delete(name);
    this.known.set(name, found);
    found.catch(() => {
      if (this.known.get(name) === found) this.known.delete(name);
    });
    const [oldest] = this.known.keys();
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
    return found;
  }

  has(name: string): boolean {
    return this.known.has(name);
  }

  clear(): void {
    this.known.clear();
  }
}
