import type { SourceAt } from '../core/replicate';
import type { Experiment, Network } from '../experiment/experiment';
import type { NetworkKinds } from '../experiment/network-kind';
import { changedKinds, changeReaders } from './changed';
import { experimentAt } from '../experiment/replicates';
import { documentsKinds } from '../stimuli/documents/kinds';
import { circuit } from './circuit';
import { random } from './random';
import { RecordedSource } from './recorded';
import type { NetworkKind, Source } from './source';
import { stack } from './trained';
import { transformer } from './transformer';

/** All kinds of networks; the first is what a network is that does not say it. */
export const networkKinds: readonly NetworkKind[] = [
  ofAny(stack),
  ofAny(circuit),
  ofAny(random),
  ofAny(transformer),
];

/** How the file says what a network is, or is a change of. */
export const readers: NetworkKinds = {
  own: networkKinds,
  changes: changeReaders,
  documents: documentsKinds,
};

/** Those of an experiment that was asked about: a thread asks for each replicate again and again. */
const known = new WeakMap<Experiment, readonly Source[]>();

/** All that give recordings in an experiment (of a sweep, at its first point): its networks, then what is brought along. */
export function sourcesOf(experiment: Experiment): readonly Source[] {
  const sources = known.get(experiment) ?? [
    ...experiment.networks.map((network) => kindOf(network).source(experiment, network)),
    ...(experiment.recordings ?? []).map((recorded) => new RecordedSource(experiment, recorded)),
  ];
  known.set(experiment, sources);
  return sources;
}

function kindOf({ kind, of }: Network): Pick<NetworkKind, 'source'> {
  const kinds = of === undefined ? networkKinds : changedKinds.map(ofAny);
  const found = kinds.find(({ key }) => key === kind);
  if (!found) throw new RangeError(`There is no kind of networks “${kind}”.`);
  return found;
}

/** A kind among others: it is given networks that it has read itself alone. */
function ofAny<N extends Network, K extends Pick<NetworkKind<N>, 'source'>>(
  kind: K & Pick<NetworkKind<N>, 'source'>,
): Omit<K, 'source'> & Pick<NetworkKind, 'source'> {
  return { ...kind, source: (experiment, network) => kind.source(experiment, network as N) };
}

/** What a replicate is a recording of, as that is at its point. @throws RangeError where the experiment has none of that name */
export function sourceOf(experiment: Experiment, { source, point = 0 }: SourceAt): Source {
  const found = sourcesOf(experimentAt(experiment, point)).find(({ name }) => name === source);
  if (!found) throw new RangeError(`This experiment has no source “${source}”.`);
  return found;
}

/** Whether of a source RDMs alone are known, and no units. */
export function ofRdms({ recordings = [] }: Pick<Experiment, 'recordings'>, source: string): boolean {
  return recordings.some(({ name, rdms }) => name === source && rdms);
}
