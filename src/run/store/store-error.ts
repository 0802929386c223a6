const causes: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EFBIG: 'a file would become too large',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
};

/** The store's folder cannot be used; the message names it and says why. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly folder: string,
    doing: 'opened' | 'read' | 'written',
    cause: unknown,
  ) {
    const code = codeOf(cause);
    const why = code !== undefined && code in causes ? `${causes[code]} (${code})` : messageOf(cause);
    super(`The folder of finished work, ${folder}, cannot be ${doing}: ${why}.`, { cause });
  }
}

/** The code of a system error, as in `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
