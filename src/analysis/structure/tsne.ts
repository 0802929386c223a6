import { exp, log } from '../../core/elementary';
import { type Plane, scaledPlane } from './plane';

const EXAGGERATION = 12;
/** Steps with exaggerated attraction, and after these. */
const EARLY = 250;
const LATE = 500;
const [SLOW, FAST] = [0.5, 0.8];
const LEAST_GAIN = 0.01;
/** Affinities are taken to fit a perplexity whose logarithm is this near. */
const NEAR = 1e-5;

/**
 * Affinities of t-SNE: of each item a normal distribution over the others whose perplexity is as wanted, made symmetric; they sum to 1.
 *
 * @param distances items × items
 * @returns items × items
 */
export function affinities(distances: Float64Array, n: number, perplexity: number): Float64Array {
  const own = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    ownAffinities(distances.subarray(i * n, (i + 1) * n), i, perplexity, own.subarray(i * n, (i + 1) * n));
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) out[i * n + j] = (own[i * n + j] + own[j * n + i]) / (2 * n);
  return out;
}

/** Halves the range of the precision until the entropy is that of the perplexity. */
function ownAffinities(row: Float64Array, own: number, perplexity: number, out: Float64Array): void {
  const wanted = log(perplexity);
  let nearest = Infinity;
  row.forEach((distance, j) => (nearest = j === own ? nearest : Math.min(nearest, distance * distance)));
  let [low, high, precision] = [0, Infinity, 1];
  for (let step = 0; step < 100; step++) {
    let [sum, weighted] = [0, 0];
    for (let j = 0; j < row.length; j++) {
      // From the nearest on: far from all, no sum would be left.
      const beyond = row[j] * row[j] - nearest;
      out[j] = j === own ? 0 : exp(-beyond * precision);
      sum += out[j];
      if (j !== own) weighted += beyond * out[j];
    }
    for (let j = 0; j < row.length; j++) out[j] /= sum;
    const entropy = log(sum) + (precision * weighted) / sum;
    if (Math.abs(entropy - wanted) < NEAR) return;
    if (entropy > wanted) {
      low = precision;
      precision = high === Infinity ? 2 * precision : (low + high) / 2;
    } else {
      high = precision;
      precision = (low + high) / 2;
    }
  }
}

/**
 * t-SNE, every pair computed (van der Maaten and Hinton 2008), with the settings of scikit-learn: exaggeration 12 for 250 of 750 steps, momentum
 * 0.5 and then 0.8, the rate n / 48 and at least 50.
 *
 * @param p affinities
 * @param start of any scale; begins with a standard deviation of 10⁻⁴
 * @returns the map, and the Kullback–Leibler divergence of its affinities in nats
 */
export function tsne(p: Float64Array, start: Plane): { plane: Plane; divergence: number } {
  const n = start.rows;
  const { data: y } = scaledPlane(start, 1e-4);
  const rate = Math.max(n / EXAGGERATION / 4, 50);
  const [velocity, gains] = [new Float64Array(2 * n), new Float64Array(2 * n).fill(1)];
  for (let step = 0; step < EARLY + LATE; step++) {
    const early = step < EARLY;
    const gradient = gradientAt(p, y, n, early ? EXAGGERATION : 1);
    // What was gathered leads elsewhere once attraction is no longer exaggerated.
    if (step === EARLY) {
      velocity.fill(0);
      gains.fill(1);
    }
    for (let at = 0; at < 2 * n; at++) {
      const against = velocity[at] * gradient[at] < 0;
      gains[at] = Math.max(LEAST_GAIN, against ? gains[at] + 0.2 : gains[at] * 0.8);
      velocity[at] = (early ? SLOW : FAST) * velocity[at] - rate * gains[at] * gradient[at];
      y[at] += velocity[at];
    }
  }
  const plane = { rows: n, cols: 2, data: y };
  return { plane, divergence: divergenceOf(p, plane) };
}

function gradientAt(p: Float64Array, y: Float64Array, n: number, exaggeration: number): Float64Array {
  const [pull, push] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [xi, yi, row] = [y[2 * i], y[2 * i + 1], i * n];
    let [pullX, pullY, pushX, pushY] = [0, 0, 0, 0];
    for (let j = i + 1; j < n; j++) {
      const dx = xi - y[2 * j];
      const dy = yi - y[2 * j + 1];
      const near = 1 / (1 + dx * dx + dy * dy);
      sum += near;
      const towards = p[row + j] * near;
      const away = near * near;
      pullX += towards * dx;
      pullY += towards * dy;
      pull[2 * j] -= towards * dx;
      pull[2 * j + 1] -= towards * dy;
      pushX += away * dx;
      pushY += away * dy;
      push[2 * j] -= away * dx;
      push[2 * j + 1] -= away * dy;
    }
    pull[2 * i] += pullX;
    pull[2 * i + 1] += pullY;
    push[2 * i] += pushX;
    push[2 * i + 1] += pushY;
  }
  return pull.map((towards, at) => 4 * (exaggeration * towards - push[at] / (2 * sum)));
}

/** Σ p ln (p / q) over pairs in both orders. */
function divergenceOf(p: Float64Array, { rows: n, data: y }: Plane): number {
  const near = new Float64Array(n * n);
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const [dx, dy] = [y[2 * i] - y[2 * j], y[2 * i + 1] - y[2 * j + 1]];
      sum += near[i * n + j] = 1 / (1 + dx * dx + dy * dy);
    }
  let divergence = 0;
  for (let at = 0; at < p.length; at++) if (p[at] > 0) divergence += p[at] * log((p[at] * sum) / near[at]);
  return divergence;
}
