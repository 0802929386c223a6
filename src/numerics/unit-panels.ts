import type { Matrix } from '../core/matrix';
import { BLOCK } from './kernels/linear-algebra';
import { Workspace } from './kernels/workspace';

/** Bytes of a float64, and of one stimulus of a panel. */
const NUMBER = 8;
const STEP = 32;

/** Units (rows) of a product that pass one panel at once, so that they stay in the second-level cache: 64 panels. */
const ROWS = BLOCK.rows / 4;

/** Directions of one pass of a projection, as assembly/panels.ts has them. */
const TEN = 10;

/** Position of the diagonal that leaves no tile out. */
const EVERYTHING = 2 ** 30;

/**
 * The units of one layer, centred on their means in float64, in the layout in which the kernels multiply them: neither transposed nor
 * packed again for any of the products below. They live in a workspace of the caller's, until it is released.
 *
 * Sums over stimuli are taken in blocks of `BLOCK.depth`, like those of all products.
 */
export class UnitPanels {
  readonly stimuli: number;
  readonly units: number;
  /** Mean of each unit. */
  readonly means: Float64Array;
  /** Sum of squares of each unit about its mean. */
  readonly squares: Float64Array;
  readonly #workspace: Workspace;
  readonly #panels: number;
  /** Units / 4, rounded up; units beyond the layer's are zeros. */
  readonly #quads: number;

  /** @param layer stimuli × units, at least one of each */
  constructor(workspace: Workspace, { rows, cols, data }: Matrix) {
    const quads = Math.ceil(cols / 4);
    const width = 4 * quads;
    const wide = data instanceof Float64Array;
    const size = wide ? 8 : 4;
    this.stimuli = rows;
    this.units = cols;
    this.#workspace = workspace;
    this.#quads = quads;
    // An odd number of stimuli lets `projectUnits` read one step beyond the end.
    this.#panels = workspace.reserve((rows * quads + 1) * STEP);
    const means = workspace.reserve(width * NUMBER);
    const squares = workspace.reserve(width * NUMBER);
    const x = workspace.reserve(rows * width * size);
    workspace.commit(false);
    const { kernels, doubles, floats } = workspace;
    const target = wide ? doubles : floats;
    if (width === cols) target.set(data, x / size);
    else {
      for (let i = 0, to = x / size; i < rows; i++, to += width) {
        target.set(data.subarray(i * cols, (i + 1) * cols), to);
        target.fill(0, to + cols, to + width);
      }
    }
    kernels.centreUnits(x, wide, rows, quads, BLOCK.depth, this.#panels, means, squares);
    this.means = doubles.slice(means / NUMBER, means / NUMBER + cols);
    this.squares = doubles.slice(squares / NUMBER, squares / NUMBER + cols);
  }

  /** The sum of squares of each unit, summed as products are: of each with itself. */
  ownProducts(): Float64Array {
    const workspace = this.#workspace;
    const c = workspace.reserve(this.#quads * 4 * STEP);
    workspace.commit(false);
    const { kernels, doubles } = workspace;
    for (const { first, height, address } of this.#blocks())
      for (let quad = 0; quad < this.#quads; quad++) {
        const panel = address + quad * height * STEP;
        kernels.multiply64(panel, panel, c + quad * 4 * STEP, 1, 1, height, 4, first > 0, 0);
      }
    return Float64Array.from(
      { length: this.units },
      (_, u) => doubles[c / NUMBER + (u >> 2) * 16 + (u & 3) * 5],
    );
  }

  /** @returns some units × stimuli, times the scale */
  lines(units: readonly number[], scale: number): Matrix<Float64Array> {
    const { doubles } = this.#workspace;
    const data = new Float64Array(units.length * this.stimuli);
    for (const { first, height, address } of this.#blocks())
      units.forEach((unit, line) => {
        const to = line * this.stimuli + first;
        let from = (address + (unit >> 2) * height * STEP) / NUMBER + (unit & 3);
        for (let i = 0; i < height; i++, from += 4) data[to + i] = doubles[from] * scale;
      });
    return { rows: units.length, cols: this.stimuli, data };
  }

  /** Sums of products of all pairs of units, units × units; only the diagonal and what is above it is filled. */
  upperGram(): Matrix<Float64Array> {
    const quads = this.#quads;
    const units = this.units;
    const width = 4 * quads;
    const workspace = this.#workspace;
    const c = workspace.reserve(width * width * NUMBER);
    workspace.commit(false);
    const { kernels, doubles } = workspace;
    for (const { first, height, address } of this.#blocks()) {
      for (let quad = 0; quad < quads; quad += ROWS) {
        const panel = address + quad * height * STEP;
        const corner = c + (quad * 4 * width + quad * 4) * NUMBER;
        const rows = Math.min(ROWS, quads - quad);
        kernels.multiply64(panel, panel, corner, rows, quads - quad, height, width, first > 0, 0);
      }
    }
    const data = new Float64Array(units * units);
    for (let u = 0, from = c / NUMBER; u < units; u++, from += width)
      data.set(doubles.subarray(from + u, from + units), u * units + u);
    return { rows: units, cols: units, data };
  }

  /**
   * Products of lines of stimuli with every unit.
   *
   * @returns lines × units
   */
  products({ rows, cols, packed }: PackedLines): Matrix<Float64Array> {
    if (cols !== this.stimuli) throw new RangeError(`Lines of ${cols} stimuli in place of ${this.stimuli}.`);
    const units = this.units;
    const result = new Float64Array(rows * units);
    if (rows === 0) return { rows, cols: units, data: result };
    const quads = this.#quads;
    const width = 4 * quads;
    const panels = Math.ceil(rows / 4);
    const workspace = this.#workspace;
    const a = workspace.reserve(packed.length * NUMBER);
    const c = workspace.reserve(panels * 4 * width * NUMBER);
    workspace.commit(false);
    const { kernels, doubles } = workspace;
    doubles.set(packed, a / NUMBER);
    for (const { first, height, address } of this.#blocks()) {
      for (let panel = 0; panel < panels; panel += ROWS) {
        const lines = a + (first * panels + panel * height) * STEP;
        const corner = c + panel * 4 * width * NUMBER;
        const count = Math.min(ROWS, panels - panel);
        kernels.multiply64(lines, address, corner, count, quads, height, width, first > 0, EVERYTHING);
      }
    }
    for (let line = 0, from = c / NUMBER; line < rows; line++, from += width)
      result.set(doubles.subarray(from, from + units), line * units);
    return { rows, cols: units, data: result };
  }

  /**
   * Sums of every unit over groups of stimuli, in the order of the stimuli.
   *
   * @param groups group of each stimulus, below `count`
   * @returns groups × units
   */
  groupSums(groups: ArrayLike<number>, count: number): Float64Array {
    const { units, stimuli } = this;
    const workspace = this.#workspace;
    const numbers = workspace.reserve(stimuli * 4);
    const sums = workspace.reserve(this.#quads * count * STEP);
    workspace.commit();
    const { kernels, doubles, integers } = workspace;
    integers.set(groups, numbers / 4);
    for (const { first, height, address } of this.#blocks())
      kernels.sumGroups(address, height, this.#quads, numbers + first * 4, count, sums);
    const result = new Float64Array(count * units);
    for (let u = 0; u < units; u++) {
      const from = sums / NUMBER + (u >> 2) * count * 4 + (u & 3);
      for (let g = 0; g < count; g++) result[g * units + u] = doubles[from + 4 * g];
    }
    return result;
  }

  /**
   * Scores of the stimuli on directions.
   *
   * @param directions any × units
   * @returns stimuli × directions
   */
  project({ rows: count, cols, data }: Matrix<Float64Array>): Matrix<Float64Array> {
    if (cols !== this.units) throw new RangeError(`Directions of ${cols} units in place of ${this.units}.`);
    const { stimuli } = this;
    const workspace = this.#workspace;
    const directions = workspace.reserve(this.#quads * 4 * TEN * NUMBER);
    const out = workspace.reserve((stimuli + 1) * TEN * NUMBER);
    workspace.commit();
    const { kernels, doubles } = workspace;
    const scores = new Float64Array(stimuli * count);
    for (let first = 0; first < count; first += TEN) {
      const width = Math.min(TEN, count - first);
      for (let k = 0; k < TEN; k++) {
        let to = directions / NUMBER + k;
        const from = (first + k) * cols;
        for (let u = 0; u < cols; u++, to += TEN) doubles[to] = k < width ? data[from + u] : 0;
      }
      for (const block of this.#blocks())
        kernels.projectUnits(
          block.address,
          block.height,
          this.#quads,
          directions,
          out + block.first * TEN * NUMBER,
        );
      for (let i = 0, from = out / NUMBER; i < stimuli; i++, from += TEN)
        for (let k = 0; k < width; k++) scores[i * count + first + k] = doubles[from + k];
    }
    return { rows: stimuli, cols: count, data: scores };
  }

  /** The blocks of stimuli: the first one, how many, and where their panels are. */
  #blocks(): { first: number; height: number; address: number }[] {
    const blocks = [];
    for (let first = 0; first < this.stimuli; first += BLOCK.depth)
      blocks.push({
        first,
        height: Math.min(BLOCK.depth, this.stimuli - first),
        address: this.#panels + first * this.#quads * STEP,
      });
    return blocks;
  }
}

/** Lines of stimuli as `products` reads them: packed once, used for many layers. */
export interface PackedLines {
  readonly rows: number;
  /** Stimuli. */
  readonly cols: number;
  /** [block of stimuli][lines / 4][stimuli of the block][4], filled up with zeros. */
  readonly packed: Float64Array;
}

/**
 * @param lines any × stimuli
 * @param packed zeros for as many numbers as there will be
 */
export function packLines(
  { rows, cols, data }: Matrix<Float64Array>,
  packed = new Float64Array(Math.ceil(rows / 4) * cols * 4),
): PackedLines {
  const panels = Math.ceil(rows / 4);
  for (let first = 0; first < cols; first += BLOCK.depth) {
    const height = Math.min(BLOCK.depth, cols - first);
    for (let line = 0; line < rows; line++) {
      let to = (first * panels + (line >> 2) * height) * 4 + (line & 3);
      for (let from = line * cols + first, end = from + height; from < end; from++, to += 4)
        packed[to] = data[from];
    }
  }
  return { rows, cols, packed };
}

/** What `use` makes of a workspace, which is given back afterwards. */
export function withWorkspace<T>(use: (workspace: Workspace) => T): T {
  const workspace = Workspace.take();
  try {
    return use(workspace);
  } finally {
    workspace.release();
  }
}
