import { log } from '../core/elementary';

/** log 2π */
const LOG_2PI = 1.8378770664093453;

/** log Γ(x) of x > 0: Stirling's series, moved to large x by the recurrence (DLMF 5.11.1). */
export function logGamma(x: number): number {
  let shift = 0;
  while (x < 15) shift += log(x++);
  const inverse = 1 / (x * x);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188))))) / x;
  return (x - 0.5) * log(x) - x + LOG_2PI / 2 + series - shift;
}
