import { Store } from '../run/store/store';
import { visible } from '../formats/visible';
import { exitCode } from './exit-code';
import { storeFolder } from './store-folder';

/** `repscope store`: where finished work is kept and how much there is; `--clear` removes all of it. */
export async function storeCommand({
  store: option,
  clear,
}: {
  store: string;
  clear?: boolean;
}): Promise<number> {
  const { folder, isDefault } = storeFolder(option);
  const store = await Store.open(folder, {
    adopt: isDefault,
    onUnreadable: (message) => void process.stderr.write(`warning: ${visible(message)}\n`),
  });
  if (clear === true) await store.clear();
  const entries = await store.list();
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  process.stdout.write(
    `${visible(store.folder)}: ${entries.length} entries, ${(bytes / 1e6).toFixed(1)} MB\n`,
  );
  return exitCode.done;
}
