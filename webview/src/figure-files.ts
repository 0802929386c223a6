import type { FigureContent } from './figure-content';
import { commentLine, provenanceOf, type Source } from './provenance';
import { csv } from './table';

/** The numbers of a figure as a file, which says where they come from. */
export function numbersFile(
  format: 'csv' | 'json',
  title: string,
  content: FigureContent,
  source: Source,
): Uint8Array {
  const { figure, ...provenance } = provenanceOf(source, title, content);
  const text =
    format === 'csv'
      ? commentLine({ figure, ...provenance }) + csv(content.table)
      : JSON.stringify({ title: figure, ...provenance, ...content.table }, null, 1);
  return new TextEncoder().encode(text);
}

/** Characters of each part of a file's name. */
const MOST = 60;

/** `EXPERIMENT-NETWORK-SEED-LAYER-EPOCH-FIGURE`. */
export function figureFileName(title: string, { of = '' }: FigureContent, { experiment }: Source): string {
  return [experiment, of, title.toLowerCase()]
    .map((part) =>
      Array.from(part.replaceAll(/[^\p{L}\p{N}]+/gu, '-'))
        .slice(0, MOST)
        .join(''),
    )
    .map((part) => part.replaceAll(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('-');
}
