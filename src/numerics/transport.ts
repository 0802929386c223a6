import type { Matrix } from '../core/matrix';

/** What is on its way from the rows to the columns, and the prices that show it to be best. */
interface Plan {
  readonly worth: Matrix<Float64Array>;
  /** Rows × columns. */
  readonly flows: Int32Array;
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
  readonly closed: Uint8Array;
  /** By row: what its way costs (infinite where it was not reached), and the column that it comes from. */
  readonly rowCosts: Float64Array;
  readonly back: Int32Array;
  /** The column with room that is nearest. */
  readonly end: number;
}

/**
 * The most that can be had where every row gives `supply` whole units, every column takes at most `demand`, and a unit from row i to column j is worth
 * `worth[i][j]`: by shortest augmenting paths (Ahuja, Magnanti & Orlin, Network Flows, §9.7), exact but for the rounding of sums. With a supply and a demand
 * of 1 it is the linear assignment problem.
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
    room: new Int32Array(cols).fill(demand),
    rowPrices: new Float64Array(rows),
    columnPrices: new Float64Array(cols),
  };
  for (let i = 0; i < rows; i++) plan.rowPrices[i] = -largest(data.subarray(i * cols, (i + 1) * cols));
  for (let i = 0; i < rows; i++)
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

/** Dijkstra's search over columns; where a column is full, it goes on from the rows that it takes from. */
function waysFrom(start: number, { worth, flows, room, rowPrices, columnPrices }: Plan): Ways {
  const { rows, cols, data } = worth;
  const costs = new Float64Array(cols).fill(Infinity);
  const from = new Int32Array(cols);
  const closed = new Uint8Array(cols);
  const rowCosts = new Float64Array(rows).fill(Infinity);
  const back = new Int32Array(rows).fill(-1);
  rowCosts[start] = 0;
  let reached = [start];
  for (;;) {
    for (const row of reached) {
      const base = rowCosts[row] - rowPrices[row];
      for (let j = 0, at = row * cols; j < cols; j++, at++) {
        const cost = base - data[at] - columnPrices[j];
        if (cost < costs[j] && closed[j] === 0) {
          costs[j] = cost;
          from[j] = row;
        }
      }
    }
    let end = -1;
    for (let j = 0; j < cols; j++) if (closed[j] === 0 && (end < 0 || costs[j] < costs[end])) end = j;
    closed[end] = 1;
    if (room[end] > 0) return { costs, from, closed, rowCosts, back, end };
    reached = [];
    for (let row = 0; row < rows; row++)
      if (flows[row * cols + end] > 0 && rowCosts[row] === Infinity) {
        rowCosts[row] = costs[end];
        back[row] = end;
        reached.push(row);
      }
  }
}

/** Prices by which no way is cheaper than nothing, and those in use cost nothing. */
function reprice({ rowPrices, columnPrices }: Plan, { costs, closed, rowCosts, end }: Ways): void {
  const last = costs[end];
  for (let row = 0; row < rowPrices.length; row++)
    if (rowCosts[row] < Infinity) rowPrices[row] += last - rowCosts[row];
  for (let j = 0; j < columnPrices.length; j++) if (closed[j] === 1) columnPrices[j] -= last - costs[j];
}

/** Sends as much as fits along the way to its end, and says how much that is. */
function send(start: number, most: number, { worth, flows, room }: Plan, { from, back, end }: Ways): number {
  const { cols } = worth;
  let amount = Math.min(most, room[end]);
  for (let row = from[end]; row !== start; row = from[back[row]])
    amount = Math.min(amount, flows[row * cols + back[row]]);
  room[end] -= amount;
  for (let column = end; ;) {
    const row = from[column];
    flows[row * cols + column] += amount;
    if (row === start) return amount;
    column = back[row];
    flows[row * cols + column] -= amount;
  }
}
