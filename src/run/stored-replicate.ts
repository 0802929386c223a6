import type { Replicate } from '../core/replicate';
import type { ReplicateDetail } from '../protocol/detail';
import { pack, unpack } from '../protocol/packed';
import type { ReplicateResults } from '../protocol/results';
import type { AnalysisKeys } from './keys';
import { KnownAnalysis } from './known-analysis';
import type { Store } from './store/store';

const resultsFile = 'results.json';

/** What is kept of the analyses of a replicate. */
interface StoredAnalysis {
  results: ReplicateResults;
  /** The key of each of its measures. */
  measures: Record<string, string>;
}

/**
 * The analyses of a replicate that are stored: all of them, or those of its last analysis that would come out the same now; null where there
 * are none.
 */
export async function readAnalysis(
  store: Store,
  { family, entry, measures }: AnalysisKeys,
): Promise<{ whole: ReplicateResults } | { whole: null; known: KnownAnalysis } | null> {
  const own = await readJson<StoredAnalysis>(store, entry);
  if (own) return { whole: own.results };
  const newest = await store.newest(family);
  const before = newest === null ? null : await readJson<StoredAnalysis>(store, newest);
  if (!before) return null;
  const same = Object.keys(measures).filter((name) => measures[name] === before.measures[name]);
  return { whole: null, known: new KnownAnalysis(before.results, new Set(same)) };
}

export async function writeAnalysis(
  store: Store,
  { entry, measures }: AnalysisKeys,
  results: ReplicateResults,
): Promise<void> {
  const stored: StoredAnalysis = { results, measures: { ...measures } };
  await store.write(entry, new Map([[resultsFile, encode(JSON.stringify(stored))]]));
}

async function readJson<T>(store: Store, key: string): Promise<T | null> {
  const json = (await store.read(key))?.get(resultsFile);
  return json ? (JSON.parse(decode(json)) as T) : null;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** @returns what is stored under the key, be it a comparison or tests; or null */
export function readKept<T>(store: Store, key: string): Promise<T | null> {
  return readJson<T>(store, key);
}

export async function writeKept(store: Store, key: string, found: object): Promise<void> {
  await store.write(key, new Map([[resultsFile, [encode(JSON.stringify(found))]]]));
}

const detailFile = 'detail.bin';

/** @returns what is stored under the key of what a replicate's pictures are drawn from, as of this replicate: equal networks share it; or null */
export async function readDetail(
  store: Store,
  key: string,
  { source, point, seed }: Replicate,
): Promise<ReplicateDetail | null> {
  const bytes = (await store.read(key))?.get(detailFile);
  return bytes ? { ...(unpack(bytes) as ReplicateDetail), source, point, seed } : null;
}

export async function writeDetail(store: Store, key: string, detail: ReplicateDetail): Promise<void> {
  await store.write(key, new Map([[detailFile, pack(detail)]]));
}
