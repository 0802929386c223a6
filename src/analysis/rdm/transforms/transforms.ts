import { geoTopological } from './geo-topological';
import { geodesic } from './geodesic';
import { minMax } from './min-max';
import { rankTransform } from './rank';
import { squareRoot } from './square-root';
import type { Transform } from './transform';

/** Everything that can be made of an RDM. */
export const transforms: readonly Transform[] = [rankTransform, minMax, squareRoot, geodesic, geoTopological];
