import { existsSync, readFileSync } from 'node:fs';
import { doneReplicates, Findings } from '../../src/analysis/findings';
import type { Results } from '../../src/protocol/results';

/** What docs/gallery/transformer.py wrote. */
interface Written {
  /** At which it was asked. */
  readonly steps: readonly number[];
  /** Of each evaluation set, at each of these steps: the share of right answers of each seed. */
  readonly shares: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** How an evaluation set was answered at a step of training, by the replicates of a network of RepScope's and of the same in PyTorch. */
export interface BesideRow {
  readonly step: number;
  readonly set: string;
  readonly here: readonly number[];
  readonly there: readonly number[];
}

/**
 * @param file in docs/gallery
 * @returns rows of the steps at which both were asked; none where there is no such file
 */
export function besidePytorch(results: Results, network: string, file: string): BesideRow[] {
  const path = `docs/gallery/${file}`;
  if (!existsSync(path)) return [];
  const { steps, shares } = JSON.parse(readFileSync(path, 'utf8')) as Written;
  const found = results.networks.find(({ name }) => name === network);
  const [first] = found ? doneReplicates(found) : [];
  return Object.entries(shares).flatMap(([set, courses]) =>
    steps.flatMap((step, at) => {
      const checkpoint = first?.checkpoints.find((one) => one.step === step);
      if (!checkpoint) return [];
      const mean = new Findings(results, checkpoint.epoch).mean(network, 'accuracy', { label: set });
      const here = (mean?.values ?? []).flatMap((value) => value ?? []);
      return [{ step, set, here, there: courses[at] }];
    }),
  );
}
