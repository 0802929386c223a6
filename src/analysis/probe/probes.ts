import { logistic } from './logistic';
import { mlp } from './mlp';
import { nearestMean } from './nearest-mean';
import type { ProbeKind } from '../../protocol/probe-words';
import type { Probe } from './probe';
import { ridge } from './ridge';

/** Every probe, by the names that the command line has for them. */
export const probes: readonly Probe[] = [logistic, ridge, nearestMean, mlp];

export function probeOf(kind: ProbeKind): Probe {
  const found = probes.find(({ name }) => name === kind);
  if (!found) throw new Error(`There is no probe ${kind}.`);
  return found;
}
