import type { Matrix } from '../../core/matrix';
import { dotProduct, transpose } from '../../numerics/products';
import { transport } from '../../numerics/transport';
import { centredUnits } from '../pairs/centred-units';
import { rowProducts } from './row-products';
import type { Similarity } from './similarity';

type Units = Matrix<Float64Array>;

/** Units × stimuli, each centred and of length 1, so that products are Pearson's r; constant ones are left out. */
function standardUnits(activations: Matrix<Float64Array>): Units {
  const units = centredUnits(activations);
  for (let unit = 0; unit < units.rows; unit++) {
    const row = units.data.subarray(unit * units.cols, (unit + 1) * units.cols);
    const length = Math.sqrt(dotProduct(row, row));
    for (let k = 0; k < row.length; k++) row[k] /= length;
  }
  return units;
}

const shared: Pick<Similarity<Units>, 'range' | 'more' | 'best' | 'invariances' | 'source' | 'prepare'> = {
  range: 'similarity',
  more: 'alike',
  best: 1,
  invariances:
    'Permutation of units, a positive scale of each unit, any shift of a unit. No rotation: single units count.',
  source: 'Khosla & Williams 2024, arXiv 2311.09466',
  prepare: standardUnits,
};
const many = 'With few stimuli and many units the best partner of noise is high: look at its null.';

export const matchingSoft: Similarity<Units> = {
  ...shared,
  name: 'matching-soft',
  title: 'Soft matching of units',
  formula:
    'max Σ Tᵢⱼ rᵢⱼ, r Pearson’s correlations of the p units of X with the q units of Y, over all T ≥ 0 with rows that sum to 1/p and columns that sum to 1/q (optimal transport, exact); units that do not vary are left out.',
  meaning:
    'How well the single units of two recordings of any widths correspond: the mean correlation of partners, each unit shared out over partners so that all units count the same.',
  misleads: `Equal widths make it one-to-one matching. ${many}`,
  compare(a, b, order) {
    const worth = rowProducts(a, b, order);
    const common = divisor(a.rows, b.rows);
    const [supply, demand] = [b.rows / common, a.rows / common];
    return transport(worth, supply, demand) / (a.rows * supply);
  },
};

export const matchingOneToOne: Similarity<Units> = {
  ...shared,
  name: 'matching-one-to-one',
  title: 'One-to-one matching of units',
  formula:
    'Mean of Pearson’s r of matched units, each unit of the smaller recording matched with another one of the larger so that the sum is largest (linear assignment, exact); units that do not vary are left out.',
  meaning:
    'How well each unit of the smaller recording has a unit of its own in the larger; with equal widths the permutation score.',
  misleads: `Units of the larger recording that are left over count for nothing. ${many}`,
  source: 'Li and others 2016, arXiv 1511.07543; Khosla & Williams 2024, arXiv 2311.09466',
  compare(a, b, order) {
    const worth = rowProducts(a, b, order);
    const wide = a.rows <= b.rows ? worth : transpose(worth);
    return transport(wide, 1, 1) / wide.rows;
  },
};

export const matchingSemi: Similarity<Units> = {
  ...shared,
  name: 'matching-semi',
  title: 'Semi-matching of units',
  directed: true,
  formula:
    'Mean over the units of X of the largest Pearson’s r with a unit of Y; several may have the same partner. Units that do not vary are left out.',
  meaning: 'How well each unit of the first recording is found again among the units of the second.',
  misleads: `One unit of the second may be the partner of all: the other way round it is another number. ${many}`,
  source: 'Li and others 2016, arXiv 1511.07543; Khosla & Williams 2024, arXiv 2311.09466',
  compare(a, b, order) {
    const { rows, cols, data } = rowProducts(a, b, order);
    let sum = 0;
    for (let i = 0; i < rows; i++)
      sum += data.subarray(i * cols, (i + 1) * cols).reduce((most, r) => Math.max(most, r), -1);
    return sum / rows;
  },
};

/** The greatest common divisor. */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
