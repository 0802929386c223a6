import { posix, win32 } from 'node:path';

/** Where the command line keeps finished work: the user's cache folder. */
export function defaultStoreDir(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'];
    return win32.join(
      local !== undefined && win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local'),
      'repscope',
    );
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'repscope');
  const cache = environment['XDG_CACHE_HOME'];
  // A relative XDG_CACHE_HOME is to be ignored, says its specification.
  return posix.join(
    cache !== undefined && posix.isAbsolute(cache) ? cache : posix.join(home, '.cache'),
    'repscope',
  );
}
