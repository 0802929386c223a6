const causes: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EFBIG: 'a file would become too large',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such place',
  ELOOP: 'its links lead in a circle',
};

/** Why the system refused, in words. */
export function whyOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined && Object.hasOwn(causes, code)) return `${causes[code]} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error, as in `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
