import { Store } from '../run/store/store';
import { exitCode } from './analyze';

/** `repscope store`: where finished work is kept and how much there is; `--clear` removes all of it. */
export async function storeCommand({
  store: folder,
  clear,
}: {
  store: string;
  clear?: boolean;
}): Promise<number> {
  const store = await Store.open(folder);
  if (clear === true) await store.clear();
  const entries = await store.list();
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  process.stdout.write(`${store.folder}: ${entries.length} entries, ${(bytes / 1e6).toFixed(1)} MB\n`);
  return exitCode.done;
}
