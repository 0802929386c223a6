import { labelledReplicate, type Replicate, replicateLabel } from '../../src/core/replicate';
import type { Results } from '../../src/protocol/results';

type Named = Pick<Results, 'networks'>;

/** What the files of a recording call one of its replicates; undefined where that is its number. */
function nameOf(
  { networks }: Named,
  { source, seed }: Pick<Replicate, 'source' | 'seed'>,
): string | undefined {
  return networks
    .find(({ name }) => name === source)
    ?.replicates.find((one) => one.seed === seed && one.name !== undefined)?.name;
}

/** Whether a source was brought along: its replicates have no seeds. */
export function isRecorded({ networks }: Named, source: string): boolean {
  return networks.some(({ name, recorded }) => name === source && recorded === true);
}

/** A replicate beside its network: as its files call it, or by its seed. */
export function replicateWord(results: Named, replicate: Pick<Replicate, 'source' | 'seed'>): string {
  const word = isRecorded(results, replicate.source) ? 'replicate' : 'seed';
  return nameOf(results, replicate) ?? `${word} ${replicate.seed}`;
}

/** The same where one knows that it is a replicate: its name, or the number alone. */
export function replicateNumber(results: Named, replicate: Pick<Replicate, 'source' | 'seed'>): string {
  return nameOf(results, replicate) ?? String(replicate.seed);
}

/** As `replicateLabel`, with the name in place of the seed. */
export function replicateTitle(results: Named, replicate: Replicate): string {
  const name = nameOf(results, replicate);
  return name === undefined ? replicateLabel(replicate) : `${replicate.source}/${name}`;
}

/** The same of a label. */
export function titleOfLabel(results: Named, label: string): string {
  return replicateTitle(results, labelledReplicate(label));
}
