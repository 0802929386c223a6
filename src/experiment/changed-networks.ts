import type { Network } from './experiment';
import type { ChangedEntry, NetworkEntry, OwnEntry } from './file';
import { quote } from './names';
import type { ChangeReader } from './network-kind';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';

/** Whether an entry of 'networks' is another network with a change made to it. */
export function isChanged(entry: Draft<NetworkEntry>): entry is Draft<ChangedEntry> {
  return 'of' in entry;
}

/** Of an entry that is a network of its own: how it is trained. */
export function trainingIn(entry: Draft<NetworkEntry>): Draft<OwnEntry>['training'] {
  return isChanged(entry) ? undefined : entry.training;
}

/**
 * The networks that are changes of others, in any order of the file, also of each other.
 *
 * @param own networks that are of their own
 * @param entries of 'networks' that are changes
 */
export function readChangedNetworks(
  entries: ReadonlyMap<string, Draft<ChangedEntry>>,
  own: readonly Network[],
  {
    readers,
    tasks,
    inputUnits,
    problems,
  }: { readers: readonly ChangeReader[]; tasks: Tasks; inputUnits: number; problems: Problems },
): Network[] {
  const networks = new Map(own.map((network) => [network.name, network] as const));
  // Those that are of a network with problems of its own are given up silently.
  const broken = new Set<string>();
  const read = (name: string, entry: Draft<ChangedEntry>, of: Network): void => {
    const reader = readers.find(({ key }) => key in entry);
    const path = ['networks', name, reader?.key ?? 'of'];
    const body = reader?.read(entry, { network: of, tasks, inputUnits, path, problems });
    if (reader && body) networks.set(name, { ...body, name, of: of.name, kind: reader.key });
    else broken.add(name);
  };
  const left = new Map(entries);
  for (let before = Infinity; left.size > 0 && left.size < before;) {
    before = left.size;
    for (const [name, entry] of left) {
      const of = entry.of ?? '';
      const network = networks.get(of);
      if (network) read(name, entry, network);
      else if (broken.has(of)) broken.add(name);
      else continue;
      left.delete(name);
    }
  }
  for (const [name, { of }] of left) {
    if (of === undefined) continue;
    const span = problems.document.valueSpan(['networks', name, 'of']);
    if (entries.has(of)) {
      const message = `Network ${quote(name)} is a change of itself, by way of others or not. Let it be of a network that is trained.`;
      problems.error('circular', message, span);
    } else {
      const message = `Unknown network ${quote(of)}, which ${quote(name)} is to be a change of`;
      problems.unknown('unknown-network', message, of, networks.keys(), span);
    }
  }
  return [...networks.values()].slice(own.length);
}
