/** A file, or one array of it, as `FILE` or `FILE:NAME` says. */
export function placeOfArray(written: string): { readonly file: string; readonly array?: string } {
  const [, file, array] = /^(.+?\.(?:npz|safetensors|json|h5|hdf5|mat)):(.+)$/i.exec(written) ?? [];
  return file === undefined ? { file: written } : { file, array };
}
