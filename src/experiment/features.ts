import { Budget } from './budget';
import { checkName } from './check-name';
import type { Path } from './document';
import type { Feature, ImageProperty } from './experiment';
import type { BitsFeatureSpec, ExperimentFile, GaussianFeatureSpec, ValueFeatureSpec } from './file';
import { checkImage, IMAGE_WORDS, imageUnits, readImage } from './image';
import { quote, quoteAll } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';
import type { Given } from './stimuli-kind';

/** A feature as the file gives it: exactly one of `values`, `bits` and `gaussian` is there. */
type FeatureDraft = Draft<Partial<ValueFeatureSpec & BitsFeatureSpec & GaussianFeatureSpec>>;

export interface Features {
  /** In the file's order. */
  readonly list: readonly Feature[];
  readonly byName: ReadonlyMap<string, Feature>;
  readonly drafts: ReadonlyMap<string, FeatureDraft>;
  /** Names in the file whose features have problems. */
  readonly broken: ReadonlySet<string>;
  /** Pays for what all formulas name: each bit of `parity(h)`, each pair of values of `shape == other`. */
  readonly parts: Budget;
}

/** More than this is not worked out: formulas of a few bytes can name thousands of bits each. */
const MAX_PARTS = 2 ** 20;

const AT: Path = ['stimuli', 'features'];

/** The features of the file, or of the stimuli that it gives, with their input units laid out in its order. */
export function readFeatures(file: Draft<ExperimentFile>, given: Given | null, problems: Problems): Features {
  const drafts: ReadonlyMap<string, FeatureDraft> =
    given?.features ?? file.stimuli?.features ?? new Map<string, FeatureDraft>();
  const byName = new Map<string, Feature>();
  const broken = new Set(keysOf(problems, AT));
  checkImage(file, problems);
  const picture = imageUnits(readImage(file));
  let unit = picture;
  for (const [name, draft] of drafts) {
    const path = [...AT, name];
    if (!checkName(name, path, 'feature', problems)) continue;
    const feature =
      draft.shows === undefined
        ? readFeature(name, draft, file.stimuli?.coding ?? '01', unit, path, problems)
        : readShown(name, draft, draft.shows, picture, path, problems);
    if (!feature) continue;
    if (!feature.shows) unit = feature.inputRange[1];
    byName.set(name, feature);
    broken.delete(name);
  }
  return { list: [...byName.values()], byName, drafts, broken, parts: new Budget(MAX_PARTS) };
}

/** The keys of the object at a path, as the file has them. */
export function keysOf(problems: Problems, path: Path): string[] {
  const node = problems.document.find(path);
  if (node?.type !== 'object') return [];
  return (node.children ?? []).map((child) => String(child.children?.[0]?.value));
}

function readFeature(
  name: string,
  draft: FeatureDraft,
  coding: Feature['coding'],
  firstUnit: number,
  path: Path,
  problems: Problems,
): Feature | null {
  const values = draft.values ?? [];
  const [kind, width] = kindOf(draft);
  if (kind === null) return null;
  if (draft.values && !checkValues(values, [...path, 'values'], problems)) return null;
  const encoding = draft.encoding ?? (kind === 'categorical' ? 'onehot' : 'copy');
  const at = (code: string, key: string, message: string): null => {
    problems.at([...path, key], code, message);
    return null;
  };
  if (encoding === 'copy' && kind === 'categorical') {
    return at(
      'encoding',
      'encoding',
      `'copy' repeats a single bit, but ${quote(name)} has ${values.length} values. Use 'onehot' or 'projection'.`,
    );
  }
  if (encoding === 'onehot' && (kind === 'bits' || kind === 'real')) {
    return at(
      'encoding',
      'encoding',
      `'onehot' needs named values, which ${quote(name)} has not. Use 'copy' or 'projection'.`,
    );
  }
  if (encoding === 'projection' && draft.units === undefined) {
    return at(
      'missing-key',
      'encoding',
      `The projection of ${quote(name)} needs 'units', the number of its input units. Add it.`,
    );
  }
  const units = draft.units ?? 1;
  const count =
    encoding === 'projection' ? units : encoding === 'onehot' ? units * values.length : units * width;
  return {
    name,
    kind,
    values,
    width,
    encoding,
    coding: draft.coding ?? coding,
    amplification: draft.amplification ?? 1,
    noise: draft.noise ?? 0,
    units,
    inputRange: [firstUnit, firstUnit + count],
  };
}

/** A feature that a picture shows: its values are words of what it drives. */
function readShown(
  name: string,
  draft: FeatureDraft,
  shows: ImageProperty,
  picture: number,
  path: Path,
  problems: Problems,
): Feature | null {
  const { values } = draft;
  if (!values || !checkValues(values, [...path, 'values'], problems)) return null;
  const words = IMAGE_WORDS[shows];
  const wrong = values.findIndex((value) => !words.includes(value));
  if (wrong >= 0) {
    const at = problems.document.valueSpan([...path, 'values', wrong]);
    const message = `${quote(values[wrong])} is no ${shows} that can be shown: there are ${quoteAll(words)}`;
    problems.unknown('unknown-value', message, values[wrong], words, at);
    return null;
  }
  for (const key of ['units', 'encoding', 'coding', 'amplification', 'noise'] as const)
    if (draft[key] !== undefined)
      problems.error(
        'no-effect',
        `'${key}' is of features with input units of their own, but ${quote(name)} is shown in the picture. Remove it.`,
        problems.document.keySpan([...path, key]),
      );
  const [kind, width] = kindOf(draft);
  if (kind === null) return null;
  const plain = { encoding: 'onehot', coding: '01', amplification: 1, noise: 0, units: 1 } as const;
  return { name, kind, values, width, ...plain, shows, inputRange: [0, picture] };
}

function kindOf(draft: FeatureDraft): [kind: Feature['kind'], width: number] | [null, 0] {
  if (draft.values) return [draft.values.length === 2 ? 'binary' : 'categorical', 1];
  if (draft.bits !== undefined) return ['bits', draft.bits];
  if (draft.gaussian !== undefined) return ['real', draft.gaussian];
  return [null, 0];
}

function checkValues(values: readonly string[], path: Path, problems: Problems): boolean {
  const seen = new Set<string>();
  let good = true;
  values.forEach((value, index) => {
    const at = [...path, index];
    if (!checkName(value, at, 'value', problems)) good = false;
    else if (seen.has(value)) {
      problems.at(at, 'duplicate-name', `The value ${quote(value)} is listed twice. Remove or rename one.`);
      good = false;
    }
    seen.add(value);
  });
  return good;
}
