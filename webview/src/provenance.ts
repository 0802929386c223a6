import type { Results } from '../../src/protocol/results';
import type { FigureContent } from './figure-content';

/** Where a saved figure comes from. */
export interface Provenance {
  figure: string;
  /** Its caption: network, layer, epoch, definition. */
  about: string;
  /** Title of the experiment. */
  experiment: string;
  /** RepScope with its version. */
  software: string;
  fingerprint: string;
  /** When the analysis ended, in ISO 8601; absent where that is not known. */
  analysed?: string;
  /** What misleads in it. */
  hazards?: string[];
}

/** What all figures of an analysis have in common. */
export type Source = Pick<Provenance, 'experiment' | 'software' | 'fingerprint' | 'analysed'>;

export function sourceOf(results: Results | null, analysedAt: number | undefined): Source {
  if (results === null) return { experiment: '', software: 'RepScope', fingerprint: '' };
  const { title, version, fingerprint } = results;
  return {
    experiment: title,
    software: `RepScope ${version}`,
    fingerprint,
    ...(analysedAt === undefined ? {} : { analysed: new Date(analysedAt).toISOString() }),
  };
}

export function provenanceOf(
  source: Source,
  figure: string,
  { caption, hazards = [] }: FigureContent,
): Provenance {
  return {
    figure,
    about: caption,
    ...source,
    ...(hazards.length === 0 ? {} : { hazards: hazards.map(({ message }) => message) }),
  };
}

/** Where a figure comes from, for the eye. */
export function sourceLine({ software, analysed, fingerprint }: Source): string {
  return [
    software,
    ...(analysed === undefined ? [] : [`analysed ${analysed}`]),
    `fingerprint ${fingerprint}`,
  ].join(' · ');
}

/** The head of a CSV file: one line that readers skip as a comment. */
export function commentLine({ figure, experiment, software, analysed, fingerprint }: Provenance): string {
  const parts = [software, experiment, figure, ...(analysed === undefined ? [] : [analysed]), fingerprint];
  return `# ${parts.join(' | ').replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ')}\r\n`;
}
