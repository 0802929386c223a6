import type { ModelAgreement, ModelTests, Results, Value } from '../protocol/results';
import { CLEAR, VISIBLE } from './agreement';
import { interval } from './statistics/interval';

/** A model RDM that wins by the chosen measure, and one that wins by another. */
interface TurnedWinner {
  readonly first: string;
  readonly second: string;
  /** By which it is the other, clearly. */
  readonly by: ModelAgreement;
  /** By how much the first is ahead by the chosen measure, and the second by the other: means over replicates. */
  readonly ahead: readonly [number, number];
}

/** Whether the RDMs that are predicted were brought along: then there are no units, and no distance was chosen. */
export function areBrought(
  { networks }: Pick<Results, 'networks'>,
  { network, layer }: Pick<ModelTests, 'network' | 'layer'>,
): boolean {
  const { layers = [] } = networks.find(({ name }) => name === network) ?? {};
  return layers.some(({ name, units }) => name === layer && units === 0);
}

/** The place of the model of the largest mean; null where none has one. */
export function bestModel({ bySubject }: ModelAgreement): number | null {
  const means = bySubject.map(meanOf);
  const best = means.reduce<number>((most, mean, at) => {
    const known = means[most] ?? null;
    return mean !== null && (known === null || mean > known) ? at : most;
  }, 0);
  return (means[best] ?? null) === null ? null : best;
}

/** Every standard measure by which another model RDM wins than by the chosen one: each clearly ahead of the other by its own, over replicates. */
export function turnedWinners({ models, agreement = [] }: ModelTests): TurnedWinner[] {
  const [chosen, ...others] = agreement;
  const first = chosen ? bestModel(chosen) : null;
  if (!chosen || first === null) return [];
  return others.flatMap((by) => {
    const second = bestModel(by);
    if (second === null || second === first) return [];
    const ahead = [clearlyAhead(chosen, first, second), clearlyAhead(by, second, first)] as const;
    const [one, other] = ahead;
    if (one === null || other === null) return [];
    return [{ first: models[first].name, second: models[second].name, by, ahead: [one, other] as const }];
  });
}

/** By how much one model is ahead of another, in the mean over replicates; null where that would not be seen, or may be chance. */
function clearlyAhead({ bySubject }: ModelAgreement, model: number, other: number): Value {
  const differences = bySubject[model].map((value, subject): Value => {
    const less = bySubject[other][subject];
    return value === null || less === null ? null : value - less;
  });
  const { mean, low } = interval(differences, CLEAR);
  return mean !== null && mean >= VISIBLE && low !== null && low > 0 ? mean : null;
}

/** Null where one replicate has none. */
export function meanOf(values: readonly Value[]): Value {
  const defined = values.filter((value) => value !== null);
  return defined.length < values.length || defined.length === 0
    ? null
    : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
