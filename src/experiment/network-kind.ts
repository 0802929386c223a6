import type { Path } from './document';
import type { DocumentsReader } from './documents';
import type { DocumentStimuli, Network, Task } from './experiment';
import type { ChangedEntry, NetworkSpec, OwnEntry } from './file';
import type { Scope } from './formula/resolve';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Tasks } from './tasks';

/**
 * How the file says a kind of network: exactly one key of 'network' says which it is. A kind is its type in `file.ts`, its file in `sources/` and its line in
 * `sources/sources.ts`, which hands all kinds to the reading of a file.
 *
 * @template N what a network of this kind has
 */
export interface NetworkReader<N extends Network = Network> {
  /** Of 'network'. */
  readonly key: string;
  /** It is trained on documents; absent: it is shown stimuli with input units. */
  readonly ofDocuments?: true;
  /** Reports what is wrong with what stands at a path, once for all networks that it is the default of. */
  check(spec: Draft<NetworkSpec>, at: SpecPlace): void;
  /** Reports what is wrong for this network alone. @param spec what the file says of it, the defaults merged in */
  read(spec: Draft<NetworkSpec>, of: NetworkScope): Omit<N, 'name' | 'tasks' | 'kind' | 'training'>;
}

/** Where something of it is written, and what its formulas may name. */
export interface SpecPlace {
  readonly path: Path;
  readonly formulas: Scope;
  readonly problems: Problems;
}

/** What a network is made for. */
interface NetworkScope extends SpecPlace {
  readonly name: string;
  /** Of its inputs. */
  readonly inputUnits: number;
  /** Its tasks, those without problems, in the file's order. */
  readonly tasks: readonly Task[];
  /** What else the file says of it, and where. */
  readonly entry: Draft<OwnEntry>;
  readonly entryPath: Path;
  /** Where it is trained on documents. */
  readonly documents?: DocumentStimuli;
}

/** How the file says a change of a network: exactly one key beside 'of' says which it is. As a kind of network, in `sources/changes/`. */
export interface ChangeReader {
  /** Beside 'of'. */
  readonly key: string;
  /** Reports what is wrong. @returns what the changed network has, or null where something is wrong */
  read(entry: Draft<ChangedEntry>, of: ChangeScope): Omit<Network, 'name' | 'of' | 'kind'> | null;
}

/** What is changed. */
export interface ChangeScope {
  readonly network: Network;
  readonly tasks: Tasks;
  readonly inputUnits: number;
  /** Of what the key says. */
  readonly path: Path;
  readonly problems: Problems;
}

/** All that entries of 'networks' can say, and what networks are trained on. */
export interface NetworkKinds {
  readonly documents: readonly DocumentsReader[];
  /** The first is what a network is that does not say it. */
  readonly own: readonly NetworkReader[];
  readonly changes: readonly ChangeReader[];
}
