import type { Path } from './document';
import type { Phase } from './experiment';
import type { PhaseSpec } from './file';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';

/** What a network learns from that acts. */
export interface Learner {
  readonly network: string;
  /** Whether what it is trained on tells of a world; null where that has problems of its own. */
  readonly hasWorld: boolean | null;
  /** Whether documents are brought before those that it is trained on. */
  readonly retrieves: boolean;
}

/** How a phase trains by reinforcement, where it says so. */
export function reinforcementOf(
  { network, hasWorld, retrieves }: Learner,
  { reinforcement, ownAnswers }: Draft<PhaseSpec>,
  path: Path,
  problems: Problems,
): Pick<Phase, 'reinforcement'> {
  if (!reinforcement) return {};
  const refuse = (message: string): void =>
    problems.error('conflict', message, problems.document.keySpan([...path, 'reinforcement']));
  if (hasWorld === false) {
    refuse(
      `'reinforcement' is of documents that tell of a world in which a network can act ('grid'), which those of network ${quote(network)} do not. Remove it.`,
    );
  }
  if (retrieves) {
    refuse(
      `Network ${quote(network)} has documents brought before its own, which one that is trained by reinforcement cannot have. Remove its 'retrieval', or 'reinforcement'.`,
    );
  }
  if (ownAnswers !== undefined) {
    refuse(
      "A phase is trained by reinforcement or on what the network answers itself, not by both. Remove 'ownAnswers' or 'reinforcement'.",
    );
  }
  const { discount = 0.9, entropy = 0.1, most = 24, reconstruction = 1, hindsight = false } = reinforcement;
  return { reinforcement: { discount, entropy, most, reconstruction, hindsight } };
}
