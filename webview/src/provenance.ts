import type { RunState } from '../../src/protocol/dashboard';
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
  /** That it is not of what the file and its newest run say; absent where it is. */
  standing?: string;
  /** What misleads in it. */
  hazards?: string[];
}

/** What all figures of an analysis have in common. */
export type Source = Pick<Provenance, 'experiment' | 'software' | 'fingerprint' | 'analysed' | 'standing'>;

export function sourceOf(
  results: Results | null,
  analysedAt: number | undefined,
  run: Pick<RunState, 'foundBy' | 'stale'> | undefined,
): Source {
  if (results === null) return { experiment: '', software: 'RepScope', fingerprint: '' };
  const { title, version, fingerprint } = results;
  const standing = run === undefined ? '' : standingOf(run);
  return {
    experiment: title,
    software: `RepScope ${version}`,
    fingerprint,
    ...(analysedAt === undefined ? {} : { analysed: new Date(analysedAt).toISOString() }),
    ...(standing === '' ? {} : { standing }),
  };
}

/** Of which run figures are, where that is not the newest one of the file as it is; else empty. */
function standingOf({ foundBy, stale }: Pick<RunState, 'foundBy' | 'stale'>): string {
  const ofRun = { newest: '', before: 'Of the run before', older: 'Of an older run' }[foundBy];
  return ofRun === '' && stale ? 'Of the file before it was changed' : ofRun;
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
export function commentLine({
  figure,
  experiment,
  software,
  analysed,
  fingerprint,
  standing,
}: Provenance): string {
  const parts = [software, experiment, figure, analysed, fingerprint, standing].filter(
    (part) => part !== undefined,
  );
  return `# ${parts.join(' | ').replaceAll(/[\r\n\u0085\u2028\u2029]+/g, ' ')}\r\n`;
}
