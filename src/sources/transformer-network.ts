import type { Network } from '../experiment/experiment';
import type { Expression } from '../experiment/expression';
import type { Retrieval } from '../stimuli/documents/retrieval';
import type { transformer as programOf } from '../training/graph/transformer';

/** What its weights are. */
export type TransformerShape = Parameters<typeof programOf>[0];

export interface TransformerNetwork extends Network {
  readonly shape: TransformerShape;
  /** Which training documents it is trained on; null: all. */
  readonly trainOn: Expression | null;
  /** What an oracle brings before documents, and when; absent: nothing. */
  readonly retrieval?: Retrieval & { readonly train: boolean; readonly test: boolean };
}

/** Whether one of the networks of an experiment is a transformer. */
export function isTransformer(network: Network): network is TransformerNetwork {
  return network.kind === 'transformer';
}

/** Which training documents each phase of a network's training takes; null: all. */
export function formulasOf({ trainOn, training }: TransformerNetwork): (Expression | null)[] {
  return training.phases.map((phase) => phase.trainOn ?? trainOn);
}
