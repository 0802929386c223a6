import type { Node } from 'jsonc-parser';
import type { Document, Path } from '../experiment/document';
import type { Feature } from '../experiment/experiment';
import { networkKinds } from '../sources/sources';

/** A feature as the text names it, right or wrong. */
export interface FeatureOutline {
  readonly name: string;
  readonly values: readonly string[];
  /** Bits or Gaussian components; 0 where it has neither. */
  readonly width: number;
  readonly isReal: boolean;
}

/** The names of an experiment file, found in its tree even where the file has errors. */
export interface Outline {
  readonly features: ReadonlyMap<string, FeatureOutline>;
  readonly tasks: readonly string[];
  readonly networks: readonly string[];
  readonly recordings: readonly string[];
  /** Networks that say themselves what they are: with `hidden` of their own, say. */
  readonly ownLayers: ReadonlySet<string>;
}

const MOST = 2000;

/** @param tableFeatures those of a table of stimuli, which the text does not name */
export function outlineOf(tree: Document, tableFeatures: readonly Feature[] = []): Outline {
  const features = new Map<string, FeatureOutline>();
  for (const name of keysAt(tree, ['stimuli', 'features'])) {
    const at = (key: string): Node | undefined => tree.find(['stimuli', 'features', name, key]);
    const values = (at('values')?.children ?? []).slice(0, MOST).map((node) => String(node.value));
    const gaussian = widthOf(at('gaussian'));
    features.set(name, {
      name,
      values,
      width: widthOf(at('bits')) || gaussian,
      isReal: gaussian > 0,
    });
  }
  for (const { name, kind, values, width } of tableFeatures.slice(0, MOST))
    features.set(name, { name, values, width: kind === 'real' ? width : 0, isReal: kind === 'real' });
  const networks = keysAt(tree, ['networks']);
  const ownLayers = networks.filter((name) =>
    networkKinds.some(({ key }) => tree.find(['networks', name, 'network', key])),
  );
  return {
    features,
    networks,
    tasks: keysAt(tree, ['tasks']),
    recordings: keysAt(tree, ['recordings']),
    ownLayers: new Set(ownLayers),
  };
}

function keysAt(tree: Document, path: Path): string[] {
  const node = tree.find(path);
  if (node?.type !== 'object') return [];
  const keys = (node.children ?? []).slice(0, MOST).map((child) => String(child.children?.[0]?.value));
  return [...new Set(keys)];
}

function widthOf(node: Node | undefined): number {
  const value: unknown = node?.value;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 65_536 ? value : 0;
}
