import type { Matrix } from '../../core/matrix';
import { type ClassTarget, type Decisions, outputsOf, type Probe } from './probe';

export const nearestMean: Probe = {
  name: 'nearest-mean',
  title: 'Nearest class mean',
  formula: 'The class whose mean activation is nearest by Euclidean distance.',
  meaning: 'Whether classes lie apart as a whole: nothing is weighted, nothing can be fitted to noise.',
  misleads:
    'What takes much variance decides, as in a picture of the first components, whether it matters or not.',
  source: 'scikit-learn, NearestCentroid; Haxby and others 2001, Science 293, 2425–2430',
  of: ['classes'],
  prepare: (rows, target) => () => {
    const classes = target as ClassTarget;
    const means = classMeans(rows, classes);
    const outputs = outputsOf(target);
    return {
      converged: true,
      decide: (others) => {
        const near = nearness(others, means);
        if (outputs > 1) return near;
        const [first, second] = [near.data.subarray(0, others.rows), near.data.subarray(others.rows)];
        return { rows: 1, cols: others.rows, data: second.map((one, row) => one - first[row]) };
      },
    };
  },
};

/** Classes × coordinates; NaN of a class without rows. */
function classMeans(
  { cols, data }: Matrix<Float64Array>,
  { classes, of }: ClassTarget,
): Matrix<Float64Array> {
  const sums = new Float64Array(classes * cols);
  const counts = new Float64Array(classes);
  of.forEach((c, row) => {
    counts[c]++;
    for (let j = 0; j < cols; j++) sums[c * cols + j] += data[row * cols + j];
  });
  return { rows: classes, cols, data: sums.map((sum, at) => sum / counts[Math.floor(at / cols)]) };
}

/** −‖x − mean‖², classes × rows; −∞ of a class without rows. */
function nearness({ rows, cols, data }: Matrix<Float64Array>, means: Matrix<Float64Array>): Decisions {
  const near = new Float64Array(means.rows * rows);
  for (let c = 0; c < means.rows; c++)
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += (data[row * cols + j] - means.data[c * cols + j]) ** 2;
      near[c * rows + row] = Number.isNaN(sum) ? -Infinity : -sum;
    }
  return { rows: means.rows, cols: rows, data: near };
}
