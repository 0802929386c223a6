import { createHash } from 'node:crypto';

export const manifestName = 'manifest.json';

/** What an entry must hold to count as whole. */
interface Manifest {
  readonly key: string;
  readonly files: ReadonlyMap<string, FileInfo>;
}

export interface FileInfo {
  readonly bytes: number;
  readonly sha256: string;
}

export function fileInfo(pieces: readonly Uint8Array[]): FileInfo {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

export function isFileName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9 ._-]{0,100}$/.test(name) && !/[ .]$/.test(name) && name !== manifestName;
}

export function writeManifest({ key, files }: Manifest): string {
  return `${JSON.stringify({ schemaVersion: 1, key, files: Object.fromEntries(files) }, null, 1)}\n`;
}

/** @returns undefined unless `text` is a manifest of this key, complete and well formed */
export function readManifest(text: string, key: string): Manifest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(parsed) || parsed['schemaVersion'] !== 1 || parsed['key'] !== key) return undefined;
  if (!isObject(parsed['files'])) return undefined;
  const files = new Map<string, FileInfo>();
  for (const [name, info] of Object.entries(parsed['files'])) {
    if (!isFileName(name) || !isObject(info)) return undefined;
    const { bytes, sha256 } = info;
    if (typeof bytes !== 'number' || typeof sha256 !== 'string') return undefined;
    files.set(name, { bytes, sha256 });
  }
  return { key, files };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
