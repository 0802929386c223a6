import { gunzipSync } from 'node:zlib';
import { unpack } from '../../src/protocol/packed';

/** The uncompressed content of an element of a report. */
export function reportBytes(html: string, id: string): Buffer {
  const [, base64 = ''] = new RegExp(`<script type="application/gzip" id="${id}">([^<]*)<`).exec(html) ?? [];
  return gunzipSync(Buffer.from(base64, 'base64'));
}

/** The data of an element of a report. */
export function reportData(html: string, id: string): unknown {
  return unpack(new Uint8Array(reportBytes(html, id)));
}
