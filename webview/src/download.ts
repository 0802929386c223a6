import type { ExportedFile } from '../../src/protocol/dashboard';

/** Hands a file to the browser's own download. */
export function download(file: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(file.bytes)]));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
