import type { ComponentChild } from 'preact';
import { type Replicate, replicateLabel } from '../../src/core/replicate';
import type { ReplicateInfo } from '../../src/protocol/results';
import type { Ending } from '../../src/protocol/status';
import { plural } from './number';
import { v } from './view';

/** Replicates that have no results for the same reason; numbers in it (an epoch, say) may differ. */
export interface Missing {
  status: Exclude<Ending, 'done'>;
  /** Of the first of them; empty where none is known. */
  reason: string;
  /** `NETWORK/SEED`, and its reason where that is not the first one's to the letter. */
  replicates: { name: string; reason?: string }[];
}

/** Groups replicates without results by what became of them: what failed first. What a run that goes on has not done is not missing. */
export function missingOf(
  replicates: readonly (Replicate & Pick<ReplicateInfo, 'status' | 'reason'>)[],
  running: boolean,
): Missing[] {
  const groups = new Map<string, Missing>();
  for (const replicate of replicates) {
    const { status, reason = '' } = replicate;
    if (status !== 'failed' && (status !== 'cancelled' || running)) continue;
    const name = replicateLabel(replicate);
    const kind = `${status} ${reason.replaceAll(/\d+(?:[.,]\d+)*/g, '#')}`;
    const known = groups.get(kind);
    if (known === undefined) groups.set(kind, { status, reason, replicates: [{ name }] });
    else known.replicates.push({ name, ...(known.reason === reason ? {} : { reason }) });
  }
  return [...groups.values()].sort(
    (a, b) => Number(a.status === 'cancelled') - Number(b.status === 'cancelled'),
  );
}

/** One line on replicates without results, which unfolds into what became of them. */
export function MissingLine({ missing }: { missing: readonly Missing[] }): ComponentChild {
  if (missing.length === 0) return null;
  const failed = missing.some(({ status }) => status === 'failed');
  return v(
    'details',
    { class: failed ? 'missing failed' : 'missing' },
    v('summary', {}, inShort(missing)),
    v('ul', {}, ...missing.map(item)),
  );
}

/** `2 replicates failed, 46 were cancelled`. */
function inShort(missing: readonly Missing[]): string {
  const counted = (wanted: Missing['status']): number =>
    missing.reduce((sum, { status, replicates }) => sum + (status === wanted ? replicates.length : 0), 0);
  const [failed, cancelled] = [counted('failed'), counted('cancelled')];
  if (failed === 0) return `${plural(cancelled, 'replicate')} cancelled`;
  return `${plural(failed, 'replicate')} failed${cancelled === 0 ? '' : `, ${cancelled} cancelled`}`;
}

function item({ status, reason, replicates }: Missing): ComponentChild {
  const head = reason === '' ? (status === 'cancelled' ? 'Cancelled' : 'Failed') : reason;
  return v(
    'li',
    {},
    `${head}${replicates.length > 1 ? ` (${plural(replicates.length, 'replicate')})` : ''}`,
    v(
      'div',
      { class: 'caption' },
      replicates.map(({ name, reason: own }) => (own === undefined ? name : `${name} (${own})`)).join(', '),
    ),
  );
}
