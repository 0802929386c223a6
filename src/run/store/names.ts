/** Names in a store. What has another name is not the store's own: it is neither read nor deleted. */

/** Hex digits that name an entry. */
export function isKey(name: string): boolean {
  return /^[0-9a-f]{8,128}$/.test(name);
}

/** A folder of entries whose keys begin alike. */
export function isGroup(name: string): boolean {
  return /^[0-9a-f]{2}$/.test(name);
}
