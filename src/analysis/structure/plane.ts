import type { Matrix } from '../../core/matrix';
import type { Stream } from '../../core/stream';

/** Places of items on a plane: items × 2. */
export type Plane = Matrix<Float64Array>;

/** Independent normal places around the origin. */
export function randomPlane(random: Stream, items: number): Plane {
  return { rows: items, cols: 2, data: Float64Array.from({ length: 2 * items }, () => random.normal()) };
}

/** The same places, each axis centred. */
export function centredPlane({ rows, cols, data }: Plane): Plane {
  const out = Float64Array.from(data);
  for (let axis = 0; axis < 2; axis++) {
    let mean = 0;
    for (let i = 0; i < rows; i++) mean += data[2 * i + axis] / rows;
    for (let i = 0; i < rows; i++) out[2 * i + axis] -= mean;
  }
  return { rows, cols, data: out };
}

/** The same places with the standard deviation of the first axis as wanted (zeros stay). */
export function scaledPlane(plane: Plane, deviation: number): Plane {
  const { rows, cols, data } = centredPlane(plane);
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[2 * i] ** 2;
  const scale = sum > 0 ? deviation / Math.sqrt(sum / rows) : 1;
  return { rows, cols, data: data.map((value) => value * scale) };
}

/** Euclidean distances between all items. @returns items × items */
export function planeDistances({ rows: n, data }: Plane): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const [x, y] = [data[2 * i] - data[2 * j], data[2 * i + 1] - data[2 * j + 1]];
      out[i * n + j] = out[j * n + i] = Math.sqrt(x * x + y * y);
    }
  return out;
}

/** Turned, mirrored, scaled and moved so that the sum of squared distances to a target is least (Procrustes). */
export function alignedPlane(plane: Plane, target: Plane): Plane {
  const [from, to] = [centredPlane(plane), centredPlane(target)];
  const n = from.rows;
  let [xx, xy, yx, yy, size] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [from.data[2 * i], from.data[2 * i + 1]];
    const [c, d] = [to.data[2 * i], to.data[2 * i + 1]];
    xx += a * c;
    xy += a * d;
    yx += b * c;
    yy += b * d;
    size += a * a + b * b;
  }
  // Of the turned and of the mirrored ones the nearer: their traces in closed form.
  const turned = Math.sqrt((xx + yy) ** 2 + (xy - yx) ** 2);
  const mirrored = Math.sqrt((xx - yy) ** 2 + (xy + yx) ** 2);
  const trace = Math.max(turned, mirrored);
  const mean = [0, 1].map((axis) =>
    target.data.reduce((sum, value, at) => sum + (at % 2 === axis ? value / n : 0), 0),
  );
  if (!(trace > 0 && size > 0))
    return { rows: n, cols: 2, data: Float64Array.from(from.data, (_, at) => mean[at % 2]) };
  const flip = turned >= mirrored ? 1 : -1;
  const [cos, sin] = [(xx + flip * yy) / trace, (xy - flip * yx) / trace];
  const scale = trace / size;
  const data = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const [a, b] = [scale * from.data[2 * i], scale * from.data[2 * i + 1]];
    data[2 * i] = cos * a - flip * sin * b + mean[0];
    data[2 * i + 1] = sin * a + flip * cos * b + mean[1];
  }
  return { rows: n, cols: 2, data };
}
