import type { Matrix } from '../core/matrix';

/** What is on its way from the rows to the columns, and the prices that show it to be best. */
interface Plan {
  readonly worth: Matrix<Float64Array>;
  /** Rows × columns. */
  readonly flows: Int32Array;
  /** By column: the rows that it takes from. */
  readonly givers: readonly number[][];
  /** What each column still takes. */
  readonly room: Int32Array;
  readonly rowPrices: Float64Array;
  readonly columnPrices: Float64Array;
}

/** The cheapest ways from one row to the columns, as far as they were looked for. */
interface Ways {
  /** By column: what its way costs, and the row that it comes from. */
  readonly costs: Float64Array;
  readonly from: Int32Array;
  /** The columns whose cheapest way is known, nearest first. */
  readonly closed: readonly number[];
  /** By row: what its way costs (infinite where it was not reached), and the column that it comes from. */
  readonly rowCosts: Float64Array;
  readonly back: Int32Array;
  /** The column with room that is nearest. */
  readonly end: number;
}

/**
 * The most that can be had where every row gives `supply` whole units, every column takes at most `demand`, and a unit from row i to column j is worth
 * `worth[i][j]`: by shortest augmenting paths (Ahuja, Magnanti & Orlin, Network Flows, §9.7), exact but for the rounding of sums. With a supply and a demand
 * of 1 it is the linear assignment problem, most of which is solved by bids before (Jonker & Volgenant 1987, Computing 38, 325–340).
 *
 * @param worth rows × columns, finite
 * @throws RangeError where the rows give more than the columns take
 */
export function transport(worth: Matrix<Float64Array>, supply: number, demand: number): number {
  const { rows, cols, data } = worth;
  if (rows * supply > cols * demand) throw new RangeError('The rows give more than the columns take.');
  const plan: Plan = {
    worth,
    flows: new Int32Array(rows * cols),
    givers: Array.from({ length: cols }, () => []),
    room: new Int32Array(cols).fill(demand),
    rowPrices: new Float64Array(rows),
    columnPrices: new Float64Array(cols),
  };
  for (let i = 0; i < rows; i++) plan.rowPrices[i] = -largest(data.subarray(i * cols, (i + 1) * cols));
  const waiting =
    supply === 1 && demand === 1 ? assignedByBids(plan) : Array.from({ length: rows }, (_, i) => i);
  for (const i of waiting)
    for (let left = supply; left > 0;) {
      const ways = waysFrom(i, plan);
      reprice(plan, ways);
      left -= send(i, left, plan, ways);
    }
  return plan.flows.reduce((sum, flow, at) => (flow === 0 ? sum : sum + flow * data[at]), 0);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

/** How often rows that have no column bid. */
const ROUNDS = 2;

/**
 * Each row takes the column that is best for it, from whoever has it, at a price at which the second best would be as good.
 *
 * @returns rows that are left without a column
 */
function assignedByBids(plan: Plan): number[] {
  const { worth, flows, givers, room, rowPrices, columnPrices } = plan;
  const { rows, cols, data } = worth;
  let waiting = Array.from({ length: rows }, (_, row) => row);
  for (let round = 0; round < ROUNDS && cols > 1; round++) {
    const outbid: number[] = [];
    for (const first of waiting) {
      // Who is outbid bids at once for as long as prices move.
      for (let row = first, left = cols; ; left--) {
        const { best, next } = twoBest(row, plan);
        const [most, second] = [best, next].map((j) => -data[row * cols + j] - columnPrices[j]);
        const ties = most === second;
        const column = ties && room[best] === 0 ? next : best;
        columnPrices[best] -= second - most;
        rowPrices[row] = second;
        const before = givers[column].pop();
        givers[column].push(row);
        room[column] = 0;
        flows[row * cols + column] = 1;
        if (before === undefined) break;
        flows[before * cols + column] = 0;
        if (ties || left === 0) {
          outbid.push(before);
          break;
        }
        row = before;
      }
    }
    waiting = outbid;
  }
  return waiting;
}

/** The columns at which a row would pay least. */
function twoBest(row: number, { worth: { cols, data }, columnPrices }: Plan): { best: number; next: number } {
  let [best, next] = [-1, -1];
  let [least, second] = [Infinity, Infinity];
  for (let j = 0, at = row * cols; j < cols; j++, at++) {
    const cost = -data[at] - columnPrices[j];
    if (cost < least) {
      [second, next] = [least, best];
      [least, best] = [cost, j];
    } else if (cost < second) [second, next] = [cost, j];
  }
  return { best, next };
}

/** Dijkstra's search over columns; where a column is full, it goes on from the rows that it takes from. */
function waysFrom(start: number, { worth, givers, room, rowPrices, columnPrices }: Plan): Ways {
  const { rows, cols, data } = worth;
  const costs = new Float64Array(cols);
  // Of columns that are still open: no number is less than NaN.
  const open = new Float64Array(cols).fill(Infinity);
  const from = new Int32Array(cols);
  const rowCosts = new Float64Array(rows).fill(Infinity);
  const back = new Int32Array(rows).fill(-1);
  rowCosts[start] = 0;
  const closed: number[] = [];
  for (let reached = [start]; ;) {
    for (const row of reached) {
      const base = rowCosts[row] - rowPrices[row];
      for (let j = 0, at = row * cols; j < cols; j++, at++) {
        const cost = base - data[at] - columnPrices[j];
        if (cost < open[j]) {
          open[j] = cost;
          from[j] = row;
        }
      }
    }
    let [end, least] = [-1, Infinity];
    for (let j = 0; j < cols; j++)
      if (open[j] < least) {
        least = open[j];
        end = j;
      }
    costs[end] = least;
    open[end] = NaN;
    closed.push(end);
    if (room[end] > 0) return { costs, from, closed, rowCosts, back, end };
    reached = givers[end].filter((row) => rowCosts[row] === Infinity);
    for (const row of reached) {
      rowCosts[row] = least;
      back[row] = end;
    }
  }
}

/** Prices by which no way is cheaper than nothing, and those in use cost nothing. */
function reprice({ rowPrices, columnPrices }: Plan, { costs, closed, rowCosts, end }: Ways): void {
  const last = costs[end];
  for (let row = 0; row < rowPrices.length; row++)
    if (rowCosts[row] < Infinity) rowPrices[row] += last - rowCosts[row];
  for (const j of closed) columnPrices[j] -= last - costs[j];
}

/** Sends as much as fits along the way to its end, and says how much that is. */
function send(
  start: number,
  most: number,
  { worth, flows, givers, room }: Plan,
  { from, back, end }: Ways,
): number {
  const { cols } = worth;
  let amount = Math.min(most, room[end]);
  for (let row = from[end]; row !== start; row = from[back[row]])
    amount = Math.min(amount, flows[row * cols + back[row]]);
  room[end] -= amount;
  for (let column = end; ;) {
    const row = from[column];
    if (flows[row * cols + column] === 0) givers[column].push(row);
    flows[row * cols + column] += amount;
    if (row === start) return amount;
    column = back[row];
    flows[row * cols + column] -= amount;
    if (flows[row * cols + column] === 0) givers[column].splice(givers[column].indexOf(row), 1);
  }
}
