import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import type { ExperimentFile } from '../../src/experiment/file';
import type { GalleryFigure } from '../gallery/figure';

/** Examples that are figures of the gallery: those with a definition in test/gallery. */
export const figureNames: readonly string[] = readdirSync('examples')
  .map((name) => name.replace('.experiment.json', ''))
  .filter((name) => existsSync(`test/gallery/${name}.ts`));

export async function figureNamed(name: string): Promise<GalleryFigure> {
  const made = (await import(`../gallery/${name}.ts`)) as { default: GalleryFigure };
  return made.default;
}

export function exampleFile(name: string): ExperimentFile {
  return parse(readFileSync(examplePath(name), 'utf8')) as ExperimentFile;
}

export function examplePath(name: string): string {
  return `examples/${name}.experiment.json`;
}
