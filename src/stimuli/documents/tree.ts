/** A tree whose nodes are numbered level by level, and have properties that all below them inherit. */
export class Tree {
  /** Of each node, the places of those above it, from itself to the first level. */
  readonly lineages: readonly (readonly number[])[];
  /** The first node of each level, and the number of all nodes. */
  readonly levelStarts: readonly number[];

  /**
   * @param levels nodes below each: of the whole, of each node of the first level, and so on
   * @param properties of each node
   */
  constructor(
    readonly levels: readonly number[],
    readonly properties: number,
  ) {
    const starts = [0];
    const lineages: number[][] = [];
    let width = 1;
    for (const [level, below] of levels.entries()) {
      width *= below;
      for (let at = 0; at < width; at++) {
        const above = level === 0 ? [] : lineages[starts[level - 1] + Math.floor(at / below)];
        lineages.push([starts[level] + at, ...above]);
      }
      starts.push(starts[level] + width);
    }
    this.lineages = lineages;
    this.levelStarts = starts;
  }

  get size(): number {
    return this.lineages.length;
  }

  /** Nodes with none below them. */
  get leaves(): number[] {
    const first = this.levelStarts[this.levels.length - 1];
    return Array.from({ length: this.size - first }, (_, at) => first + at);
  }

  /** The node of the first level that a node, or the owner of a property, is below. */
  branchOf(thing: number): number {
    return this.lineages[this.ownerOf(thing)].at(-1) ?? 0;
  }

  /** What a node is, and has: nodes above it, then properties of them and its own. Properties are numbered after the nodes. */
  truthsOf(node: number): number[] {
    const lineage = this.lineages[node];
    return [...lineage.slice(1), ...lineage.flatMap((owner) => this.propertiesOf(owner))];
  }

  propertiesOf(node: number): number[] {
    return Array.from({ length: this.properties }, (_, at) => this.size + node * this.properties + at);
  }

  isProperty(thing: number): boolean {
    return thing >= this.size;
  }

  /** The node that a property is first of; of a node itself. */
  ownerOf(thing: number): number {
    return this.isProperty(thing) ? Math.floor((thing - this.size) / this.properties) : thing;
  }

  /** Whether a node is below another, or has a property. */
  isTrue(node: number, thing: number): boolean {
    return node !== thing && this.lineages[node].includes(this.ownerOf(thing));
  }
}
