import type { DictionaryAnalysis } from './experiment';
import type { DictionarySpec } from './file';
import { knownSite, recordedSites } from './further-sites';
import type { ModelsFrom } from './inference';
import { quote } from './names';
import type { Problems } from './problems';
import type { Draft } from './structure';

/** The dictionary that is asked for, with defaults; undefined where the file does not ask for one. */
export function readDictionary(
  spec: Draft<DictionarySpec> | undefined,
  { networks, recordings }: Pick<ModelsFrom, 'networks' | 'recordings'>,
  problems: Problems,
): DictionaryAnalysis | undefined {
  if (!spec) return undefined;
  const { at, kind = 'topk', size = 128, k = 4, l1 = 0.02 } = spec;
  const path = ['analyses', 'dictionary'];
  const layers = recordedSites({ networks, recordings });
  if (at !== undefined) knownSite(at, layers, 'dictionary', [...path, 'at'], problems);
  const other = kind === 'topk' ? 'l1' : 'k';
  if (spec[other] !== undefined)
    problems.warning(
      'no-effect',
      `${quote(other)} is of no account for "kind": "${kind}". Remove it.`,
      problems.document.keySpan([...path, other]),
    );
  if (kind === 'topk' && k > size)
    problems.at(
      [...path, spec.k === undefined ? 'size' : 'k'],
      'too-large',
      `Of ${size} units no ${k} can be the largest. Lower 'k', or raise 'size'.`,
    );
  return {
    ...(at === undefined ? {} : { at }),
    size,
    sparsity: kind === 'topk' ? { kind, k } : { kind, l1 },
  };
}
