import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { defaultStoreDir } from '../run/store/default-dir';
import { givenPath } from './files';

interface StoreFolder {
  readonly folder: string;
  /** It is the default, where earlier versions had their store. */
  readonly isDefault: boolean;
}

/** Where finished work is kept unless the user says otherwise. */
export const defaultStore = defaultStoreDir(process.platform, process.env, homedir());

/**
 * What `--store` means.
 *
 * @throws UserError where it names no folder
 */
export function storeFolder(option: string): StoreFolder {
  const folder = resolve(givenPath('--store', option));
  return { folder, isDefault: folder === resolve(defaultStore) };
}
